import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '../../api/client.ts'
import type { CampaignMapping, NewCampaignMapping } from '../../api/types.ts'
import type { Range } from '../period/dates.ts'
import { useProject } from '../projects/project_context.ts'

/** Enough for lists that a person works off; what is bigger comes first. */
const MOST = 200

export function useUnmatched({ from, to }: Range) {
  const { id } = useProject()
  return useQuery({
    queryKey: ['unmatched', id, from, to],
    queryFn: async ({ signal }) =>
      (
        await unwrap(
          api.GET('/api/v1/projects/{project_id}/campaigns/unmatched', {
            params: {
              path: { project_id: id },
              query: { date_from: from, date_to: to, limit: MOST },
            },
            signal,
          })
        )
      ).data,
  })
}

export function useMappings() {
  const { id } = useProject()
  return useQuery({
    queryKey: ['mappings', id],
    queryFn: async ({ signal }): Promise<CampaignMapping[]> =>
      (
        await unwrap(
          api.GET('/api/v1/projects/{project_id}/campaign_mappings', {
            params: { path: { project_id: id }, query: { limit: MOST } },
            signal,
          })
        )
      ).data,
  })
}

/** Reports by campaign follow a mapping at once. */
function useFollow() {
  const { id } = useProject()
  const client = useQueryClient()
  return () =>
    Promise.all(
      ['mappings', 'unmatched', 'kpi', 'attribution', 'journeys'].map((key) =>
        client.invalidateQueries({ queryKey: [key, id] })
      )
    )
}

export function useAddMapping() {
  const { id } = useProject()
  const follow = useFollow()
  return useMutation({
    mutationFn: async (body: NewCampaignMapping) =>
      unwrap(
        api.POST('/api/v1/projects/{project_id}/campaign_mappings', {
          params: { path: { project_id: id } },
          body,
        })
      ),
    onSuccess: follow,
  })
}

export function useRemoveMapping() {
  const { id } = useProject()
  const follow = useFollow()
  return useMutation({
    mutationFn: async (mappingId: string) =>
      unwrap(
        api.DELETE('/api/v1/projects/{project_id}/campaign_mappings/{mapping_id}', {
          params: { path: { project_id: id, mapping_id: mappingId } },
        })
      ),
    onSuccess: follow,
  })
}
