import { useEffect } from 'react'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '../../api/client.ts'
import type { Check, Option } from '../../api/types.ts'
import { useProject } from '../projects/project_context.ts'

/** A page that the browser has kept while it was at the vendor still waits to leave. */
function reloadKept({ persisted }: PageTransitionEvent): void {
  if (persisted) window.location.reload()
}

/** Leads the browser to the vendor's page, where the user agrees. */
export function useAuthorize() {
  const { id } = useProject()
  useEffect(() => {
    window.addEventListener('pageshow', reloadKept)
    return () => window.removeEventListener('pageshow', reloadKept)
  }, [])
  return useMutation({
    mutationFn: async (integrationId: string) => {
      const { data } = await unwrap(
        api.POST('/api/v1/projects/{project_id}/integrations/{integration_id}/authorize', {
          params: { path: { project_id: id, integration_id: integrationId } },
          // The answer sets the cookie by which the browser is known again when it comes back.
          credentials: 'same-origin',
        })
      )
      // Whoever goes back from there finds the integration, not the form that has made it.
      const page = `/p/${id}/integrations/${integrationId}`
      window.history.replaceState(window.history.state, '', page)
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
