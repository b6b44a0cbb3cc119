import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { fetchKpi } from '../../api/reports.ts'
import type { KpiRequest } from '../../api/types.ts'
import { useProject } from '../projects/project_context.ts'
import type { Range } from '../period/dates.ts'
import { COLUMNS } from './dimensions.ts'
import { TILES } from './metrics.ts'
import { toKpiFilters, type DashboardState } from './use_dashboard_state.ts'

/** Rows of one answer, at most; `grainsFor` keeps series below it. */
const MOST_ROWS = 500

/** Fields every request of a dashboard shares. */
function scope({ range, filters, model }: DashboardState) {
  return {
    date_from: range.from,
    date_to: range.to,
    ...(filters.length > 0 && { filters: toKpiFilters(filters) }),
    ...(model && { attribution: { model } }),
  }
}

const comparing = ({ compare }: DashboardState) => (compare ? { compare } : {})

const byDate = ({ grain }: DashboardState) =>
  ({
    group_by: ['date'],
    granularity: grain,
    limit: MOST_ROWS,
  }) as const satisfies Partial<KpiRequest>

/** One request feeds the tiles (totals), their sparklines and the chart (rows). */
export const seriesRequest = (state: DashboardState): KpiRequest => ({
  ...scope(state),
  ...comparing(state),
  ...byDate(state),
  metrics: [...TILES],
})

/**
 * The series of the other period on its own: a comparison answers only for dates that have rows in
 * this period, and a line needs all of its own.
 */
export const otherSeriesRequest = (state: DashboardState, other: Range): KpiRequest => ({
  ...scope({ ...state, range: other }),
  ...byDate(state),
  metrics: [state.metric],
})

export function breakdownRequest(
  state: DashboardState,
  limit = MOST_ROWS,
  cursor: string | null = null
): KpiRequest {
  const metrics = COLUMNS[state.by]
  const sort = metrics.includes(state.sort.metric) ? state.sort : BIGGEST
  return {
    ...scope(state),
    ...comparing(state),
    metrics: [...metrics],
    group_by: [state.by],
    order_by: [sort],
    limit,
    ...(cursor !== null && { cursor }),
  }
}

export const BIGGEST = { metric: 'revenue', dir: 'desc' } as const

/** The figure itself, without grouping, together with how it came about. */
export const explainRequest = (state: DashboardState, metric: string): KpiRequest => ({
  ...scope(state),
  metrics: [metric],
  explain: true,
})

/** A report; while the next one is on its way the present one stays, so nothing jumps. */
export function useKpi(request: KpiRequest | null) {
  const { id } = useProject()
  return useQuery({
    queryKey: ['kpi', id, request],
    queryFn: request ? ({ signal }) => fetchKpi(id, request, signal) : skipToken,
    placeholderData: keepPreviousData,
  })
}
