import type { KpiRow } from '../../api/types.ts'
import type { WeekStart } from '../projects/locale_choices.ts'
import { buckets, type Range } from '../period/dates.ts'
import { figure, METRICS, type Metric } from './metrics.ts'
import type { DashboardState } from './use_dashboard_state.ts'

export interface Line {
  range: Range
  dates: string[]
  values: (number | null)[]
}

export interface Series {
  current: Line
  /** The comparison; the first of its buckets meets the first of this period. */
  before: Line | null
}

/** The rows of a report by date as a gapless line of one metric. */
export function toLine(
  rows: readonly KpiRow[],
  metric: Metric,
  range: Range,
  grain: DashboardState['grain'],
  weekStart: WeekStart
): Line {
  const dates = buckets(range, grain, weekStart)
  const byDate = new Map(rows.map((row) => [row.date, figure(row, metric)]))
  // Buckets without rows are missing from the answer: nothing sold is a zero, no ratio is a gap.
  const absent = METRICS[metric].additive ? 0 : null
  return { range, dates, values: dates.map((date) => byDate.get(date) ?? absent) }
}
