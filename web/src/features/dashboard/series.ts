import type { KpiAnswer } from '../../api/types.ts'
import type { WeekStart } from '../projects/locale_choices.ts'
import { buckets, type Range } from './dates.ts'
import { figure, METRICS, type Metric } from './metrics.ts'
import type { DashboardState } from './use_dashboard_state.ts'

export interface Series {
  dates: string[]
  current: (number | null)[]
  /** Dates and values of the comparison, matched by ordinal; empty without one. */
  beforeDates: string[]
  before: (number | null)[]
}

function valuesOf(rows: KpiAnswer['data'], dates: readonly string[], metric: Metric) {
  const byDate = new Map(rows.map((row) => [row['date'], figure(row, metric)]))
  // Buckets without rows are missing from the answer: nothing sold is a zero, no ratio is a gap.
  const absent = METRICS[metric].additive ? 0 : null
  return dates.map((date) => byDate.get(date) ?? absent)
}

/** The rows of a report by date as a gapless series of one metric. */
export function toSeries(
  answer: KpiAnswer,
  metric: Metric,
  { range, grain }: Pick<DashboardState, 'range' | 'grain'>,
  weekStart: WeekStart,
): Series {
  const dates = buckets(range, grain, weekStart)
  const { comparison } = answer
  const asked: Range | null = comparison
    ? { from: comparison.date_from, to: comparison.date_to }
    : null
  const beforeDates = asked ? buckets(asked, grain, weekStart).slice(0, dates.length) : []
  return {
    dates,
    current: valuesOf(answer.data, dates, metric),
    beforeDates,
    before: comparison ? valuesOf(comparison.data, beforeDates, metric) : [],
  }
}
