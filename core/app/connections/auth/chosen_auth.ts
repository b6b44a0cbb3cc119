import type { Auth } from '@analyticaflow/sdk'
import type { OAuth2 } from '@analyticaflow/sdk/runtime'
import type { Source } from '../registry/load.ts'

type Values = Record<string, unknown>

export const authsOf = ({ auth }: Pick<Source, 'auth'>): readonly Auth[] =>
  'kind' in auth ? [auth] : auth

/** The field that holds what this way of signing in needs; nothing where that is not typed in. */
export function secretFieldOf(auth: Auth): string | undefined {
  if (auth.kind === 'api_key') return auth.field ?? 'api_key'
  return auth.kind === 'service_account' ? (auth.field ?? 'service_account_key') : undefined
}

const isFilledIn = (auth: Auth, values: Values): boolean => {
  const field = secretFieldOf(auth)
  return field !== undefined && typeof values[field] === 'string' && values[field] !== ''
}

/**
 * How a connection proves who it is: of several ways the one whose secret was typed in, else consent,
 * else the first.
 */
export function chosenAuth(source: Pick<Source, 'auth'>, values: Values): Auth {
  const auths = authsOf(source)
  const typed = auths.find((auth) => isFilledIn(auth, values))
  const consent = auths.find(({ kind }) => kind === 'oauth2')
  return typed ?? consent ?? auths[0] ?? { kind: 'none' }
}

/** The way that needs a user's consent at the vendor, where the connection goes it. */
export function consentAuth(source: Pick<Source, 'auth'>, values: Values): OAuth2 | undefined {
  const auth = chosenAuth(source, values)
  return auth.kind === 'oauth2' && auth.grant !== 'client_credentials' ? auth : undefined
}

/** The settings as a source sees them: without the secrets that the core itself uses. */
export function configForSource(source: Pick<Source, 'auth'>, values: Values): Values {
  const own = new Set(authsOf(source).map(secretFieldOf))
  return Object.fromEntries(Object.entries(values).filter(([field]) => !own.has(field)))
}
