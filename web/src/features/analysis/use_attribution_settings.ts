import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '../../api/client.ts'
import type { AttributionSettings } from '../../api/types.ts'
import { useProject } from '../projects/project_context.ts'

/** How the project credits conversions where a report does not say. */
export function useAttributionSettings() {
  const { id } = useProject()
  return useQuery({
    queryKey: ['attribution_settings', id],
    queryFn: async ({ signal }): Promise<AttributionSettings> =>
      (
        await unwrap(
          api.GET('/api/v1/projects/{project_id}/attribution_settings', {
            params: { path: { project_id: id } },
            signal,
          })
        )
      ).data,
  })
}

export function useSaveAttributionSettings() {
  const { id } = useProject()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: AttributionSettings) =>
      unwrap(
        api.PUT('/api/v1/projects/{project_id}/attribution_settings', {
          params: { path: { project_id: id } },
          body,
        })
      ),
    // Reports that do not say for themselves follow the settings.
    onSuccess: ({ data }) => {
      client.setQueryData(['attribution_settings', id], data)
      return client.invalidateQueries({ queryKey: ['kpi', id] })
    },
  })
}
