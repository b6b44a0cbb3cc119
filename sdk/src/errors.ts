/**
 * Why a source cannot go on. The set is closed: each code says what the core does next.
 *
 * | code | the core |
 * |---|---|
 * | `auth_expired`, `auth_scope` | pauses the connection and asks the user to reconnect |
 * | `config_invalid` | pauses the connection and shows the message at `detail.field` |
 * | `file_invalid` | fails the import and shows the message (`detail.field`, `detail.line`) |
 * | `rate_limited`, `vendor_unavailable` | tries again later (`detail.retryAt`), no alarm |
 * | `vendor_response` | stops the stream and raises an alarm: the vendor answered nonsense |
 * | `row_invalid` | stops the stream and raises an alarm: a row contradicts its schema |
 * | `order_violated` | stops the stream and raises an alarm: rows outside the window or unsorted |
 */
export const sourceErrorCodes = [
  'auth_expired',
  'auth_scope',
  'config_invalid',
  'file_invalid',
  'rate_limited',
  'vendor_unavailable',
  'vendor_response',
  'row_invalid',
  'order_violated',
] as const

/** One of {@link sourceErrorCodes}. */
export type SourceErrorCode = (typeof sourceErrorCodes)[number]

/** What helps the core or the user to act on a {@link SourceError}. Never put a secret here. */
export interface SourceErrorDetail {
  /** Earliest useful moment of the next attempt. */
  retryAt?: Date
  /** Permissions that are missing. */
  scopes?: string[]
  /** Path of the config field at fault, for instance `columns.order_id`. */
  field?: string
  /** Line of the file at fault; the header is line 1. */
  line?: number
  /** Status of the vendor's answer, where there was one. */
  status?: number
  /** The error behind this one; logged after redaction, never shown. */
  cause?: unknown
}

/**
 * The only error a source throws on purpose; anything else counts as a bug of the source.
 *
 * @example throw new SourceError('auth_scope', 'Grant “ads.read” and reconnect.', { scopes: ['ads.read'] })
 */
export class SourceError extends Error {
  override readonly name = 'SourceError'
  readonly code: SourceErrorCode
  /** A sentence for the user: what is wrong and what to do. */
  readonly userMessage: string
  readonly detail: SourceErrorDetail

  constructor(code: SourceErrorCode, userMessage: string, detail: SourceErrorDetail = {}) {
    super(`${code}: ${userMessage}`, { cause: detail.cause })
    this.code = code
    this.userMessage = userMessage
    this.detail = detail
  }
}

/**
 * One row that cannot be used. Thrown by `map`, it sets the row aside with its reason and the rest
 * goes on; in everything else (`read`, `check`) it is a bug.
 */
export class RowRejected extends Error {
  override readonly name = 'RowRejected'
  /** The field at fault: canonical where there is one, else the vendor's. */
  readonly field: string
  /** A sentence for the user, without the field's name. */
  readonly userMessage: string

  constructor(field: string, message: string) {
    super(`${field}: ${message}`)
    this.field = field
    this.userMessage = message
  }
}
