import { compareTouches } from './order.ts'
import type { Path, Touch } from './types.ts'

export const DAY_MS = 86_400_000

/** The touches that may be credited, in order: within the window before the conversion, ends included. */
export function eligibleTouches({ conversion, touches }: Path, windowDays: number): Touch[] {
  const earliest = conversion.time - windowDays * DAY_MS
  return touches
    .filter(({ time }) => time >= earliest && time <= conversion.time)
    .sort(compareTouches)
}

/** Milliseconds since 1970, both ends included. */
export interface Range {
  from: number
  to: number
}

/**
 * The null path of a person: the touches of the range that no conversion of the range follows; empty
 * where there are none. A touch at the time of a conversion is followed by it.
 */
export function nullPathOf(
  touches: readonly Touch[],
  conversionTimes: readonly number[],
  { from, to }: Range
): Touch[] {
  const last = conversionTimes
    .filter((time) => time >= from && time <= to)
    .reduce((latest, time) => Math.max(latest, time), -Infinity)
  return touches
    .filter(({ time }) => time >= from && time <= to && time > last)
    .sort(compareTouches)
}
