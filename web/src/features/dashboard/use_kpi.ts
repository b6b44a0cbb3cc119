import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, unwrap } from '../../api/client.ts'
import type { KpiAnswer, KpiRequest } from '../../api/types.ts'
import { useProject } from '../projects/project_context.ts'
import { TILES } from './metrics.ts'
import { COLUMNS } from './dimensions.ts'
import { toKpiFilters, type DashboardState } from './use_dashboard_state.ts'

/** Fields every request of a dashboard shares. */
function scope({ range, compare, filters }: DashboardState) {
  return {
    date_from: range.from,
    date_to: range.to,
    ...(compare && { compare }),
    ...(filters.length > 0 && { filters: toKpiFilters(filters) }),
  }
}

/** One request feeds the tiles (totals), their sparklines and the chart (rows). */
export const seriesRequest = (state: DashboardState): KpiRequest => ({
  ...scope(state),
  metrics: [...TILES],
  group_by: ['date'],
  granularity: state.grain,
  limit: MOST_BUCKETS,
})

/** The API's page limit is lower than the longest daily series; see `grainsFor`. */
const MOST_BUCKETS = 500

export const breakdownRequest = (
  state: DashboardState,
  limit: number,
  cursor: string | null = null,
): KpiRequest => ({
  ...scope(state),
  metrics: [...COLUMNS[state.by]],
  group_by: [state.by],
  order_by: [state.sort],
  limit,
  ...(cursor !== null && { cursor }),
})

/** The figure itself, without grouping, together with how it came about. */
export const explainRequest = (state: DashboardState, metric: string): KpiRequest => {
  const { compare: _compare, ...rest } = scope(state) as KpiRequest
  return { ...rest, metrics: [metric] }
}

export async function fetchKpi(
  projectId: string,
  body: KpiRequest,
  signal: AbortSignal,
  explain = false,
): Promise<KpiAnswer> {
  return unwrap(
    api.POST('/api/v1/projects/{project_id}/reports/kpi', {
      params: { path: { project_id: projectId }, query: explain ? { explain: '1' } : {} },
      body,
      signal,
    }),
  )
}

interface KpiOptions {
  explain?: boolean
  enabled?: boolean
}

/** A report; while the next one is on its way the present one stays, so nothing jumps. */
export function useKpi(request: KpiRequest, { explain = false, enabled = true }: KpiOptions = {}) {
  const { id } = useProject()
  return useQuery({
    queryKey: ['kpi', id, request, explain],
    queryFn: ({ signal }) => fetchKpi(id, request, signal, explain),
    placeholderData: keepPreviousData,
    enabled,
  })
}
