import { DateTime } from 'luxon'
import type { WeekStart } from '#shared/http/types'

export const granularities = ['day', 'week', 'month', 'quarter', 'year'] as const
export type Granularity = (typeof granularities)[number]

export const comparisons = ['previous_period', 'previous_year'] as const
export type Comparison = (typeof comparisons)[number]

/** Days `YYYY-MM-DD` of the project's time zone, both included. */
export interface Period {
  from: string
  to: string
}

/** Days without time zone: their arithmetic must not meet a clock change. */
const day = (date: string): DateTime => DateTime.fromISO(date, { zone: 'utc' })
const iso = (date: DateTime): string => date.toFormat('yyyy-MM-dd')

/** What a report is compared with: as many days just before, or the same days a year earlier. */
export function comparisonPeriod({ from, to }: Period, comparison: Comparison): Period {
  if (comparison === 'previous_year') {
    return { from: iso(day(from).minus({ years: 1 })), to: iso(day(to).minus({ years: 1 })) }
  }
  const days = day(to).diff(day(from), 'days').days + 1
  return { from: iso(day(from).minus({ days })), to: iso(day(from).minus({ days: 1 })) }
}

const firstWeekday: Record<WeekStart, number> = { monday: 1, saturday: 6, sunday: 7 }

/** The first day of the calendar unit in which a day lies. */
function bucketStart(date: DateTime, granularity: Granularity, weekStart: WeekStart): DateTime {
  if (granularity !== 'week') return date.startOf(granularity)
  return date.minus({ days: (date.weekday - firstWeekday[weekStart] + 7) % 7 })
}

/** Names of a period's buckets in order: first days, the first of them clipped to the period. */
export function bucketsOf(
  { from, to }: Period,
  granularity: Granularity,
  weekStart: WeekStart
): string[] {
  const names: string[] = []
  let next = bucketStart(day(from), granularity, weekStart)
  while (iso(next) <= to) {
    names.push(names.length === 0 ? from : iso(next))
    next = next.plus({ [`${granularity}s`]: 1 })
  }
  return names
}

/** Whether the period is longer than reports go. */
export function exceedsYears({ from, to }: Period, years: number): boolean {
  return iso(day(from).plus({ years })) <= to
}

/** SQL for the bucket of a date column; the parameter `date_from` clips the first one. */
export function bucketExpression(
  column: string,
  granularity: Granularity,
  weekStart: WeekStart
): string {
  if (granularity === 'day') return column
  const starts: Record<Exclude<Granularity, 'day'>, string> = {
    week: weekExpression(column, weekStart),
    month: `toStartOfMonth(${column})`,
    quarter: `toStartOfQuarter(${column})`,
    year: `toStartOfYear(${column})`,
  }
  return `greatest(${starts[granularity]}, {date_from:Date})`
}

function weekExpression(column: string, weekStart: WeekStart): string {
  if (weekStart === 'monday') return `toStartOfWeek(${column}, 1)`
  if (weekStart === 'sunday') return `toStartOfWeek(${column}, 0)`
  return `toStartOfWeek(${column} + 1, 0) - 1`
}
