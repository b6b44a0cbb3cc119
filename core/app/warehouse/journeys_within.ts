import { DateTime } from 'luxon'
import type { Params } from './client.ts'
import { arrayOf, touchColumns, touchPaths } from './journey_sql.ts'
import { JOURNEY_DAYS } from './journeys.ts'
import { inSlices } from './versions.ts'

const reached = touchColumns
  .map((column, index) => {
    const stored = arrayOf(column)
    return `arrayConcat(arrayMap(touch -> touch.${index + 1}, older), ${stored}) AS ${stored}`
  })
  .join(',\n    ')

/**
 * Rows of `journeys` that match `where`, with touches of at least the window's days: those that are
 * older than what journeys keep come from `touch`. Bind `reachParams` besides the version.
 */
export function journeysWithin(where: string, windowDays: number): string {
  const stored = `SELECT * FROM journeys WHERE ${inSlices('journeys')} AND ${where}`
  if (windowDays <= JOURNEY_DAYS) return stored
  return `SELECT * REPLACE (
    ${reached})
  FROM (
    SELECT stored.*, arrayFilter(
      touch -> touch.1 < anchor - toIntervalDay(${JOURNEY_DAYS})
        AND touch.1 >= anchor - toIntervalDay({window_days:UInt32}), touches
    ) AS older
    FROM (${stored}) AS stored ANY LEFT JOIN (${touchPaths(stored)}) AS paths USING (person_key)
  )`
}

const EARLIEST = '1970-01-01'

/** Which days may hold touches of conversions of these days; the days of both are the project's. */
export function reachParams(period: { from: string; to: string }, windowDays: number): Params {
  const day = (date: string) => DateTime.fromISO(date, { zone: 'utc' })
  const from = day(period.from)
    .minus({ days: windowDays + 1 })
    .toFormat('yyyy-MM-dd')
  return {
    window_days: windowDays,
    touch_from: from < EARLIEST ? EARLIEST : from,
    touch_to: day(period.to).plus({ days: 1 }).toFormat('yyyy-MM-dd'),
  }
}
