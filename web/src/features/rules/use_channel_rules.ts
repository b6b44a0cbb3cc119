import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '../../api/client.ts'
import type { ChannelRules, ChannelRulesBody } from '../../api/types.ts'
import { useProject } from '../projects/project_context.ts'

export function useChannelRules() {
  const { id } = useProject()
  return useQuery({
    queryKey: ['channel_rules', id],
    queryFn: async ({ signal }): Promise<ChannelRules> =>
      (
        await unwrap(
          api.GET('/api/v1/projects/{project_id}/channel_rules', {
            params: { path: { project_id: id } },
            signal,
          })
        )
      ).data,
  })
}

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
    onSuccess: (rules) => client.setQueryData(['channel_rules', id], rules),
  })
}
