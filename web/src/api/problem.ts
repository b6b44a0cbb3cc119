/** An answer that is not a success, as RFC 9457 describes it, or the absence of any answer. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: string
  readonly fields: readonly FieldProblem[]
  readonly requestId: string | undefined
  readonly retryAfter: number | undefined

  constructor(problem: ProblemInit) {
    super(problem.detail ?? problem.title ?? problem.code)
    this.status = problem.status
    this.code = problem.code
    this.fields = problem.errors ?? []
    this.requestId = problem.requestId
    this.retryAfter = problem.retryAfter
  }
}

export interface FieldProblem {
  field: string
  rule?: string
  message: string
  /** One that would be accepted. */
  value?: string
}

interface ProblemInit {
  status: number
  code: string
  title?: string | undefined
  detail?: string | undefined
  errors?: readonly FieldProblem[] | undefined
  requestId?: string | undefined
  retryAfter?: number | undefined
}

interface ProblemDocument {
  code?: unknown
  title?: unknown
  detail?: unknown
  errors?: unknown
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** Reads a problem+json document; whatever else a proxy may have answered becomes a code too. */
export function toApiError(status: number, body: unknown, headers = new Headers()): ApiError {
  const document: ProblemDocument = typeof body === 'object' && body !== null ? body : {}
  const wait = Number(headers.get('retry-after') ?? NaN)
  return new ApiError({
    status,
    code: text(document.code) ?? codeOf(status),
    title: text(document.title),
    detail: text(document.detail),
    errors: Array.isArray(document.errors) ? (document.errors as FieldProblem[]) : [],
    requestId: headers.get('x-request-id') ?? undefined,
    retryAfter: Number.isFinite(wait) ? wait : undefined,
  })
}

const codeOf = (status: number): string => (status >= 500 ? 'unavailable' : 'unexpected')

/** The request never reached the server: no connection, DNS, a closed laptop. */
export const networkError = (): ApiError => new ApiError({ status: 0, code: 'network' })
