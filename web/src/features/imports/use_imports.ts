import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api, unwrap } from '../../api/client.ts'
import type { Import } from '../../api/types.ts'

const POLL_MS = 1000

export const isActive = ({ status }: Import): boolean => status === 'queued' || status === 'running'

/** The imports of a project, newest first; looked at again while one of them is under way. */
export function useImports(projectId: string) {
  return useQuery({
    queryKey: ['imports', projectId],
    queryFn: async ({ signal }): Promise<Import[]> =>
      (
        await unwrap(
          api.GET('/api/v1/projects/{project_id}/imports', {
            params: { path: { project_id: projectId } },
            signal,
          })
        )
      ).data,
    refetchInterval: ({ state }) => (state.data?.some(isActive) ? POLL_MS * 2 : false),
  })
}

/** One import, followed until it has ended. */
export function useImport(projectId: string, importId: string) {
  const client = useQueryClient()
  const query = useQuery({
    queryKey: ['import', projectId, importId],
    queryFn: async ({ signal }): Promise<Import> =>
      (
        await unwrap(
          api.GET('/api/v1/projects/{project_id}/imports/{import_id}', {
            params: { path: { project_id: projectId, import_id: importId } },
            signal,
          })
        )
      ).data,
    refetchInterval: ({ state }) => (state.data && !isActive(state.data) ? false : POLL_MS),
  })
  const status = query.data?.status
  useEffect(() => {
    if (status !== 'done') return
    // Every report already shows the import; what was read before it is old.
    void client.invalidateQueries({ queryKey: ['kpi', projectId] })
    void client.invalidateQueries({ queryKey: ['imports', projectId] })
  }, [client, projectId, status])
  return query
}
