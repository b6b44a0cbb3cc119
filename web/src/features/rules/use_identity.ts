import {
  skipToken,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { api, unwrap } from '../../api/client.ts'
import { followIdentity } from '../people/identity_settings.ts'
import { useProject } from '../projects/project_context.ts'

const PAGE = 20
export function useSaveIdentitySettings() {
  const { id } = useProject()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (maxLinks: number) =>
      (
        await unwrap(
          api.PUT('/api/v1/projects/{project_id}/identity/settings', {
            params: { path: { project_id: id } },
            body: { max_links: maxLinks },
          })
        )
      ).data,
    onSuccess: () => {
      void followIdentity(client, id)
    },
  })
}

export function useBlocked() {
  const { id } = useProject()
  return useInfiniteQuery({
    queryKey: ['blocked', id],
    initialPageParam: '',
    queryFn: async ({ pageParam: cursor, signal }) =>
      unwrap(
        api.GET('/api/v1/projects/{project_id}/identity/blocked', {
          params: {
            path: { project_id: id },
            query: { limit: PAGE, ...(cursor && { cursor }) },
          },
          signal,
        })
      ),
    getNextPageParam: ({ next_cursor: next }) => next,
  })
}

export function useSplits() {
  const { id } = useProject()
  return useInfiniteQuery({
    queryKey: ['splits', id],
    initialPageParam: '',
    queryFn: async ({ pageParam: cursor, signal }) =>
      unwrap(
        api.GET('/api/v1/projects/{project_id}/identity/splits', {
          params: {
            path: { project_id: id },
            query: { limit: PAGE, ...(cursor && { cursor }) },
          },
          signal,
        })
      ),
    getNextPageParam: ({ next_cursor: next }) => next,
  })
}

/** Takes a split back: what documents say counts again. */
export function useRemoveSplit() {
  const { id } = useProject()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (splitId: string) =>
      unwrap(
        api.DELETE('/api/v1/projects/{project_id}/identity/splits/{split_id}', {
          params: { path: { project_id: id, split_id: splitId } },
        })
      ),
    onSuccess: () => {
      void followIdentity(client, id)
      return client.invalidateQueries({ queryKey: ['splits', id] })
    },
  })
}

export const FINDABLE = [
  'email',
  'customer',
  'order',
  'phone',
  'client',
  'contact',
  'deal',
  'lead',
] as const
export type Findable = (typeof FINDABLE)[number]

export interface Wanted {
  type: Findable
  value: string
}

export function useFoundPersons(wanted: Wanted | null) {
  const { id } = useProject()
  return useQuery({
    queryKey: ['found', id, wanted],
    queryFn: wanted
      ? async ({ signal }) =>
          (
            await unwrap(
              api.GET('/api/v1/projects/{project_id}/persons', {
                params: {
                  path: { project_id: id },
                  query: { alias_type: wanted.type, alias_value: wanted.value },
                },
                signal,
              })
            )
          ).data
      : skipToken,
  })
}
