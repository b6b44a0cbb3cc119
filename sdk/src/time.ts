import { z } from 'zod'

/** The warehouse keeps 1970–2105 and clamps the rest silently, hence the refusal here. */
const FIRST_YEAR = 1970
const LAST_YEAR = 2105

const inRange = (text: string): boolean => {
  const year = new Date(text).getUTCFullYear()
  return year >= FIRST_YEAR && year <= LAST_YEAR
}
const RANGE_MESSAGE = `Expected a year from ${FIRST_YEAR} to ${LAST_YEAR}`

/** Point in time, ISO 8601 with offset: `2026-03-29T02:30:00+01:00` or `…Z`; years 1970–2105. */
export const Instant = z.iso.datetime({ offset: true }).refine(inRange, RANGE_MESSAGE)
export type Instant = z.infer<typeof Instant>

/** Calendar day `YYYY-MM-DD` in the time zone its field names; years 1970–2105. */
export const Day = z.iso.date().refine(inRange, RANGE_MESSAGE)
export type Day = z.infer<typeof Day>
