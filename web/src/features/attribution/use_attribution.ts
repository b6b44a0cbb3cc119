import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { fetchAttribution } from '../../api/reports.ts'
import type { AttributionReport, AttributionRequest } from '../../api/types.ts'
import type { Range } from '../period/dates.ts'
import { comparedRange } from '../period/periods.ts'
import { useProject } from '../projects/project_context.ts'
import { attributionRequest } from './attribution_request.ts'
import type { AttributionState } from './use_attribution_state.ts'

/** A report; while the next one is on its way the present one stays, so nothing jumps. */
export function useAttribution(request: AttributionRequest | null) {
  const { id } = useProject()
  return useQuery({
    queryKey: ['attribution', id, request],
    queryFn: request ? ({ signal }) => fetchAttribution(id, request, signal) : skipToken,
    placeholderData: keepPreviousData,
  })
}

export interface Compared {
  answer: AttributionReport
  range: Range
}

/** The same question about the period that this one is compared with. */
export function useCompared(state: AttributionState): Compared | null {
  const range = state.compare && comparedRange(state.range, state.compare)
  const report = useAttribution(range && attributionRequest(state, range))
  // What stays while loading belongs to another question.
  if (!range || !report.data || report.isPlaceholderData) return null
  return { answer: report.data, range }
}
