import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { fetchJourneys } from '../../api/reports.ts'
import type { JourneysRequest } from '../../api/types.ts'
import { useProject } from '../projects/project_context.ts'

/** A report; while the next one is on its way the present one stays, so nothing jumps. */
export function useJourneys(request: JourneysRequest) {
  const { id } = useProject()
  return useQuery({
    queryKey: ['journeys', id, request],
    queryFn: async ({ signal }) => fetchJourneys(id, request, signal),
    placeholderData: keepPreviousData,
  })
}
