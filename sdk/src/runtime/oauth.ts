import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Auth, Place } from '../auth.ts'
import { SourceError } from '../errors.ts'
import { callTokens, type TokenCall, type TokenWorld } from './token_call.ts'

/** An `oauth2` of a definition. */
export type OAuth2 = Extract<Auth, { kind: 'oauth2' }>

/** Where a token stands unless the definition says otherwise. */
export const AUTHORIZATION: Place = { in: 'header', name: 'authorization', prefix: 'Bearer ' }

/** What a vendor has given. Everything in here is secret. */
export interface Tokens {
  accessToken: string
  refreshToken?: string
  /** ISO 8601 in UTC; absent: it does not end, as far as the vendor says. */
  expiresAt?: string
  /** What was granted, where the vendor says so. */
  scopes?: string[]
  /** What else the answer says in texts and numbers, such as the address of the account. */
  extra?: Record<string, string>
}

/** The application at the vendor, and the settings that addresses may name. */
export interface OAuthClient {
  auth: OAuth2
  clientId: string
  clientSecret: string
  config: Record<string, unknown>
}

/** What one consent needs until its answer: kept by whoever began it. */
export interface Consent {
  /** Where to send the user. */
  url: string
  state: string
  /** For {@link exchangeCode}; there with `pkce` only. */
  verifier?: string
}

const secretText = (): string => randomBytes(32).toString('base64url')

const challengeOf = (verifier: string): string =>
  createHash('sha256').update(verifier).digest('base64url')

/** What may stand for a setting in an address: a host or a name, nothing that changes its structure. */
const PLAIN = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i

/** @throws SourceError `config_invalid` if a setting is missing or more than a host or a name */
export function expandUrl(template: string, config: Record<string, unknown>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_all, field: string) => {
    const value = config[field]
    if (typeof value === 'string' && PLAIN.test(value)) return value
    throw new SourceError('config_invalid', `“${field}” is no address.`, { field })
  })
}

/** Begins a consent: the page of the vendor, with a state and, where declared, a challenge. */
export function beginConsent(
  { auth, clientId, config }: Omit<OAuthClient, 'clientSecret'>,
  redirectUri: string,
  extra: Record<string, string> = {}
): Consent {
  const url = new URL(expandUrl(auth.authorizeUrl, config))
  const state = secretText()
  const verifier = auth.pkce === true ? secretText() : undefined
  const scope = auth.scopes.join(auth.scopeSeparator ?? ' ')
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    state,
    ...(scope !== '' && { scope }),
    ...(verifier && { code_challenge: challengeOf(verifier), code_challenge_method: 'S256' }),
    ...auth.authorizeParams,
    ...extra,
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return { url: url.href, state, ...(verifier && { verifier }) }
}

/** Numbers come as texts from some vendors. */
const seconds = z.coerce.number().positive().optional().catch(undefined)

const Answer = z.looseObject({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  expires_in: seconds,
  scope: z.string().nullish(),
})

const KNOWN = new Set(['access_token', 'refresh_token', 'expires_in', 'scope', 'token_type'])

function extraOf(json: Record<string, unknown>): Record<string, string> {
  const texts = Object.entries(json).filter(
    ([name, value]) => !KNOWN.has(name) && (typeof value === 'string' || typeof value === 'number')
  )
  return Object.fromEntries(texts.map(([name, value]) => [name, String(value)]))
}

function endOf(expiresIn: number | undefined, now: Date): { expiresAt?: string } {
  if (expiresIn === undefined) return {}
  return { expiresAt: new Date(now.getTime() + expiresIn * 1000).toISOString() }
}

function scopesOf(
  scope: string | null | undefined,
  kept: Tokens | undefined
): { scopes?: string[] } {
  const scopes = scope ? scope.split(/[\s,]+/).filter(Boolean) : kept?.scopes
  return scopes === undefined ? {} : { scopes }
}

/** Tokens in an answer. @throws SourceError `vendor_response` if there are none */
export function tokensOf(json: unknown, world: TokenWorld, kept?: Tokens): Tokens {
  const parsed = Answer.safeParse(json)
  if (!parsed.success) {
    throw new SourceError('vendor_response', `${world.title} answered without a token.`)
  }
  const { access_token, refresh_token, expires_in, scope } = parsed.data
  const refreshToken = refresh_token ?? kept?.refreshToken
  const extra = { ...kept?.extra, ...extraOf(parsed.data) }
  return {
    accessToken: access_token,
    ...(refreshToken !== undefined && { refreshToken }),
    ...endOf(expires_in, world.clock.now()),
    ...scopesOf(scope, kept),
    ...(Object.keys(extra).length > 0 && { extra }),
  }
}

function callOf(client: OAuthClient, grant: Record<string, string>): TokenCall {
  const { auth, clientId, clientSecret, config } = client
  const isBasic = auth.clientAuth === 'basic'
  const own = isBasic ? {} : { client_id: clientId, client_secret: clientSecret }
  const pair = [clientId, clientSecret].map(encodeURIComponent).join(':')
  return {
    url: expandUrl(auth.tokenUrl, config),
    parameters: { ...own, ...grant, ...auth.tokenParams },
    body: auth.tokenBody ?? 'form',
    ...(isBasic && { headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` } }),
  }
}

/**
 * Tokens for the code of a consent; with `refresh: 'exchange'` they are long-lived at once.
 *
 * @throws SourceError as {@link callTokens}
 */
export async function exchangeCode(
  client: OAuthClient,
  consent: { code: string; redirectUri: string; verifier?: string | undefined },
  world: TokenWorld
): Promise<Tokens> {
  const { code, redirectUri, verifier } = consent
  const grant = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    ...(verifier !== undefined && { code_verifier: verifier }),
  }
  const tokens = tokensOf(await callTokens(callOf(client, grant), world), world)
  return client.auth.refresh === 'exchange' ? renewTokens(client, tokens, world) : tokens
}

function renewal(auth: OAuth2, current: Tokens): Record<string, string> | undefined {
  if (auth.grant === 'client_credentials') {
    const scope = auth.scopes.join(auth.scopeSeparator ?? ' ')
    return { grant_type: 'client_credentials', ...(scope !== '' && { scope }) }
  }
  if (auth.refresh === 'exchange') {
    const { exchange } = auth
    if (exchange === undefined) return undefined
    return { grant_type: exchange.grantType, [exchange.tokenParam]: current.accessToken }
  }
  if (current.refreshToken === undefined) return undefined
  return { grant_type: 'refresh_token', refresh_token: current.refreshToken }
}

/**
 * New tokens for these. A rotating refresh token is used up by the call, so it runs under a lock and
 * is not repeated; what it returns has to be kept before it is used.
 *
 * @throws SourceError `auth_expired` if nothing can be renewed, else as {@link callTokens}
 */
export async function renewTokens(
  client: OAuthClient,
  current: Tokens,
  world: TokenWorld
): Promise<Tokens> {
  const grant = renewal(client.auth, current)
  if (grant === undefined) {
    throw new SourceError(
      'auth_expired',
      `The consent for ${world.title} has ended. Connect it again.`
    )
  }
  return tokensOf(await callTokens(callOf(client, grant), world), world, current)
}

/** First tokens of an application that asks for itself. @throws SourceError as {@link callTokens} */
export const clientCredentials = (client: OAuthClient, world: TokenWorld): Promise<Tokens> =>
  renewTokens(client, { accessToken: '' }, world)
