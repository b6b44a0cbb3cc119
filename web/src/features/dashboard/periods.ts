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

/** The dates of a preset as of today; `data` is the range the project has data for. */
export function presetRange(preset: Preset, today: string, data: Range): Range {
  switch (preset) {
    case 'last_7':
      return { from: addDays(today, -6), to: today }
    case 'last_30':
      return { from: addDays(today, -29), to: today }
    case 'last_90':
      return { from: addDays(today, -89), to: today }
    case 'this_month':
      return { from: monthStart(today), to: today }
    case 'last_month':
      return { from: monthStart(today, -1), to: addDays(monthStart(today), -1) }
    case 'this_quarter':
      return { from: quarterStart(today), to: today }
    case 'last_quarter':
      return { from: quarterStart(today, -1), to: addDays(quarterStart(today), -1) }
    case 'this_year':
      return { from: yearStart(today), to: today }
    case 'last_year':
      return { from: yearStart(today, -1), to: addDays(yearStart(today), -1) }
    case 'all':
      return data
  }
}

/** Data this fresh makes the last thirty days the natural first view; older data is shown whole. */
const FRESH_DAYS = 21

export const defaultPreset = (today: string, data: Range): Preset =>
  spanDays(data.to, today) <= FRESH_DAYS && spanDays(data.from, data.to) > FRESH_DAYS
    ? 'last_30'
    : 'all'

const DATE = /^\d{4}-\d{2}-\d{2}$/

/** A date out of the address bar, or null where it is none. */
export function toDate(value: string | null): string | null {
  if (value === null || !DATE.test(value)) return null
  const date = new Date(`${value}T00:00:00Z`)
  // The 30th of February would become a day in March.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value) ? value : null
}
