import type { OAuth2 } from '@analyticaflow/sdk/runtime'
import type { Source } from '../registry/load.ts'

/** The application that this installation has registered at a vendor. */
export interface Application {
  clientId: string
  clientSecret: string
}

/** Names of the environment's settings that hold an application's id and secret. */
export interface ApplicationSettings {
  clientId: string
  clientSecret: string
}

/** Sources of one vendor may share an application; else each has its own, named like the source. */
export function applicationSettings(
  source: Pick<Source, 'id'>,
  { application }: Pick<OAuth2, 'application'>
): ApplicationSettings {
  const name = (application ?? source.id).toUpperCase().replaceAll('-', '_')
  return { clientId: `AF_OAUTH_${name}_CLIENT_ID`, clientSecret: `AF_OAUTH_${name}_CLIENT_SECRET` }
}

/** Settings that are not there yet. */
export function missingSettings(source: Pick<Source, 'id'>, auth: OAuth2): string[] {
  return Object.values(
    applicationSettings(source, auth) as unknown as Record<string, string>
  ).filter((name) => !process.env[name])
}

/** The application of a source, from the environment; see docs/decisions/0137. */
export function applicationOf(source: Pick<Source, 'id'>, auth: OAuth2): Application | undefined {
  const names = applicationSettings(source, auth)
  const clientId = process.env[names.clientId]
  const clientSecret = process.env[names.clientSecret]
  return clientId && clientSecret ? { clientId, clientSecret } : undefined
}

/** What every application is registered with as the address that consent leads back to. */
export const CALLBACK_PATH = '/api/v1/oauth/callback'
