import { createHmac } from 'node:crypto'
import type { Auth, Place } from '../auth.ts'
import { SourceError } from '../errors.ts'
import type { Json } from '../http.ts'
import type { Clock } from './clock.ts'
import { AUTHORIZATION, type Tokens } from './oauth.ts'

/** A request as far as credentials may change it. */
export interface Signable {
  url: URL
  headers: Headers
  /** The body where it is a JSON object or a form: the place of some vendors' tokens. */
  fields: Record<string, Json> | undefined
}

/** Puts credentials into requests. The core's keeps tokens under a lock, the contract kit's is a fake. */
export interface Authorizer {
  /**
   * Adds the credentials; called for requests to hosts that may see them.
   *
   * @returns which credentials it took, for `refresh`
   */
  apply(request: Signable): Promise<string>
  /**
   * After the vendor refused the credentials that `apply` took: gets new ones, unless somebody else
   * has done so meanwhile.
   *
   * @returns whether it is worth trying again
   * @throws SourceError `auth_expired` if the vendor gives no new ones
   */
  refresh(used: string): Promise<boolean>
}

/** Nothing to prove. */
export const noCredentials: Authorizer = {
  apply: () => Promise.resolve(''),
  refresh: () => Promise.resolve(false),
}

/** Puts a secret where its place is. */
export function putSecret(request: Signable, place: Place, secret: string): void {
  if (place.in === 'header') request.headers.set(place.name, `${place.prefix ?? ''}${secret}`)
  else if (place.in === 'query') request.url.searchParams.set(place.name, secret)
  else if (request.fields !== undefined) request.fields[place.name] = secret
}

function queryNames(auth: Auth): string[] {
  if (auth.kind === 'api_key' && auth.in === 'query') {
    return [auth.name, ...Object.keys(auth.also ?? {})]
  }
  if (auth.kind !== 'oauth2') return []
  return [auth.place, auth.proof].flatMap((place) => (place?.in === 'query' ? [place.name] : []))
}

/** Names of query parameters that credentials stand in: kept in no position. */
export const secretParameters = (auth: Auth): string[] => [
  'access_token',
  'token',
  ...queryNames(auth),
]

type ApiKey = Extract<Auth, { kind: 'api_key' }>

/** Credentials that never change: a key, and what goes with it, from the settings. */
export function keyAuthorizer(auth: ApiKey, config: Record<string, unknown>): Authorizer {
  const value = (field: string): string => {
    const text = config[field]
    if (typeof text === 'string' && text !== '') return text
    throw new SourceError('config_invalid', `“${field}” is missing.`, { field })
  }
  return {
    apply: async (request) => {
      const key = value(auth.field ?? 'api_key')
      if (auth.in === 'basic') {
        const pair = Buffer.from(`${value(auth.name)}:${key}`).toString('base64')
        request.headers.set('authorization', `Basic ${pair}`)
        return ''
      }
      const { in: where, prefix } = auth
      const place = (name: string): Place =>
        where === 'query' ? { in: where, name } : { in: where, name, ...(prefix && { prefix }) }
      putSecret(request, place(auth.name), key)
      for (const [name, field] of Object.entries(auth.also ?? {})) {
        putSecret(request, { in: where, name }, value(field))
      }
      return ''
    },
    refresh: () => Promise.resolve(false),
  }
}

/** Where the tokens of one connection are kept. */
export interface TokenStore {
  load(): Promise<Tokens | undefined>
  /**
   * Runs `change` while nobody else does for this connection, keeps what it returns, and only then
   * returns it: a rotated token that is used before it is kept would be lost by a crash.
   */
  update(change: (current: Tokens | undefined) => Promise<Tokens>): Promise<Tokens>
}

/** How tokens are put and renewed. */
export interface TokenOptions {
  place?: Place | undefined
  proof?: { in: 'header' | 'query'; name: string; secret: string } | undefined
  store: TokenStore
  /**
   * Gets new tokens, or the first ones, at the vendor.
   *
   * @throws SourceError `auth_expired` if there is no way
   */
  renew: (current: Tokens | undefined) => Promise<Tokens>
  /** Whether tokens that have not ended yet can be renewed at all. */
  isRenewable: (current: Tokens) => boolean
  clock: Clock
}

/** A token this close to its end is renewed before it is sent. */
const MARGIN_MS = 60_000

/** Tokens that end: sent where their place is, renewed once by whoever comes first. */
export function tokenAuthorizer(options: TokenOptions): Authorizer {
  const { store, clock, renew, isRenewable, proof, place = AUTHORIZATION } = options
  const isEnding = (tokens: Tokens): boolean =>
    tokens.expiresAt !== undefined &&
    isRenewable(tokens) &&
    Date.parse(tokens.expiresAt) - MARGIN_MS <= clock.now().getTime()

  const renewed = (isOld: (tokens: Tokens) => boolean): Promise<Tokens> =>
    store.update(async (current) =>
      current === undefined || isOld(current) ? renew(current) : current
    )

  async function valid(): Promise<Tokens> {
    const tokens = await store.load()
    return tokens === undefined || isEnding(tokens) ? renewed(isEnding) : tokens
  }

  return {
    apply: async (request) => {
      const { accessToken } = await valid()
      putSecret(request, place, accessToken)
      if (proof !== undefined) {
        const digest = createHmac('sha256', proof.secret).update(accessToken).digest('hex')
        putSecret(request, { in: proof.in, name: proof.name }, digest)
      }
      return accessToken
    },
    refresh: async (used) => {
      const { accessToken } = await renewed((current) => current.accessToken === used)
      return accessToken !== used
    },
  }
}
