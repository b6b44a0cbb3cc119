import { generateKeyPairSync } from 'node:crypto'
import type { Auth } from '../src/index.ts'
import type { Tokens, TokenStore } from '../src/runtime/index.ts'

/** Marks what must not be seen anywhere. */
const canary = (name: string): string => `canary-${name}-7f3a9c51`

/** The application at the vendor. */
export const application = { clientId: 'kit-client', clientSecret: canary('client-secret') }

let key: string | undefined

/** A key file of a service account; made once, since that takes time. */
function keyFile(): string {
  key ??= generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()
  const file = { client_email: 'kit@example.com', private_key: key, private_key_id: 'kit' }
  return JSON.stringify(file)
}

/** Tokens in memory, changed by one at a time. */
export class KitTokens implements TokenStore {
  current: Tokens | undefined
  #last: Promise<unknown> = Promise.resolve()

  constructor(current: Tokens | undefined) {
    this.current = current
  }

  load = (): Promise<Tokens | undefined> => Promise.resolve(this.current)

  update: TokenStore['update'] = (change) => {
    const next = this.#last.then(async () => {
      this.current = await change(this.current)
      return this.current
    })
    this.#last = next.catch(() => undefined)
    return next
  }
}

/** The vendor's side of the credentials: what is valid, and what each refresh token was used for. */
export class Credentials {
  readonly auth: Auth
  readonly store: KitTokens
  /** Every secret that was ever valid. */
  readonly secrets = new Set<string>()
  /** How often each refresh token was used. */
  readonly refreshes = new Map<string, number>()
  isRevoked = false
  #issued = 1
  readonly #config: Record<string, unknown>

  constructor(auth: Auth, config: Record<string, unknown>) {
    this.auth = auth
    this.#config = config
    this.store = new KitTokens(auth.kind === 'oauth2' ? this.#issue() : undefined)
    if (auth.kind === 'oauth2') this.secrets.add(application.clientSecret)
  }

  /** The config field that a service account's key file stands in, with one that works. */
  static settings(auth: Auth): Record<string, unknown> {
    if (auth.kind !== 'service_account') return {}
    return { [auth.field ?? 'service_account_key']: keyFile() }
  }

  get #token(): string {
    return canary(`access-${this.#issued}`)
  }

  #issue(): Tokens {
    const refreshToken = canary(`refresh-${this.#issued}`)
    this.secrets.add(this.#token).add(refreshToken)
    return { accessToken: this.#token, refreshToken }
  }

  /** The token that is held is refused from now on; a refresh gives another. */
  expire(): void {
    this.#issued += 1
  }

  /** What the token endpoint answers to these parameters. */
  answer({ refresh_token, assertion = '' }: Record<string, string>): {
    status: number
    json: unknown
  } {
    const used = refresh_token ?? assertion
    const count = (this.refreshes.get(used) ?? 0) + 1
    this.refreshes.set(used, count)
    const rotates = refresh_token !== undefined && this.#isRotating()
    if (this.isRevoked || (rotates && count > 1)) {
      return { status: 400, json: { error: 'invalid_grant' } }
    }
    if (rotates) this.#issued += 1
    const { accessToken, refreshToken } = this.#issue()
    const json = { access_token: accessToken, refresh_token: refreshToken, expires_in: 86_400 }
    return { status: 200, json }
  }

  #isRotating(): boolean {
    return this.auth.kind === 'oauth2' && this.auth.refresh === 'rotating'
  }

  /** Does this request prove who it is? */
  accepts(request: { url: string; headers: Record<string, string>; body?: string }): boolean {
    const wanted = this.#wanted()
    if (wanted === undefined) return !this.isRevoked
    const { url, headers, body = '' } = request
    const said = [decodeURIComponent(url), ...Object.values(headers), body].join('\n')
    return !this.isRevoked && wanted.some((text) => said.includes(text))
  }

  #wanted(): string[] | undefined {
    const { auth } = this
    if (auth.kind === 'oauth2' || auth.kind === 'service_account') return [this.#token]
    if (auth.kind !== 'api_key') return undefined
    const text = (field: string) => String(this.#config[field])
    const secret = text(auth.field ?? 'api_key')
    return [secret, Buffer.from(`${text(auth.name)}:${secret}`).toString('base64')]
  }
}
