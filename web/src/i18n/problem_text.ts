import type { TFunction } from 'i18next'
import { ApiError } from '../api/problem.ts'

/** Codes with a text of their own; any other is told by what the server says about it. */
const KNOWN = [
  'network',
  'unavailable',
  'invalid_credentials',
  'registration_closed',
  'forbidden',
  'not_found',
  'conflict',
  'cursor_expired',
  'validation_failed',
  'payload_too_large',
  'unsupported_media_type',
  'rate_limited',
  'internal_error',
] as const
type Known = (typeof KNOWN)[number]

const isKnown = (code: string): code is Known => KNOWN.some((known) => known === code)

export interface ProblemText {
  title: string
  /** What to do about it, or what the server said. */
  hint: string
  reference: string | undefined
}

export function problemText(t: TFunction, error: unknown): ProblemText {
  if (!(error instanceof ApiError)) {
    return {
      title: t('problem.unexpected'),
      hint: t('problem_hint.unexpected'),
      reference: undefined,
    }
  }
  const reference = error.requestId
  if (isKnown(error.code)) {
    // What is wrong with a field only the server can say.
    const said = error.fields.map(({ message }) => message).join('. ')
    const hint = said || t(`problem_hint.${error.code}`)
    return { title: t(`problem.${error.code}`), hint, reference }
  }
  return {
    title: t('problem.unexpected'),
    hint: error.message === error.code ? t('problem_hint.unexpected') : error.message,
    reference,
  }
}
