import { createHmac, timingSafeEqual } from 'node:crypto'
import {
  escapeHtml,
  fieldsOf,
  formOf,
  header,
  html,
  isFields,
  json,
  redirect,
  type Answer,
  type Asked,
  type Fields,
} from '../http/exchange.ts'
import type { Sealer } from '../sealed.ts'
import { APP, hmacOf, SCOPES, SHOP_DOMAIN, type Installation } from './installation.ts'

export interface OAuthDesk {
  installation: Installation
  sealer: Sealer
  now: () => number
  usedCodes: Set<string>
}

interface Code {
  scopes: string[]
  expiresAt: number
}

const CODE = ''
const CODE_SECONDS = 60
const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?\//

const failed = (detail: string): Answer =>
  html(400, `<!doctype html><title>Oauth error</title><p>Oauth error ${escapeHtml(detail)}</p>`)

interface Wish {
  redirectUri: string
  scopes: string[]
  state: string
}

function wishOf(query: URLSearchParams): Wish | Answer {
  if (query.get('client_id') !== APP.clientId) return failed('invalid_client: no such app')
  const redirectUri = query.get('redirect_uri') ?? ''
  const isAllowed = redirectUri.startsWith('https://') || LOOPBACK.test(redirectUri)
  if (!isAllowed) return failed('invalid_request: The redirect_uri is not whitelisted')
  const scopes = (query.get('scope') ?? '').split(/[ ,]+/).filter(Boolean)
  const unknown = scopes.filter((scope) => !SCOPES.includes(scope))
  if (scopes.length === 0 || unknown.length > 0) {
    return failed(`invalid_scope: The access scope is invalid: ${unknown.join(', ')}`)
  }
  return { redirectUri, scopes, state: query.get('state') ?? '' }
}

/** The callback as Shopify signs it: the parameters but the signature, sorted. */
function callback(wish: Wish, code: string, now: number): string {
  const parameters = {
    code,
    host: Buffer.from('admin.shopify.com/store/harbour-coffee')
      .toString('base64')
      .replace(/=+$/, ''),
    shop: SHOP_DOMAIN,
    state: wish.state,
    timestamp: String(now),
  }
  const message = Object.entries(parameters)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  const url = new URL(wish.redirectUri)
  for (const [name, value] of Object.entries({ ...parameters, hmac: hmacOf(message, 'hex') })) {
    url.searchParams.set(name, value)
  }
  return url.href
}

/**
 * Where a merchant who cancels stays: Shopify tells the app nothing. Relative, since the browser knows
 * the sandbox by its own address and not by the shop's.
 */
const ADMIN = '../'

/** What stands for the shop's admin. */
export const admin = (): Answer =>
  html(
    200,
    `<!doctype html><html lang="en"><title>Harbour Coffee (sandbox)</title>
<h1>Harbour Coffee, admin</h1><p>The app was not installed. Go back to where you came from.</p></html>`
  )

/** The page on which a merchant installs the app. */
export function authorize(asked: Asked, desk: OAuthDesk): Answer {
  const wish = wishOf(asked.query)
  if ('status' in wish) return wish
  const list = wish.scopes.map((scope) => `<li>${scope}</li>`).join('')
  if (asked.method !== 'POST') {
    return html(
      200,
      `<!doctype html><html lang="en"><title>Install app - Harbour Coffee (sandbox)</title>
<h1>Install app</h1><p>The app wants to see:</p><ul>${list}</ul>
<form method="post" action=""><button name="decision" value="install">Install</button> <button name="decision" value="cancel">Cancel</button></form></html>`
    )
  }
  if (formOf(asked).get('decision') !== 'install') return redirect(ADMIN)
  desk.installation.install()
  const payload: Code = { scopes: wish.scopes, expiresAt: desk.now() + CODE_SECONDS }
  const code = desk.sealer.seal(CODE, payload)
  return redirect(callback(wish, code, desk.now()))
}

const fault = (error: string, description: string): Answer =>
  json(400, { error, error_description: description })

const text = (fields: Fields, name: string): string => {
  const value = fields[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function messageOf(asked: Asked): Fields {
  const isJson = header(asked, 'content-type')?.startsWith('application/json')
  return isJson ? (fieldsOf(asked) ?? {}) : Object.fromEntries(formOf(asked))
}

function byCode(desk: OAuthDesk, fields: Fields): Answer {
  const token = text(fields, 'code')
  const code = desk.sealer.open(CODE, token) as Code | undefined
  if (code === undefined || code.expiresAt < desk.now() || desk.usedCodes.has(token)) {
    return fault('invalid_request', 'The authorization code was not found or was already used')
  }
  if (text(fields, 'expiring') !== '1') {
    const detail = 'This app has to request expiring offline access tokens'
    return fault('invalid_request', detail)
  }
  desk.usedCodes.add(token)
  return json(200, desk.installation.issue(code.scopes, true))
}

function byRefresh({ installation }: OAuthDesk, fields: Fields): Answer {
  const issued = installation.refresh(text(fields, 'refresh_token'))
  if (issued !== undefined) return json(200, issued)
  return fault('invalid_grant', 'The refresh token is invalid, expired or has been revoked')
}

/** A session token of the embedded app: signed with the app's secret, for this shop, alive. */
function isSessionToken(token: string, now: number): boolean {
  const [head = '', body = '', signature = ''] = token.split('.')
  const own = createHmac('sha256', APP.clientSecret).update(`${head}.${body}`).digest()
  const given = Buffer.from(signature, 'base64url')
  if (own.length !== given.length || !timingSafeEqual(own, given)) return false
  const claims: unknown = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'))
  return (
    isFields(claims) &&
    claims.aud === APP.clientId &&
    claims.dest === `https://${SHOP_DOMAIN}` &&
    Number(claims.exp) > now
  )
}

function byExchange(desk: OAuthDesk, fields: Fields): Answer {
  const type = 'urn:shopify:params:oauth:token-type:offline-access-token'
  if (text(fields, 'requested_token_type') !== type || text(fields, 'expiring') !== '1') {
    return fault('invalid_request', 'Unsupported requested_token_type')
  }
  const isGood = isSessionToken(text(fields, 'subject_token'), desk.now())
  if (!isGood || !desk.installation.isInstalled) {
    return fault('invalid_subject_token', 'The subject token is invalid')
  }
  return json(200, desk.installation.issue(SCOPES, true))
}

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'

/** https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens */
export function accessToken(asked: Asked, desk: OAuthDesk): Answer {
  const fields = messageOf(asked)
  const { clientId, clientSecret } = APP
  if (text(fields, 'client_id') !== clientId || text(fields, 'client_secret') !== clientSecret) {
    return fault('invalid_client', 'Client authentication failed')
  }
  const kind = text(fields, 'grant_type')
  if (kind === 'refresh_token') return byRefresh(desk, fields)
  if (kind === EXCHANGE) return byExchange(desk, fields)
  if (kind === 'client_credentials') return json(200, desk.installation.issue(SCOPES, true))
  if (kind === '' || kind === 'authorization_code') return byCode(desk, fields)
  return fault('unsupported_grant_type', `The grant type ${kind} is not supported`)
}
