import { z } from 'zod'

/**
 * Every code the API answers with, with its status and title. Clients branch on the code, so a code
 * is never renamed; `detail` is for people.
 */
export const problemTable = {
  bad_request: [400, 'The request cannot be understood'],
  malformed_json: [400, 'The body is not valid JSON'],
  malformed_multipart: [400, 'The body is not valid multipart/form-data'],
  token_missing: [401, 'An access token is required'],
  token_invalid: [401, 'The access token is not valid'],
  token_expired: [401, 'The access token has expired'],
  refresh_token_invalid: [401, 'The refresh token is not valid'],
  invalid_credentials: [401, 'E-mail or password is wrong'],
  signature_invalid: [401, 'The signature is not valid'],
  forbidden: [403, 'Not permitted'],
  registration_closed: [403, 'Registration is closed'],
  not_found: [404, 'Not found'],
  conflict: [409, 'Conflict with the present state'],
  cursor_expired: [409, 'The cursor has expired'],
  idempotency_conflict: [409, 'The Idempotency-Key was used with another request'],
  payload_too_large: [413, 'The body is too large'],
  unsupported_media_type: [415, 'The body is of a type that is not read here'],
  validation_failed: [422, 'The request is not valid'],
  rate_limited: [429, 'Too many requests'],
  internal_error: [500, 'Internal error'],
  upstream_failed: [502, 'A vendor answered with an error'],
  unavailable: [503, 'Temporarily unavailable'],
} as const satisfies Record<string, readonly [status: number, title: string]>

export type ProblemCode = keyof typeof problemTable

export const problemCodes = Object.keys(problemTable) as [ProblemCode, ...ProblemCode[]]

/** One fault of a request: the field as the client named it, with dots for nesting. */
export interface FieldError {
  field: string
  rule: string
  message: string
  /** One that would be accepted, where there are few. */
  value?: string
}

export interface ProblemOptions {
  detail?: string
  errors?: FieldError[]
  headers?: Record<string, string>
  /** Seconds; sent as `Retry-After`. */
  retryAfter?: number
  cause?: unknown
}

/** An expected failure: thrown anywhere below an endpoint, answered as RFC 9457 problem+json. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly status: number
  readonly title: string
  readonly detail: string | undefined
  readonly errors: FieldError[] | undefined
  readonly headers: Record<string, string>

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    const [status, title] = problemTable[code]
    super(options.detail ?? title, options.cause === undefined ? {} : { cause: options.cause })
    this.name = 'Problem'
    this.code = code
    this.status = status
    this.title = title
    this.detail = options.detail
    this.errors = options.errors
    this.headers = {
      ...options.headers,
      ...(options.retryAfter !== undefined && {
        'Retry-After': String(Math.max(1, Math.ceil(options.retryAfter))),
      }),
    }
  }

  toJSON(): z.infer<typeof ProblemView> {
    return {
      type: `urn:analyticaflow:problem:${this.code}`,
      title: this.title,
      status: this.status,
      code: this.code,
      ...(this.detail !== undefined && { detail: this.detail }),
      ...(this.errors !== undefined && { errors: this.errors }),
    }
  }
}

/** A 422 for one field that a rule outside the schema refuses. */
export function invalidField(field: string, rule: string, message: string): Problem {
  return new Problem('validation_failed', { detail: message, errors: [{ field, rule, message }] })
}

export const ProblemView = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(problemCodes),
    detail: z.string().optional(),
    errors: z
      .array(
        z.object({
          field: z.string(),
          rule: z.string(),
          message: z.string(),
          value: z.string().optional().describe('One that would be accepted, where there are few'),
        })
      )
      .optional(),
  })
  .meta({ id: 'Problem', description: 'An error, as RFC 9457 describes it' })
