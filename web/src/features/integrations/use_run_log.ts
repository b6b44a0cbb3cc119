import { useQuery, type QueryClient } from '@tanstack/react-query'
import { api, unwrap } from '../../api/client.ts'
import type { Run, RunLogLine } from '../../api/types.ts'
import { useProject } from '../projects/project_context.ts'
import { withLine } from './log_lines.ts'
import { isOpen } from './run_state.ts'

const LINES = 500

const keyOf = (projectId: string, runId: string) => ['run-log', projectId, runId]

/** What a run has said; while it goes on, its lines come with its events. */
export function useRunLog(run: Run) {
  const { id } = useProject()
  return useQuery({
    queryKey: keyOf(id, run.id),
    enabled: !isOpen(run),
    queryFn: async ({ signal }): Promise<RunLogLine[]> => {
      const lines: RunLogLine[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const page = await readPage(id, run, { cursor, signal })
        lines.push(...page.data)
        cursor = page.next_cursor
      }
      return lines
    },
  })
}

interface Page {
  cursor: string
  signal: AbortSignal
}

const readPage = async (projectId: string, run: Run, { cursor, signal }: Page) =>
  unwrap(
    api.GET('/api/v1/projects/{project_id}/integrations/{integration_id}/runs/{run_id}/log', {
      params: {
        path: { project_id: projectId, integration_id: run.integration_id, run_id: run.id },
        query: { limit: LINES, ...(cursor !== '' && { cursor }) },
      },
      signal,
    })
  )

/** A line that has just come. */
export function addLine(client: QueryClient, projectId: string, runId: string, line: RunLogLine) {
  client.setQueryData<RunLogLine[]>(keyOf(projectId, runId), (lines = []) => withLine(lines, line))
}
