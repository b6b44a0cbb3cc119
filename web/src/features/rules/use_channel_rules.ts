import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '../../api/client.ts'
import { followSettling } from '../../api/settling.ts'
import type { ChannelRules, ChannelRulesBody } from '../../api/types.ts'
import { useProject } from '../projects/project_context.ts'

const rulesOf = (projectId: string) =>
  queryOptions({
    queryKey: ['channel_rules', projectId],
    queryFn: async (): Promise<ChannelRules> =>
      (
        await unwrap(
          api.GET('/api/v1/projects/{project_id}/channel_rules', {
            params: { path: { project_id: projectId } },
          })
        )
      ).data,
  })

export const useChannelRules = () => useQuery(rulesOf(useProject().id))

export function useSaveChannelRules() {
  const { id } = useProject()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: ChannelRulesBody): Promise<ChannelRules> =>
      (
        await unwrap(
          api.PUT('/api/v1/projects/{project_id}/channel_rules', {
            params: { path: { project_id: id } },
            body,
          })
        )
      ).data,
    onSuccess: (rules) => {
      client.setQueryData(['channel_rules', id], rules)
      void followSettling(
        client,
        id,
        async () => (await client.query({ ...rulesOf(id), staleTime: 0 })).is_settled
      )
    },
  })
}
