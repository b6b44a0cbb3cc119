import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '../../api/client.ts'
import type { NewProject, Project, ProjectPatch } from '../../api/types.ts'

const PROJECTS = ['projects'] as const
const PAGE = 500

export function useProjects() {
  return useQuery({
    queryKey: PROJECTS,
    queryFn: async ({ signal }): Promise<Project[]> =>
      (await unwrap(api.GET('/api/v1/projects', { params: { query: { limit: PAGE } }, signal })))
        .data,
  })
}

export function useCreateProject() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: NewProject): Promise<Project> =>
      (await unwrap(api.POST('/api/v1/projects', { body }))).data,
    onSuccess: () => client.invalidateQueries({ queryKey: PROJECTS }),
  })
}

export function useUpdateProject(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: ProjectPatch): Promise<Project> =>
      (
        await unwrap(
          api.PATCH('/api/v1/projects/{project_id}', { params: { path: { project_id: id } }, body })
        )
      ).data,
    // The project's currency and time zone change what every report says.
    onSuccess: () => client.invalidateQueries(),
  })
}
