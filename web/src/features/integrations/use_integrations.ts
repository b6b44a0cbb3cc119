import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '../../api/client.ts'
import { refreshProject } from '../../api/settling.ts'
import type { Integration, IntegrationPatch, NewIntegration, Run, Source } from '../../api/types.ts'
import { useProject } from '../projects/project_context.ts'
import { followedOf } from './run_state.ts'

const AGAIN_MS = 4000
const MOST = 500
const RUNS = 20

/** Installed sources. Those fed by files are imports, not integrations. */
export function useSources() {
  return useQuery({
    queryKey: ['sources'],
    staleTime: Infinity,
    queryFn: async ({ signal }): Promise<Source[]> =>
      (await unwrap(api.GET('/api/v1/sources', { signal }))).data,
  })
}

export function useIntegrations() {
  const { id } = useProject()
  return useQuery({
    queryKey: ['integrations', id],
    queryFn: async ({ signal }): Promise<Integration[]> =>
      (
        await unwrap(
          api.GET('/api/v1/projects/{project_id}/integrations', {
            params: { path: { project_id: id }, query: { limit: MOST } },
            signal,
          })
        )
      ).data,
    // What works in the background is looked at again.
    refetchInterval: ({ state }) =>
      state.data?.some(({ status }) => status === 'syncing' || status === 'pending')
        ? AGAIN_MS
        : false,
  })
}

export function useIntegration(integrationId: string) {
  const { id } = useProject()
  return useQuery({
    queryKey: ['integration', id, integrationId],
    queryFn: async ({ signal }): Promise<Integration> =>
      (
        await unwrap(
          api.GET('/api/v1/projects/{project_id}/integrations/{integration_id}', {
            params: { path: { project_id: id, integration_id: integrationId } },
            signal,
          })
        )
      ).data,
    refetchInterval: ({ state }) => (state.data?.status === 'syncing' ? AGAIN_MS : false),
  })
}

export function useCreateIntegration() {
  const { id } = useProject()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: NewIntegration): Promise<Integration> =>
      (
        await unwrap(
          api.POST('/api/v1/projects/{project_id}/integrations', {
            params: { path: { project_id: id } },
            body,
          })
        )
      ).data,
    onSuccess: () => client.invalidateQueries({ queryKey: ['integrations', id] }),
  })
}

export function useUpdateIntegration(integrationId: string) {
  const { id } = useProject()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: IntegrationPatch): Promise<Integration> =>
      (
        await unwrap(
          api.PATCH('/api/v1/projects/{project_id}/integrations/{integration_id}', {
            params: { path: { project_id: id, integration_id: integrationId } },
            body,
          })
        )
      ).data,
    onSuccess: (integration) => {
      client.setQueryData(['integration', id, integrationId], integration)
      void client.invalidateQueries({ queryKey: ['runs', id, integrationId] })
      return client.invalidateQueries({ queryKey: ['integrations', id] })
    },
  })
}

export function useRuns(integrationId: string) {
  const { id } = useProject()
  return useInfiniteQuery({
    queryKey: ['runs', id, integrationId],
    initialPageParam: '',
    queryFn: async ({ pageParam: cursor, signal }) =>
      unwrap(
        api.GET('/api/v1/projects/{project_id}/integrations/{integration_id}/runs', {
          params: {
            path: { project_id: id, integration_id: integrationId },
            query: { limit: RUNS, ...(cursor && { cursor }) },
          },
          signal,
        })
      ),
    getNextPageParam: ({ next_cursor: next }) => next,
  })
}

/** The run that is under way, or waits to be. */
export function useOpenRun(integrationId: string): Run | undefined {
  const runs = useRuns(integrationId).data?.pages.flatMap(({ data }) => data)
  return runs && followedOf(runs)
}

/** What a run changes: its integration, and every figure. */
export function useAfterRun() {
  const { id } = useProject()
  const client = useQueryClient()
  return () => refreshProject(client, id)
}
