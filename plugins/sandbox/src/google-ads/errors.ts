import { html, json, type Answer } from '../http/exchange.ts'

/** An answer of Google's instead of rows; `searchStream` wraps it in an array. */
export class GoogleFailure extends Error {
  readonly status: number
  readonly body: { error: Record<string, unknown> }

  constructor(status: number, body: { error: Record<string, unknown> }) {
    super(`${status}`)
    this.status = status
    this.body = body
  }

  toAnswer(isStream: boolean): Answer {
    return json(this.status, isStream ? [this.body] : this.body)
  }
}

const CREDENTIALS =
  'Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.'

const GENERAL: Record<number, [status: string, message: string]> = {
  400: ['INVALID_ARGUMENT', 'Request contains an invalid argument.'],
  401: ['UNAUTHENTICATED', `Request had invalid authentication credentials. ${CREDENTIALS}`],
  403: ['PERMISSION_DENIED', 'The caller does not have permission'],
  429: ['RESOURCE_EXHAUSTED', 'Resource has been exhausted (e.g. check quota).'],
  500: ['INTERNAL', 'Internal error encountered.'],
  501: ['UNIMPLEMENTED', 'Operation is not implemented, or supported, or enabled.'],
  503: ['UNAVAILABLE', 'The service is currently unavailable.'],
}

function failure(status: number, details: object[], message?: string): GoogleFailure {
  const [name, text] = GENERAL[status] ?? ['UNKNOWN', '']
  const error = { code: status, message: message ?? text, status: name }
  return new GoogleFailure(status, { error: { ...error, ...(details.length > 0 && { details }) } })
}

/** An error of the Ads API itself, such as `adsError(v, id, 400, {queryError: 'BAD_VALUE'}, '…')`. */
export function adsError(
  at: { version: number; requestId: string },
  status: number,
  errorCode: Record<string, string>,
  message: string,
  details?: object
): GoogleFailure {
  return failure(status, [
    {
      '@type': `type.googleapis.com/google.ads.googleads.v${at.version}.errors.GoogleAdsFailure`,
      errors: [{ errorCode, message, ...(details && { details }) }],
      requestId: at.requestId,
    },
  ])
}

const info = (reason: string) => ({
  '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
  reason,
  domain: 'googleapis.com',
  metadata: { service: 'googleads.googleapis.com' },
})

export const missingCredentials = (): GoogleFailure =>
  failure(
    401,
    [info('CREDENTIALS_MISSING')],
    `Request is missing required authentication credential. ${CREDENTIALS}`
  )

export const foreignToken = (): GoogleFailure =>
  failure(401, [info('ACCESS_TOKEN_TYPE_UNSUPPORTED')])

export const missingScope = (): GoogleFailure =>
  failure(
    403,
    [info('ACCESS_TOKEN_SCOPE_INSUFFICIENT')],
    'Request had insufficient authentication scopes.'
  )

/** A field or parameter that the message does not have. */
export function unknownName(name: string, isParameter: boolean): GoogleFailure {
  const where = isParameter
    ? `Cannot bind query parameter. Field '${name}' could not be found in request message.`
    : 'Cannot find field.'
  const description = `Invalid JSON payload received. Unknown name "${name}": ${where}`
  const details = {
    '@type': 'type.googleapis.com/google.rpc.BadRequest',
    fieldViolations: [{ description }],
  }
  return failure(400, [details], description)
}

export const badJson = (): GoogleFailure =>
  failure(400, [], 'Invalid JSON payload received. Unexpected token.')

export const backendError = (status: 500 | 503): GoogleFailure => failure(status, [])

export const notPlayed = (what: string): GoogleFailure =>
  failure(501, [], `The sandbox does not play this: ${what}`)

/** What Google's front end says of an address that no service has. */
export const noSuchPage = (path: string): Answer =>
  html(
    404,
    `<!DOCTYPE html>\n<html lang=en>\n  <title>Error 404 (Not Found)!!1</title>\n  <p><b>404.</b> <ins>That’s an error.</ins>\n  <p>The requested URL <code>${path.replace(/[^\w/:.-]/g, '')}</code> was not found on this server.`
  )
