import type { Compare } from '../../api/types.ts'
import { addDays, monthStart, quarterStart, spanDays, yearStart, type Range } from './dates.ts'

export const PRESETS = [
  'last_7',
  'last_30',
  'last_90',
  'this_month',
  'last_month',
  'this_quarter',
  'last_quarter',
  'this_year',
  'last_year',
  'all',
] as const
export type Preset = (typeof PRESETS)[number]
export type Period = Preset | 'custom'

const dayBefore = (date: string): string => addDays(date, -1)

const RANGES: Record<Exclude<Preset, 'all'>, (today: string) => Range> = {
  last_7: (today) => ({ from: addDays(today, -6), to: today }),
  last_30: (today) => ({ from: addDays(today, -29), to: today }),
  last_90: (today) => ({ from: addDays(today, -89), to: today }),
  this_month: (today) => ({ from: monthStart(today), to: today }),
  last_month: (today) => ({ from: monthStart(today, -1), to: dayBefore(monthStart(today)) }),
  this_quarter: (today) => ({ from: quarterStart(today), to: today }),
  last_quarter: (today) => ({ from: quarterStart(today, -1), to: dayBefore(quarterStart(today)) }),
  this_year: (today) => ({ from: yearStart(today), to: today }),
  last_year: (today) => ({ from: yearStart(today, -1), to: dayBefore(yearStart(today)) }),
}

/** The dates of a preset as of today; `data` is the range the project has data for. */
export const presetRange = (preset: Preset, today: string, data: Range): Range =>
  preset === 'all' ? data : RANGES[preset](today)

/** Data this fresh makes the last thirty days the natural first view; older data is shown whole. */
const FRESH_DAYS = 21

export const defaultPreset = (today: string, data: Range): Preset =>
  spanDays(data.to, today) <= FRESH_DAYS && spanDays(data.from, data.to) > FRESH_DAYS
    ? 'last_30'
    : 'all'

/** The same day a year earlier; the 29th of February becomes the 28th. */
function yearBefore(date: string): string {
  const earlier = String(Number(date.slice(0, 4)) - 1)
  return toDate(earlier + date.slice(4)) ?? `${earlier}-02-28`
}

/** The range another one is compared with, as the KPI report takes it. */
export function comparedRange({ from, to }: Range, compare: Compare): Range {
  if (compare === 'previous_year') return { from: yearBefore(from), to: yearBefore(to) }
  return { from: addDays(from, -spanDays(from, to)), to: dayBefore(from) }
}

const DATE = /^\d{4}-\d{2}-\d{2}$/

/** A date out of the address bar, or null where it is none. */
export function toDate(value: string | null): string | null {
  if (value === null || !DATE.test(value)) return null
  const date = new Date(`${value}T00:00:00Z`)
  // The 30th of February would become a day in March.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value) ? value : null
}
