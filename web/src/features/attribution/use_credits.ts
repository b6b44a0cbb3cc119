import { useInfiniteQuery } from '@tanstack/react-query'
import { fetchCredits } from '../../api/reports.ts'
import type { CreditRow } from '../../api/types.ts'
import { useProject } from '../projects/project_context.ts'
import { attributionRequest } from './use_attribution.ts'
import type { AttributionState } from './use_attribution_state.ts'

const PAGE = 50

/** What each touch of each conversion is credited with, page by page. */
export function useCredits(state: AttributionState) {
  const { id } = useProject()
  const request = attributionRequest(state, state.range)
  return useInfiniteQuery({
    queryKey: ['credits', id, request],
    initialPageParam: '',
    queryFn: ({ pageParam: cursor, signal }) =>
      fetchCredits(id, { ...request, limit: PAGE, ...(cursor && { cursor }) }, signal),
    getNextPageParam: ({ next_cursor: next }) => next,
  })
}

export interface ListedConversion {
  id: string
  time: string
  /** One row even where no touch is known. */
  touches: CreditRow[]
}

/** Rows of one conversion together; they come in order. */
export function byConversion(rows: readonly CreditRow[]): ListedConversion[] {
  const conversions: ListedConversion[] = []
  for (const row of rows) {
    const last = conversions.at(-1)
    if (last?.id === row.conversion_id && last.time === row.conversion_time) last.touches.push(row)
    else conversions.push({ id: row.conversion_id, time: row.conversion_time, touches: [row] })
  }
  return conversions
}

/** Markov as published credits no single conversion. */
export const hasSingleCredits = ({ models, params }: AttributionState): boolean =>
  !models.includes('markov') || params.allocation === 'path'
