import { createHmac } from 'node:crypto'
import type { Sealer } from '../sealed.ts'

export const SHOP_DOMAIN = 'harbour-coffee.myshopify.com'

/** The app as registered with Shopify. */
export const APP = {
  clientId: '5a0d0b0c0ffee5a0d0b0c0ffee123456',
  clientSecret: 'shpss_sandbox_client_secret',
} as const

/** https://shopify.dev/docs/api/usage/access-scopes */
export const SCOPES = [
  'read_orders',
  'read_all_orders',
  'read_customers',
  'read_products',
  'read_inventory',
  'read_customer_events',
  'write_pixels',
  'read_reports',
]

const ACCESS = 'shpat_'
const REFRESH = 'shprt_'
export const ACCESS_SECONDS = 3600
export const REFRESH_SECONDS = 7_776_000

export interface Session {
  scopes: string[]
  /** How often the refresh token had been replaced when this was issued. */
  generation: number
  /** Of which installation: reinstalling ends what was issued before. */
  install: number
  expiresAt: number | null
}

export interface Issued {
  access_token: string
  scope: string
  expires_in?: number
  refresh_token?: string
  refresh_token_expires_in?: number
}

/**
 * One app in one shop, and its tokens. A refresh token is replaced when it is used; the one before
 * stays good until the new one is used.
 */
export class Installation {
  readonly #sealer: Sealer
  readonly #now: () => number
  readonly #ended = new Set<string>()
  #install = 1
  #isInstalled = true
  /** Newest generation whose refresh token was used; unknown after a start of the sandbox. */
  #used: number | null = null

  constructor(sealer: Sealer, now: () => number) {
    this.#sealer = sealer
    this.#now = now
  }

  get isInstalled(): boolean {
    return this.#isInstalled
  }

  install(): void {
    this.#isInstalled = true
  }

  /** Nothing that was issued works any more. */
  uninstall(): void {
    this.#isInstalled = false
    this.#install += 1
    this.#used = null
  }

  issue(scopes: string[], isExpiring: boolean, generation = 0): Issued {
    const now = this.#now()
    const expiresAt = isExpiring ? now + ACCESS_SECONDS : null
    const session: Session = { scopes, generation, install: this.#install, expiresAt }
    const issued = {
      access_token: this.#sealer.seal(ACCESS, session),
      scope: scopes.join(','),
    }
    if (!isExpiring) return issued
    return {
      ...issued,
      expires_in: ACCESS_SECONDS,
      refresh_token: this.#sealer.seal(REFRESH, { ...session, expiresAt: now + REFRESH_SECONDS }),
      refresh_token_expires_in: REFRESH_SECONDS,
    }
  }

  /** New tokens for a refresh token; undefined where it is spent, old, revoked or made up. */
  refresh(token: string): Issued | undefined {
    const session = this.#open(REFRESH, token)
    if (session === undefined) return undefined
    const isSpent = this.#used !== null && session.generation < this.#used
    if (isSpent) return undefined
    this.#used = session.generation
    return this.issue(session.scopes, true, session.generation + 1)
  }

  verify(token: string): Session | undefined {
    return this.#open(ACCESS, token)
  }

  /** Ends one access token before its time. */
  expire(token: string): void {
    this.#ended.add(token)
  }

  #open(prefix: string, token: string): Session | undefined {
    const session = this.#sealer.open(prefix, token) as Session | undefined
    if (session?.install !== this.#install || !this.#isInstalled) return undefined
    const isOver = session.expiresAt !== null && session.expiresAt <= this.#now()
    return isOver || this.#ended.has(token) ? undefined : session
  }
}

export const hmacOf = (message: string | Buffer, encoding: 'hex' | 'base64'): string =>
  createHmac('sha256', APP.clientSecret).update(message).digest(encoding)
