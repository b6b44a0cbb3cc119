/**
 * The signed-in session of a browser, as one tab sees it.
 *
 *   access token   in memory, one per tab, told to the others over a BroadcastChannel
 *   refresh token  in a store that all tabs share, exchanged under a Web Lock
 *
 * TRICKY: the server rotates refresh tokens and takes a reused one for stolen, which ends the whole
 * session. Two tabs that refresh with the same token would sign each other out, so the exchange
 * happens under a lock, reads the token inside it, and first looks whether another tab has just
 * brought a fresh access token. See docs/decisions/0042.
 */
import { networkError, toApiError } from './problem.ts'
import type { TokenStore } from './token_store.ts'

export interface Tokens {
  access_token: string
  refresh_token: string
  expires_in: number
}

interface Access {
  token: string
  /** Milliseconds since the epoch. */
  expiresAt: number
}

type Message = { kind: 'access'; access: Access } | { kind: 'signed_out' }

const LOCK = 'af.refresh'
/** A token this close to its end is exchanged before use, so that long uploads start fresh. */
const MARGIN_MS = 30_000
const RACE_MS = 400

const usable = (access: Access | null): access is Access =>
  access !== null && access.expiresAt - MARGIN_MS > Date.now()

const refresh = async (token: string): Promise<Response> =>
  fetch('/api/v1/auth/refresh', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ refresh_token: token }),
  }).catch(() => {
    throw networkError()
  })

export class Session {
  readonly #store: TokenStore
  readonly #channel = new BroadcastChannel('af.session')
  readonly #listeners = new Set<() => void>()
  #access: Access | null = null
  #signedIn = false

  constructor(store: TokenStore) {
    this.#store = store
    this.#channel.onmessage = ({ data }: MessageEvent<Message>) =>
      data.kind === 'access' ? this.#change(data.access, true) : this.#change(null, false)
  }

  /** Stops listening to the other tabs. */
  close(): void {
    this.#channel.close()
  }

  /** Reads what an earlier page left; before anything else. */
  async load(): Promise<void> {
    this.#change(null, (await this.#store.read()) !== null)
  }

  /** Whether there is a session to work with; it may still turn out to have ended. */
  readonly isSignedIn = (): boolean => this.#signedIn

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Takes over a token pair from sign-in or a refresh. */
  async start(tokens: Tokens): Promise<void> {
    await this.#store.write(tokens.refresh_token)
    const access = {
      token: tokens.access_token,
      expiresAt: Date.now() + tokens.expires_in * 1000,
    }
    this.#change(access, true)
    this.#tell({ kind: 'access', access })
  }

  /** Forgets the session in every tab; answers the refresh token that there was. */
  async end(): Promise<string | null> {
    this.#change(null, false)
    return navigator.locks.request(LOCK, async () => {
      const token = await this.#store.read()
      await this.#forget()
      return token
    })
  }

  /**
   * An access token that will last for the request to come, or null when signed out.
   * `rejected` is a token the server has just refused: that one is never handed out again.
   */
  async accessToken(rejected?: string): Promise<string | null> {
    if (!this.#signedIn) return null
    const held = (): string | null =>
      usable(this.#access) && this.#access.token !== rejected ? this.#access.token : null
    return (
      held() ?? navigator.locks.request(LOCK, async () => held() ?? (await this.#exchange(true)))
    )
  }

  /** Only under the lock. `again` is off for the second try after losing a race. */
  async #exchange(again: boolean): Promise<string | null> {
    const token = await this.#store.read()
    if (token === null) return null
    const response = await refresh(token)
    // Somebody signed out meanwhile: what came back must not bring the session to life again.
    if (!this.#signedIn) return null
    if (response.ok) {
      const tokens = (await response.json()) as Tokens
      await this.start(tokens)
      return tokens.access_token
    }
    // Another client of this session has just won; what it got is stored in a moment.
    if (response.status === 409 && again) {
      await new Promise((resolve) => setTimeout(resolve, RACE_MS))
      return this.#exchange(false)
    }
    return this.#refused(response)
  }

  /** Only a verdict on the token ends the session; a server that is down signs nobody out. */
  async #refused(response: Response): Promise<null> {
    if (response.status !== 401 && response.status !== 422) {
      throw toApiError(response.status, await response.json().catch(() => null), response.headers)
    }
    await this.#forget()
    return null
  }

  async #forget(): Promise<void> {
    this.#change(null, false)
    this.#tell({ kind: 'signed_out' })
    await this.#store.write(null)
  }

  #change(access: Access | null, signedIn: boolean): void {
    this.#access = access
    this.#signedIn = signedIn
    this.#listeners.forEach((listener) => listener())
  }

  #tell(message: Message): void {
    this.#channel.postMessage(message)
  }
}
