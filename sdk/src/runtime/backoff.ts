import type { SourceError } from '../errors.ts'

/** Attempts of one request, the first included. */
export const MAX_ATTEMPTS = 5

const BASE_MS = 1000
const LONGEST_MS = 30_000

/** When to try again: what the vendor asked for, else a wait that doubles, with half of it by chance. */
export function retryMoment(
  error: SourceError,
  attempt: number,
  now: Date,
  random: () => number
): Date {
  const { retryAt } = error.detail
  if (retryAt !== undefined) return retryAt
  const longest = Math.min(BASE_MS * 2 ** (attempt - 1), LONGEST_MS)
  return new Date(now.getTime() + longest * (0.5 + random() / 2))
}
