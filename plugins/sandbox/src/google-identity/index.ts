import { html, json, type Answer, type Asked, type Fields } from '../http/exchange.ts'
import { ControlError, type Refusal, type Stage, type Vendor } from '../vendor.ts'
import { consent } from './consent.ts'
import { Grants, type Verdict } from './grants.ts'
import { ServiceAccount } from './service_account.ts'
import { revoke, token, type TokenDesk } from './token.ts'
import { DEFAULT_CLIENT, type OAuthClient } from './users.ts'

export const ID = 'google-identity'

/** Consent and tokens of Google, for every one of its services. */
export interface GoogleIdentity extends Vendor {
  verify(accessToken: string): Verdict
  expire(accessToken: string): void
}

const NOT_FOUND = html(
  404,
  '<!DOCTYPE html>\n<html lang=en>\n<title>Error 404 (Not Found)!!1</title>\n<p><b>404.</b> <ins>That’s an error.</ins>'
)

const ENDPOINTS: Record<string, string> = {
  '/o/oauth2/v2/auth': 'authorize',
  '/token': 'token',
  '/revoke': 'revoke',
}

function text(body: Fields, name: string): string {
  const value = body[name]
  if (typeof value !== 'string' || value === '') throw new ControlError(`${name} is missing`)
  return value
}

function actionsOf({ clients, grants, account }: TokenDesk): Vendor['actions'] {
  return {
    /** `{user}`: as if the user had removed the app in the account's settings. */
    revoke: (body) => grants.revokeUser(text(body, 'user')),
    /** `{id, secret, redirect_uris}`: a further app. */
    client: (body) => {
      const uris = Array.isArray(body.redirect_uris) ? body.redirect_uris.map(String) : []
      const client: OAuthClient = {
        id: text(body, 'id'),
        secret: text(body, 'secret'),
        redirectUris: uris,
      }
      clients.set(client.id, client)
    },
    /** A refresh token of a user, without the consent page: `{user, scopes, client_id?}`. */
    grant: (body) => {
      const user = text(body, 'user')
      const client = body.client_id === undefined ? DEFAULT_CLIENT.id : text(body, 'client_id')
      const scopes = text(body, 'scopes').split(' ')
      const grant = { grant: grants.nextGrant(user), user, client, scopes }
      return { refresh_token: grants.refresh(grant) }
    },
    service_account: () => account().keyFile,
  }
}

function refuse(refusal: Refusal): Answer {
  if (refusal === 'expired_token') {
    return json(400, {
      error: 'invalid_grant',
      error_description: 'Token has been expired or revoked.',
    })
  }
  const status = { rate_limit: 429, quota: 429, unavailable: 503, missing_scope: 403 }
  const code = refusal === 'server_error' ? 500 : status[refusal]
  return json(code, { error: 'internal_failure', error_description: 'Backend Error' })
}

export function googleIdentity(stage: Stage): GoogleIdentity {
  const clock = stage.clockOf(ID)
  const now = () => clock.now()
  let key: ServiceAccount | undefined
  const desk: TokenDesk = {
    clients: new Map([[DEFAULT_CLIENT.id, DEFAULT_CLIENT]]),
    grants: new Grants(stage.sealer, now),
    // Making a key takes a tenth of a second, and few ask for one.
    account: () => (key ??= new ServiceAccount()),
    now,
  }
  const answers: Record<string, (asked: Asked) => Answer> = {
    authorize: (asked) => consent(asked, desk.clients, desk.grants),
    token: (asked) => token(asked, desk),
    revoke: (asked) => revoke(asked, desk.grants),
  }
  const endpointOf = ({ path }: Asked) => ENDPOINTS[path] ?? 'unknown'
  return {
    id: ID,
    hosts: ['accounts.google.com', 'oauth2.googleapis.com'],
    endpointOf,
    answer: (asked) => answers[endpointOf(asked)]?.(asked) ?? NOT_FOUND,
    refuse,
    truth: {},
    actions: actionsOf(desk),
    verify: (accessToken) => desk.grants.verify(accessToken),
    expire: (accessToken) => desk.grants.expire(accessToken),
  }
}
