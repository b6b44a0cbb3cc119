import { SourceError, type SourceErrorCode } from '../errors.ts'
import type { VendorAnswer } from '../http.ts'

/** What the status means where the source does not say better. */
function codeOf(status: number): SourceErrorCode {
  if (status === 401) return 'auth_expired'
  if (status === 403) return 'auth_scope'
  if (status === 429) return 'rate_limited'
  if (status >= 500 || status === 408 || status === 425) return 'vendor_unavailable'
  return 'vendor_response'
}

const SENTENCES: Partial<Record<SourceErrorCode, (title: string) => string>> = {
  auth_expired: (title) => `${title} no longer accepts the credentials. Connect it again.`,
  auth_scope: (title) => `${title} refuses access. Check the permissions and connect again.`,
  rate_limited: (title) => `${title} asks for a pause. It goes on by itself.`,
  vendor_unavailable: (title) => `${title} cannot be reached right now. It goes on by itself.`,
}

/** Moment that `Retry-After` names, as seconds or as a date. */
export function retryAfter(header: string | undefined, now: Date): Date | undefined {
  if (header === undefined) return undefined
  const text = header.trim()
  if (/^\d+(\.\d+)?$/.test(text)) return new Date(now.getTime() + Number(text) * 1000)
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : new Date(at)
}

/** The error behind an answer that is none of 200, or that says that it failed. `place` is the method and the connector's own path. */
export function failureOf(answer: VendorAnswer, title: string, place: string): SourceError {
  const { status, headers, now } = answer
  const code = codeOf(status)
  const answered = status < 400 ? 'something else than expected' : String(status)
  const sentence = SENTENCES[code]?.(title) ?? `${title} answered ${answered} to ${place}.`
  const retryAt = retryAfter(headers['retry-after'], now)
  return new SourceError(code, sentence, { status, ...(retryAt !== undefined && { retryAt }) })
}

/** Trouble on the way to the vendor. */
export const unreachable = (title: string, cause: Error): SourceError =>
  new SourceError(
    'vendor_unavailable',
    `${title} cannot be reached right now. It goes on by itself.`,
    {
      cause,
    }
  )

/** The same error with the moment of the next attempt, and the status that was left out. */
export function completed(
  error: SourceError,
  more: { status?: number; retryAt?: Date }
): SourceError {
  const { detail } = error
  if (more.status !== undefined) detail.status ??= more.status
  if (more.retryAt !== undefined) detail.retryAt ??= more.retryAt
  return error
}
