import { queryOptions, useQuery, type QueryClient } from '@tanstack/react-query'
import { api, unwrap } from '../../api/client.ts'
import { followSettling } from '../../api/settling.ts'
import { useProject } from '../projects/project_context.ts'

const settingsOf = (projectId: string) =>
  queryOptions({
    queryKey: ['identity_settings', projectId],
    queryFn: async () =>
      (
        await unwrap(
          api.GET('/api/v1/projects/{project_id}/identity/settings', {
            params: { path: { project_id: projectId } },
          })
        )
      ).data,
  })

export const useIdentitySettings = () => useQuery(settingsOf(useProject().id))

/** Waits until persons follow a split, its undoing or another limit, and shows them. */
export const followIdentity = (client: QueryClient, projectId: string): Promise<void> =>
  followSettling(client, projectId, async () => {
    const settings = await client.query({ ...settingsOf(projectId), staleTime: 0 })
    return settings.is_settled && settings.splits_settled
  })
