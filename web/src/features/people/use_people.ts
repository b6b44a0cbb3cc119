import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '../../api/client.ts'
import { followIdentity } from './identity_settings.ts'
import { useProject } from '../projects/project_context.ts'

const PAGE = 50

export interface PeopleQuery {
  date_from: string
  date_to: string
  conversion: string
}

/** Persons who converted, those with the newest conversions first. */
export function usePeople(query: PeopleQuery, limit: number) {
  const { id } = useProject()
  return useInfiniteQuery({
    queryKey: ['people', id, query, limit],
    initialPageParam: '',
    queryFn: async ({ pageParam: cursor, signal }) =>
      unwrap(
        api.GET('/api/v1/projects/{project_id}/journeys', {
          params: {
            path: { project_id: id },
            query: { ...query, limit, ...(cursor && { cursor }) },
          },
          signal,
        })
      ),
    getNextPageParam: ({ next_cursor: next }) => next,
  })
}

/** What happened to one person, the newest first. */
export function useTimeline(personId: string) {
  const { id } = useProject()
  return useInfiniteQuery({
    queryKey: ['timeline', id, personId],
    initialPageParam: '',
    queryFn: async ({ pageParam: cursor, signal }) =>
      unwrap(
        api.GET('/api/v1/projects/{project_id}/journeys/{person_id}', {
          params: {
            path: { project_id: id, person_id: personId },
            query: { order: 'desc', limit: PAGE, ...(cursor && { cursor }) },
          },
          signal,
        })
      ),
    getNextPageParam: ({ next_cursor: next }) => next,
  })
}

/** What a person is known by, and why all of it is theirs. */
export function usePerson(personId: string) {
  const { id } = useProject()
  return useQuery({
    queryKey: ['person', id, personId],
    queryFn: async ({ signal }) =>
      (
        await unwrap(
          api.GET('/api/v1/projects/{project_id}/persons/{person_id}', {
            params: { path: { project_id: id, person_id: personId } },
            signal,
          })
        )
      ).data,
  })
}

/** Says that two identifiers are not one person's. */
export function useSplit() {
  const { id } = useProject()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: { from: string; to: string }) =>
      unwrap(
        api.POST('/api/v1/projects/{project_id}/identity/splits', {
          params: { path: { project_id: id } },
          body,
        })
      ),
    onSuccess: () => {
      void followIdentity(client, id)
    },
  })
}
