import type { Compare } from '../../api/types.ts'
import type { Range } from './dates.ts'
import { defaultPreset, PRESETS, presetRange, toDate, type Period } from './periods.ts'

/** What a report covers and what it is compared with, as the address bar says it. */
export interface PeriodState {
  period: Period
  range: Range
  /** The dates the project has data for. */
  data: Range
  compare: Compare | null
}

/** What a change may say; absent keys stay. */
export interface PeriodChange {
  period?: Period
  range?: Range
  compare?: Compare | null
}

function readPeriod(params: URLSearchParams, today: string, data: Range) {
  const from = toDate(params.get('from'))
  const to = toDate(params.get('to'))
  if (from !== null && to !== null && from <= to) {
    return { period: 'custom' as const, range: { from, to } }
  }
  const asked = PRESETS.find((preset) => preset === params.get('period'))
  const period = asked ?? defaultPreset(today, data)
  return { period, range: presetRange(period, today, data) }
}

function readCompare(params: URLSearchParams, period: Period): Compare | null {
  const asked = params.get('compare')
  if (asked === 'previous_period' || asked === 'previous_year') return asked
  // All data has nothing before it to compare with.
  return asked === 'none' || period === 'all' ? null : 'previous_period'
}

export function readPeriodState(params: URLSearchParams, today: string, data: Range): PeriodState {
  const { period, range } = readPeriod(params, today, data)
  return { period, range, data, compare: readCompare(params, period) }
}

export function writePeriodState(params: URLSearchParams, change: PeriodChange): void {
  if (change.compare !== undefined) params.set('compare', change.compare ?? 'none')
  if (change.period === undefined) return
  for (const key of ['period', 'from', 'to']) params.delete(key)
  if (change.period !== 'custom') params.set('period', change.period)
  else if (change.range) {
    params.set('from', change.range.from)
    params.set('to', change.range.to)
  }
}
