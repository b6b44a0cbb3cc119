import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '../../api/client.ts'
import type { Check, Option } from '../../api/types.ts'
import { useProject } from '../projects/project_context.ts'

/** Leads the browser to the vendor's page, where the user agrees. */
export function useAuthorize() {
  const { id } = useProject()
  return useMutation({
    mutationFn: async (integrationId: string) => {
      const { data } = await unwrap(
        api.POST('/api/v1/projects/{project_id}/integrations/{integration_id}/authorize', {
          params: { path: { project_id: id, integration_id: integrationId } },
          // The answer sets the cookie by which the browser is known again when it comes back.
          credentials: 'same-origin',
        })
      )
      window.location.assign(data.url)
    },
  })
}

/** Asks the vendor whether the saved connection works; its status follows. */
export function useCheck(integrationId: string) {
  const { id } = useProject()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (): Promise<Check> =>
      (
        await unwrap(
          api.POST('/api/v1/projects/{project_id}/integrations/{integration_id}/check', {
            params: { path: { project_id: id, integration_id: integrationId } },
            body: {},
          })
        )
      ).data,
    onSuccess: () => client.invalidateQueries({ queryKey: ['integration', id, integrationId] }),
  })
}

const STALE_MS = 60_000

/** What the vendor lists for a field. */
export function useOptions(integrationId: string, field: string, search: string) {
  const { id } = useProject()
  return useQuery({
    queryKey: ['options', id, integrationId, field, search],
    staleTime: STALE_MS,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<Option[]> =>
      (
        await unwrap(
          api.GET('/api/v1/projects/{project_id}/integrations/{integration_id}/options/{field}', {
            params: {
              path: { project_id: id, integration_id: integrationId, field },
              query: { search },
            },
            signal,
          })
        )
      ).data,
  })
}
