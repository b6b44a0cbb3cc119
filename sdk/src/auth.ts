/** Where a secret stands in a request; `body` is a field of a JSON or form body. */
export type Place =
  { in: 'header'; name: string; prefix?: string } | { in: 'query' | 'body'; name: string }

/**
 * How a connection proves who it is. Auth is data: the core runs the consent, keeps and refreshes
 * the secrets and signs the requests, so a source never sees a token.
 *
 * URLs may name settings: `https://{shop}/admin/oauth/access_token` takes the field `shop`, which
 * must be a plain host or name there.
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
      /** Absent: `Authorization: Bearer …`. */
      place?: Place
      /** Between scopes on the consent page; absent: a space. */
      scopeSeparator?: ' ' | ','
      /** How calls of `tokenUrl` carry their parameters; absent: as a form. */
      tokenBody?: 'form' | 'json' | 'query'
      /** Further parameters of every call of `tokenUrl`, such as `expiring`. */
      tokenParams?: Record<string, string>
      /** Where client id and secret stand in calls of `tokenUrl`; absent: among the parameters. */
      clientAuth?: 'params' | 'basic'
      /** The consent is bound by a code challenge (S256). */
      pkce?: boolean
      /** `client_credentials`: no consent, the application asks for itself. Absent: `authorization_code`. */
      grant?: 'authorization_code' | 'client_credentials'
      /** With `refresh: 'exchange'`: the grant that swaps a token, and the parameter that carries it. */
      exchange?: { grantType: string; tokenParam: string }
      /** HMAC-SHA256 of the token under the client secret, in hexadecimal, sent beside it. */
      proof?: { in: 'header' | 'query'; name: string }
      /**
       * Name of the application that the installation has registered, for sources that share one: its id
       * and secret are `AF_OAUTH_<NAME>_CLIENT_ID` and `…_CLIENT_SECRET`. Absent: the source's id.
       */
      application?: string
      /** What the way back from the consent page carries besides code and state. */
      callback?: {
        /** Parameter with the HMAC-SHA256, in hexadecimal under the client secret, of all others: `name=value`, sorted by name, joined by `&`. */
        hmac?: string
        /** Parameter with the Unix time at which it was signed. */
        timestamp?: { name: string; withinSeconds: number }
        /** Parameters that name a setting, such as the shop's host: it has to be the same, or is filled in. */
        settings?: Record<string, string>
      }
    }
  | {
      kind: 'api_key'
      in: 'header' | 'query' | 'basic'
      /** Name of the header or query parameter; for `basic`, of the config field holding the user name. */
      name: string
      /** The config field that holds the key; absent: `api_key`. */
      field?: string
      /** Before the key in the header, such as `Bearer `. */
      prefix?: string
      /** Further query parameters or headers, each with the config field that holds its value. */
      also?: Record<string, string>
    }
  | {
      kind: 'service_account'
      scopes: string[]
      /** The config field that holds the key file, as JSON text; absent: `service_account_key`. */
      field?: string
      /** Where the signed assertion goes. Absent: Google's. The key file's own is not used: it could name any host. */
      tokenUrl?: string
    }
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
