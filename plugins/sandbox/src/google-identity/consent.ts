import { escapeHtml, formOf, html, redirect, type Answer, type Asked } from '../http/exchange.ts'
import type { Grants } from './grants.ts'
import { mayRedirect, USERS, type OAuthClient } from './users.ts'

/** What an app asks for in the address of the consent page. */
interface Wish {
  client: OAuthClient
  redirectUri: string
  scopes: string[]
  state: string | null
  isOffline: boolean
  isConsentForced: boolean
  challenge?: string
}

/** https://developers.google.com/identity/protocols/oauth2/web-server#creatingclient */
const KNOWN = new Set([
  'client_id',
  'redirect_uri',
  'response_type',
  'scope',
  'access_type',
  'state',
  'include_granted_scopes',
  'enable_granular_consent',
  'login_hint',
  'prompt',
  'code_challenge',
  'code_challenge_method',
])

const refusal = (code: string, detail: string): Answer =>
  html(
    400,
    `<!doctype html><title>Error 400: ${code}</title><h1>Access blocked: Authorization Error</h1><p>${escapeHtml(detail)}</p><p>Error 400: ${code}</p>`
  )

function faultOf(query: URLSearchParams): string | undefined {
  const unknown = [...query.keys()].find((name) => !KNOWN.has(name))
  if (unknown !== undefined) return `Parameter not allowed for this message type: ${unknown}`
  const missing = ['response_type', 'client_id', 'redirect_uri', 'scope'].find(
    (name) => !query.get(name)
  )
  if (missing !== undefined) return `Missing required parameter: ${missing}`
  if (query.get('response_type') !== 'code') return 'Invalid response_type'
  const method = query.get('code_challenge_method')
  if (query.has('code_challenge') && method !== 'S256') {
    return `Unsupported code_challenge_method: ${method}`
  }
  return undefined
}

function wishOf(query: URLSearchParams, clients: Map<string, OAuthClient>): Wish | Answer {
  const fault = faultOf(query)
  if (fault !== undefined) return refusal('invalid_request', fault)
  const client = clients.get(query.get('client_id') ?? '')
  if (client === undefined) return refusal('invalid_client', 'The OAuth client was not found.')
  const redirectUri = query.get('redirect_uri') ?? ''
  if (!mayRedirect(client, redirectUri)) {
    return refusal('redirect_uri_mismatch', `redirect_uri=${redirectUri}`)
  }
  const challenge = query.get('code_challenge')
  return {
    client,
    redirectUri,
    scopes: (query.get('scope') ?? '').split(' ').filter(Boolean),
    state: query.get('state'),
    isOffline: query.get('access_type') === 'offline',
    isConsentForced: (query.get('prompt') ?? '').split(' ').includes('consent'),
    ...(challenge === null ? {} : { challenge }),
  }
}

function page({ client, scopes }: Wish): Answer {
  const accounts = USERS.map(
    ({ email, note }, index) =>
      `<label><input type="radio" name="user" value="${email}"${index === 0 ? ' checked' : ''}> ${email} (${note})</label><br>`
  )
  const wishes = scopes.map(
    (scope) =>
      `<label><input type="checkbox" name="scope" value="${escapeHtml(scope)}" checked> ${escapeHtml(scope)}</label><br>`
  )
  return html(
    200,
    `<!doctype html><html lang="en"><title>Sign in - Google Accounts (sandbox)</title>
<h1>${escapeHtml(client.id)} wants access to your Google Account</h1>
<form method="post" action=""><fieldset><legend>Account</legend>${accounts.join('')}</fieldset>
<fieldset><legend>Access</legend>${wishes.join('')}</fieldset>
<button name="decision" value="allow">Allow</button> <button name="decision" value="deny">Deny</button></form></html>`
  )
}

function back(wish: Wish, answers: Record<string, string>): Answer {
  const url = new URL(wish.redirectUri)
  for (const [name, value] of Object.entries(answers)) url.searchParams.set(name, value)
  if (wish.state !== null) url.searchParams.set('state', wish.state)
  return redirect(url.href)
}

function decide(wish: Wish, form: URLSearchParams, grants: Grants): Answer {
  const user = form.get('user') ?? ''
  if (form.get('decision') !== 'allow') return back(wish, { error: 'access_denied' })
  if (!USERS.some(({ email }) => email === user))
    return refusal('invalid_request', 'No such account')
  const allowed = form.getAll('scope').filter((scope) => wish.scopes.includes(scope))
  const grant = { grant: grants.nextGrant(user), user, client: wish.client.id, scopes: allowed }
  const { redirectUri, challenge } = wish
  const isOffline = wish.isOffline && (wish.isConsentForced || !grants.isKnown(grant))
  const code = grants.code({
    ...grant,
    redirectUri,
    isOffline,
    ...(challenge === undefined ? {} : { challenge }),
  })
  // Google adds the scopes that were really granted, and an issuer.
  return back(wish, { code, scope: allowed.join(' '), authuser: '0', prompt: 'consent' })
}

/** The page on which somebody allows an app to read, or does not. */
export function consent(asked: Asked, clients: Map<string, OAuthClient>, grants: Grants): Answer {
  const wish = wishOf(asked.query, clients)
  if ('status' in wish) return wish
  return asked.method === 'POST' ? decide(wish, formOf(asked), grants) : page(wish)
}
