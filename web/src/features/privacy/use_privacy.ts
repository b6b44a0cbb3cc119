import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '../../api/client.ts'
import { refreshProject } from '../../api/settling.ts'
import type { PersonAlias, PersonErasure, PersonExport, PersonFound } from '../../api/types.ts'
import { useProject } from '../projects/project_context.ts'

/** What a person can be found by. */
export const KNOWN_BY = [
  'email',
  'phone',
  'customer',
  'order',
  'client',
  'contact',
  'deal',
] as const satisfies PersonAlias['type'][]

const AGAIN_MS = 1500

const isOpen = ({ status }: Pick<PersonExport, 'status'>): boolean =>
  status === 'queued' || status === 'running'

/** Who an identifier is. A mutation, since the answer names a person and is not kept. */
export function useFindPeople() {
  const { id } = useProject()
  return useMutation({
    mutationFn: async (alias: PersonAlias): Promise<PersonFound[]> =>
      (
        await unwrap(
          api.POST('/api/v1/projects/{project_id}/privacy/people', {
            params: { path: { project_id: id } },
            body: { alias },
          })
        )
      ).data,
  })
}

export function useExports() {
  const { id } = useProject()
  return useQuery({
    queryKey: ['person_exports', id],
    queryFn: async ({ signal }): Promise<PersonExport[]> =>
      (
        await unwrap(
          api.GET('/api/v1/projects/{project_id}/privacy/exports', {
            params: { path: { project_id: id } },
            signal,
          })
        )
      ).data,
    refetchInterval: ({ state }) => (state.data?.some(isOpen) ? AGAIN_MS : false),
  })
}

export function useErasures() {
  const { id } = useProject()
  return useQuery({
    queryKey: ['person_erasures', id],
    queryFn: async ({ signal }): Promise<PersonErasure[]> =>
      (
        await unwrap(
          api.GET('/api/v1/projects/{project_id}/privacy/erasures', {
            params: { path: { project_id: id } },
            signal,
          })
        )
      ).data,
    refetchInterval: ({ state }) => (state.data?.some(isOpen) ? AGAIN_MS : false),
  })
}

export function useExport() {
  const { id } = useProject()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (alias: PersonAlias) =>
      unwrap(
        api.POST('/api/v1/projects/{project_id}/privacy/exports', {
          params: { path: { project_id: id } },
          body: { alias },
        })
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['person_exports', id] }),
  })
}

export function useErase() {
  const { id } = useProject()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (alias: PersonAlias) =>
      unwrap(
        api.POST('/api/v1/projects/{project_id}/privacy/erasures', {
          params: { path: { project_id: id } },
          body: { alias, confirm: alias.value },
        })
      ),
    // Whatever is kept of the project may name the person.
    onSuccess: () => refreshProject(client, id),
  })
}
