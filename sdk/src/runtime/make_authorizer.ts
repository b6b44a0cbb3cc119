import type { Auth } from '../auth.ts'
import { SourceError } from '../errors.ts'
import {
  keyAuthorizer,
  noCredentials,
  tokenAuthorizer,
  type Authorizer,
  type TokenStore,
} from './authorizer.ts'
import { renewTokens, type OAuth2, type Tokens } from './oauth.ts'
import { serviceAccountTokens } from './service_account.ts'
import type { TokenWorld } from './token_call.ts'

/** What credentials of any kind are made of. */
export interface AuthorizerOptions {
  /** The way that the connection has chosen. */
  auth: Auth
  /** Settings and secrets of the connection. */
  config: Record<string, unknown>
  /** For `oauth2` and `service_account`. */
  store: TokenStore
  /** The application at the vendor, for `oauth2`. */
  application?: { clientId: string; clientSecret: string } | undefined
  world: TokenWorld
}

function ended(title: string): SourceError {
  return new SourceError('auth_expired', `The consent for ${title} has ended. Connect it again.`)
}

function isRenewable(auth: OAuth2, tokens: Tokens): boolean {
  if (auth.grant === 'client_credentials') return true
  if (auth.refresh === 'exchange') return auth.exchange !== undefined
  return tokens.refreshToken !== undefined
}

function oauthAuthorizer(auth: OAuth2, options: AuthorizerOptions): Authorizer {
  const { config, store, world, application } = options
  const { proof } = auth
  if (application === undefined) {
    throw new SourceError('config_invalid', `No application is set up for ${world.title}.`)
  }
  return tokenAuthorizer({
    store,
    clock: world.clock,
    place: auth.place,
    proof: proof && { ...proof, secret: application.clientSecret },
    isRenewable: (tokens) => isRenewable(auth, tokens),
    renew: (current) => {
      if (current === undefined && auth.grant !== 'client_credentials') throw ended(world.title)
      return renewTokens({ auth, config, ...application }, current ?? { accessToken: '' }, world)
    },
  })
}

function accountAuthorizer(
  auth: Extract<Auth, { kind: 'service_account' }>,
  { config, store, world }: AuthorizerOptions
): Authorizer {
  const key = config[auth.field ?? 'service_account_key']
  return tokenAuthorizer({
    store,
    clock: world.clock,
    isRenewable: () => true,
    renew: () => serviceAccountTokens(auth, typeof key === 'string' ? key : '', world),
  })
}

/**
 * Credentials as the definition declares them.
 *
 * @throws SourceError `config_invalid` if no application is set up where one is needed
 */
export function makeAuthorizer(options: AuthorizerOptions): Authorizer {
  const { auth, config } = options
  switch (auth.kind) {
    case 'oauth2':
      return oauthAuthorizer(auth, options)
    case 'service_account':
      return accountAuthorizer(auth, options)
    case 'api_key':
      return keyAuthorizer(auth, config)
    case 'webhook_url':
    case 'none':
      return noCredentials
  }
}
