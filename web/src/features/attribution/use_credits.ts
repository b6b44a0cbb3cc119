import { useInfiniteQuery } from '@tanstack/react-query'
import { fetchCredits } from '../../api/reports.ts'
import { useProject } from '../projects/project_context.ts'
import { attributionRequest } from './attribution_request.ts'
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
