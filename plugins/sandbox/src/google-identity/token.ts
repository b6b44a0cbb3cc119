import { createHash } from 'node:crypto'
import { formOf, json, type Answer, type Asked } from '../http/exchange.ts'
import { ACCESS_SECONDS, type Grant, type Grants } from './grants.ts'
import type { ServiceAccount } from './service_account.ts'
import type { OAuthClient } from './users.ts'

export interface TokenDesk {
  clients: Map<string, OAuthClient>
  grants: Grants
  account: () => ServiceAccount
  now: () => number
}

const fault = (status: number, error: string, description: string): Answer =>
  json(status, { error, error_description: description })

const DEAD = fault(400, 'invalid_grant', 'Token has been expired or revoked.')

const issued = (desk: TokenDesk, grant: Grant, extra: object = {}): Answer =>
  json(
    200,
    {
      access_token: desk.grants.access(grant),
      expires_in: ACCESS_SECONDS,
      ...extra,
      scope: grant.scopes.join(' '),
      token_type: 'Bearer',
    },
    { 'cache-control': 'no-cache, no-store, max-age=0, must-revalidate' }
  )

const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url')

/** What is wrong with the proof that the same app asks as began. */
function verifierFault(challenge: string | undefined, verifier: string | null): string | undefined {
  if (challenge === undefined) return undefined
  if (verifier === null) return 'Missing code verifier.'
  return challengeOf(verifier) === challenge ? undefined : 'Invalid code verifier.'
}

function byCode(desk: TokenDesk, form: URLSearchParams): Answer {
  const code = desk.grants.takeCode(form.get('code') ?? '')
  if (code?.client !== form.get('client_id')) {
    return fault(400, 'invalid_grant', 'Malformed auth code.')
  }
  if (code.redirectUri !== form.get('redirect_uri')) {
    return fault(400, 'redirect_uri_mismatch', 'Bad Request')
  }
  const wrong = verifierFault(code.challenge, form.get('code_verifier'))
  if (wrong !== undefined) return fault(400, 'invalid_grant', wrong)
  return issued(desk, code, code.isOffline ? { refresh_token: desk.grants.refresh(code) } : {})
}

function byRefresh(desk: TokenDesk, form: URLSearchParams): Answer {
  const grant = desk.grants.openRefresh(form.get('refresh_token') ?? '')
  if (grant === undefined) return DEAD
  if (grant.client !== form.get('client_id')) {
    return fault(401, 'unauthorized_client', 'Unauthorized')
  }
  return issued(desk, grant)
}

function byAssertion(desk: TokenDesk, form: URLSearchParams): Answer {
  const account = desk.account()
  const scopes = account.scopesOf(form.get('assertion') ?? '', desk.now())
  if (typeof scopes === 'string') return fault(400, 'invalid_grant', scopes)
  if (scopes.length === 0) {
    return fault(400, 'invalid_scope', 'Invalid OAuth scope or ID token audience provided.')
  }
  const user = account.email
  return issued(desk, { grant: desk.grants.nextGrant(user), user, client: user, scopes })
}

const ASSERTION = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** https://developers.google.com/identity/protocols/oauth2/web-server#exchange-authorization-code */
export function token(asked: Asked, desk: TokenDesk): Answer {
  if (asked.method !== 'POST') return fault(405, 'method_not_allowed', 'POST only')
  const form = formOf(asked)
  const kind = form.get('grant_type')
  if (kind === null) {
    return fault(400, 'invalid_request', 'Missing required parameter: grant_type')
  }
  if (kind === ASSERTION) return byAssertion(desk, form)
  const client = desk.clients.get(form.get('client_id') ?? '')
  if (client === undefined) return fault(401, 'invalid_client', 'The OAuth client was not found.')
  if (client.secret !== form.get('client_secret')) {
    return fault(401, 'invalid_client', 'Unauthorized')
  }
  if (kind === 'authorization_code') return byCode(desk, form)
  if (kind === 'refresh_token') return byRefresh(desk, form)
  return fault(400, 'unsupported_grant_type', `Invalid grant_type: ${kind}`)
}

export function revoke(asked: Asked, grants: Grants): Answer {
  const token = asked.query.get('token') ?? formOf(asked).get('token') ?? ''
  return grants.revoke(token)
    ? json(200, {})
    : fault(400, 'invalid_token', 'Token expired or revoked')
}
