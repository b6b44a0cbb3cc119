/**
 * The signed-in session of this browser.
 *
 *   access token   in memory only, one per tab, shared over a BroadcastChannel
 *   refresh token  in localStorage, one for all tabs, exchanged under a Web Lock
 *
 * TRICKY: the server rotates refresh tokens and treats a reused one as stolen, killing the whole
 * session. Two tabs that refresh at the same moment with the same token would sign each other
 * out, so the exchange happens under a lock, reads the stored token inside it, and first looks
 * whether another tab has just brought a fresh access token. See docs/decisions/0042.
 */
import { networkError, toApiError } from './problem.ts'

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

const STORAGE_KEY = 'af.refresh_token'
const LOCK = 'af.refresh'
/** A token this close to its end is exchanged before use, so that long uploads start fresh. */
const MARGIN_MS = 30_000
const RACE_MS = 400

let access: Access | null = null
const listeners = new Set<() => void>()
const channel = new BroadcastChannel('af.session')

const notify = (): void => listeners.forEach((listener) => listener())
const usable = (candidate: Access | null): candidate is Access =>
  candidate !== null && candidate.expiresAt - MARGIN_MS > Date.now()

channel.onmessage = ({ data }: MessageEvent<Message>) => {
  access = data.kind === 'access' ? data.access : null
  notify()
}

/** Whether there is a session to work with; it may still turn out to have ended. */
export const isSignedIn = (): boolean => localStorage.getItem(STORAGE_KEY) !== null

export function subscribeSession(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Takes over a token pair from sign-in, registration or a refresh. */
export function startSession(tokens: Tokens): void {
  localStorage.setItem(STORAGE_KEY, tokens.refresh_token)
  access = { token: tokens.access_token, expiresAt: Date.now() + tokens.expires_in * 1000 }
  channel.postMessage({ kind: 'access', access } satisfies Message)
  notify()
}

/** Forgets the session in every tab of this browser. */
export function endSession(): void {
  localStorage.removeItem(STORAGE_KEY)
  access = null
  channel.postMessage({ kind: 'signed_out' } satisfies Message)
  notify()
}

export const refreshToken = (): string | null => localStorage.getItem(STORAGE_KEY)

/**
 * An access token that will last for the request to come, or null when signed out.
 * `rejected` is a token the server has just refused: never hand that one out again.
 */
export async function accessToken(rejected?: string): Promise<string | null> {
  if (usable(access) && access.token !== rejected) return access.token
  if (!isSignedIn()) return null
  return navigator.locks.request(LOCK, async () => {
    if (usable(access) && access.token !== rejected) return access.token
    return exchange()
  })
}

/** `again` is off for the second try after losing a race. */
async function exchange(again = true): Promise<string | null> {
  const token = refreshToken()
  if (token === null) return null
  const response = await fetch('/api/v1/auth/refresh', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ refresh_token: token }),
  }).catch(() => {
    throw networkError()
  })
  if (response.ok) {
    const tokens = (await response.json()) as Tokens
    startSession(tokens)
    return tokens.access_token
  }
  // Someone else's refresh of this session has just won; what it got is stored in a moment.
  if (response.status === 409 && again) {
    await new Promise((resolve) => setTimeout(resolve, RACE_MS))
    return usable(access) ? access.token : exchange(false)
  }
  // Only a verdict on the token ends the session; a server that is down must not sign anyone out.
  if (response.status === 401 || response.status === 422) {
    endSession()
    return null
  }
  throw toApiError(response.status, await response.json().catch(() => null), response.headers)
}
