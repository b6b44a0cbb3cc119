/** Calendar arithmetic on YYYY-MM-DD texts. No zone is involved: a date is a date. */
import type { Granularity } from '../../api/types.ts'
import { WEEK_STARTS, type WeekStart } from '../projects/locale_choices.ts'

const DAY_MS = 86_400_000

const parse = (date: string): Date => new Date(`${date}T00:00:00Z`)
const text = (date: Date): string => date.toISOString().slice(0, 10)

export const addDays = (date: string, days: number): string =>
  text(new Date(parse(date).getTime() + days * DAY_MS))

/** Days from one date to another, both counted. */
export const spanDays = (from: string, to: string): number =>
  Math.round((parse(to).getTime() - parse(from).getTime()) / DAY_MS) + 1

/** First day of the month that lies `offset` months away. */
export function monthStart(date: string, offset = 0): string {
  const at = parse(date)
  return text(new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + offset, 1)))
}

export function quarterStart(date: string, offset = 0): string {
  const month = parse(date).getUTCMonth()
  return monthStart(date, offset * 3 - (month % 3))
}

export const yearStart = (date: string, offset = 0): string =>
  `${parse(date).getUTCFullYear() + offset}-01-01`

export function weekStartOf(date: string, weekStart: WeekStart): string {
  const weekday = parse(date).getUTCDay() || 7
  return addDays(date, -((weekday - WEEK_STARTS[weekStart] + 7) % 7))
}

/** Today where the project is. */
export function todayIn(timeZone: string, now = new Date()): string {
  const options = { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' } as const
  return new Intl.DateTimeFormat('sv-SE', options).format(now)
}

function nextBucket(date: string, grain: Granularity, weekStart: WeekStart): string {
  switch (grain) {
    case 'day':
      return addDays(date, 1)
    case 'week':
      return addDays(weekStartOf(date, weekStart), 7)
    case 'month':
      return monthStart(date, 1)
    case 'quarter':
      return quarterStart(date, 1)
    case 'year':
      return yearStart(date, 1)
  }
}

export interface Range {
  from: string
  to: string
}

/** The buckets of a range, each named by its first day inside the range, as the API names them. */
export function buckets({ from, to }: Range, grain: Granularity, weekStart: WeekStart): string[] {
  const result: string[] = []
  for (let date = from; date <= to; date = nextBucket(date, grain, weekStart)) result.push(date)
  return result
}

/** The last day of the bucket that starts at `date`, within the range. */
export function bucketEnd(
  date: string,
  to: string,
  grain: Granularity,
  weekStart: WeekStart
): string {
  const end = addDays(nextBucket(date, grain, weekStart), -1)
  return end < to ? end : to
}

const LIMITS: [Granularity, number][] = [
  ['day', 92],
  ['week', 400],
  ['month', 1500],
  ['quarter', 4000],
]

/** The finest grain that stays readable on a chart. */
export function defaultGrain({ from, to }: Range): Granularity {
  const days = spanDays(from, to)
  return LIMITS.find(([, limit]) => days <= limit)?.[0] ?? 'year'
}

const GRAINS: Granularity[] = ['day', 'week', 'month', 'quarter', 'year']
const FEWEST_DAYS: Record<Granularity, number> = {
  day: 1,
  week: 14,
  month: 32,
  quarter: 100,
  year: 370,
}
/** A chart with more points than this says less and costs more. */
const MOST_DAYS: Record<Granularity, number> = {
  day: 500,
  week: 3400,
  month: Infinity,
  quarter: Infinity,
  year: Infinity,
}

/** Grains that make sense for a range: more than one bucket, and not too many. */
export function grainsFor({ from, to }: Range): Granularity[] {
  const days = spanDays(from, to)
  return GRAINS.filter((grain) => days >= FEWEST_DAYS[grain] && days <= MOST_DAYS[grain])
}
