import type { Sealer } from '../sealed.ts'

/** What somebody allowed one app to do. */
export interface Grant {
  /** Names the grant itself: revoking it kills every token of it. */
  grant: string
  user: string
  client: string
  scopes: string[]
}

interface Code extends Grant {
  redirectUri: string
  challenge?: string
  isOffline: boolean
  expiresAt: number
}

interface Access extends Grant {
  expiresAt: number
}

export type Verdict =
  { outcome: 'valid'; grant: Grant } | { outcome: 'expired' | 'revoked' | 'invalid' }

const CODE = '4/0A'
const ACCESS = 'ya29.a0'
const REFRESH = '1//0g'
const CODE_SECONDS = 600
export const ACCESS_SECONDS = 3599

/**
 * Codes and tokens of Google's consent. A refresh token does not rotate and does not age; it dies
 * when the grant is revoked. Codes work once.
 */
export class Grants {
  readonly #sealer: Sealer
  readonly #now: () => number
  readonly #revoked = new Set<string>()
  readonly #ended = new Set<string>()
  readonly #consents = new Set<string>()

  constructor(sealer: Sealer, now: () => number) {
    this.#sealer = sealer
    this.#now = now
  }

  /** Whether this user has allowed this app before: then no second refresh token comes by itself. */
  isKnown({ user, client }: Grant): boolean {
    return this.#consents.has(`${user} ${client}`)
  }

  code(code: Omit<Code, 'expiresAt'>): string {
    return this.#sealer.seal(CODE, { ...code, expiresAt: this.#now() + CODE_SECONDS })
  }

  takeCode(token: string): Code | undefined {
    const code = this.#sealer.open(CODE, token) as Code | undefined
    if (code === undefined || code.expiresAt < this.#now() || this.#ended.has(token))
      return undefined
    this.#ended.add(token)
    this.#consents.add(`${code.user} ${code.client}`)
    return code
  }

  access({ grant, user, client, scopes }: Grant): string {
    const expiresAt = this.#now() + ACCESS_SECONDS
    return this.#sealer.seal(ACCESS, { grant, user, client, scopes, expiresAt })
  }

  refresh({ grant, user, client, scopes }: Grant): string {
    return this.#sealer.seal(REFRESH, { grant, user, client, scopes })
  }

  openRefresh(token: string): Grant | undefined {
    const grant = this.#sealer.open(REFRESH, token) as Grant | undefined
    return grant === undefined || this.#revoked.has(grant.grant) ? undefined : grant
  }

  verify(token: string): Verdict {
    const access = this.#sealer.open(ACCESS, token) as Access | undefined
    if (access === undefined) return { outcome: 'invalid' }
    if (this.#revoked.has(access.grant)) return { outcome: 'revoked' }
    if (access.expiresAt <= this.#now() || this.#ended.has(token)) return { outcome: 'expired' }
    return { outcome: 'valid', grant: access }
  }

  /** Ends one access token before its time. */
  expire(token: string): void {
    this.#ended.add(token)
  }

  revoke(token: string): boolean {
    const sealed = this.#sealer.open(REFRESH, token) ?? this.#sealer.open(ACCESS, token)
    const grant = sealed as Grant | undefined
    if (grant === undefined || this.#revoked.has(grant.grant)) return false
    this.#revoked.add(grant.grant)
    return true
  }

  /** Everything that a user has allowed any app, as in the settings of the account. */
  revokeUser(user: string): void {
    this.#revoked.add(this.nextGrant(user))
    this.#consents.forEach((consent) => {
      if (consent.startsWith(`${user} `)) this.#consents.delete(consent)
    })
  }

  /** A new consent after a revocation is a grant of its own. */
  nextGrant(user: string): string {
    let name = grantOf(user)
    while (this.#revoked.has(name)) name = `${name}+`
    return name
  }
}

const grantOf = (user: string): string => `grant of ${user}`
