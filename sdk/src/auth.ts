/**
 * How a connection proves who it is. Auth is data: the core runs the consent, keeps and refreshes
 * the secrets and signs the requests, so a source never sees a token.
 */
export type Auth =
  | {
      kind: 'oauth2'
      authorizeUrl: string
      tokenUrl: string
      scopes: string[]
      /** `rotating`: each refresh returns a new refresh token and kills the old one. `exchange`: a short-lived token is swapped for a long-lived one. */
      refresh: 'stable' | 'rotating' | 'exchange'
      /** Further query parameters of the consent page, such as `access_type`. */
      authorizeParams?: Record<string, string>
    }
  | {
      kind: 'api_key'
      in: 'header' | 'query' | 'basic'
      /** Name of the header or query parameter; for `basic`, of the config field holding the user name. */
      name: string
    }
  | { kind: 'service_account'; scopes: string[] }
  | {
      kind: 'webhook_url'
      /** Matches a well-formed URL. The URL itself is the secret (Bitrix24). */
      pattern: RegExp
    }
  | { kind: 'none' }

type Options<K extends Auth['kind']> = Omit<Extract<Auth, { kind: K }>, 'kind'>

/** Consent of the user at the vendor. */
export const oauth2 = (options: Options<'oauth2'>): Auth => ({ kind: 'oauth2', ...options })

/** A key that the user copies from the vendor. */
export const apiKey = (options: Options<'api_key'>): Auth => ({ kind: 'api_key', ...options })

/** A key file of a technical account (Google). */
export const serviceAccount = (options: Options<'service_account'>): Auth => ({
  kind: 'service_account',
  ...options,
})

/** A URL that carries its own secret. */
export const webhookUrl = (options: Options<'webhook_url'>): Auth => ({
  kind: 'webhook_url',
  ...options,
})

/** Nothing to prove: files, public data. */
export const noAuth = (): Auth => ({ kind: 'none' })
