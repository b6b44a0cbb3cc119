import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api, unwrap } from '../../api/client.ts'
import { refreshProject } from '../../api/settling.ts'
import type { Run, RunRequest } from '../../api/types.ts'
import { useProject } from '../projects/project_context.ts'
import { followRun, type RunListener } from './run_stream.ts'
import { isOpen } from './run_state.ts'
import { addLine } from './use_run_log.ts'

/** Starts a run, or joins the one that waits already. */
export function useStartRun(integrationId: string) {
  const { id } = useProject()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: RunRequest): Promise<Run> =>
      (
        await unwrap(
          api.POST('/api/v1/projects/{project_id}/integrations/{integration_id}/sync', {
            params: { path: { project_id: id, integration_id: integrationId } },
            body,
          })
        )
      ).data,
    onSuccess: () => refreshIntegration(client, id, integrationId),
  })
}

export function useCancelRun(integrationId: string) {
  const { id } = useProject()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (runId: string) =>
      unwrap(
        api.POST(
          '/api/v1/projects/{project_id}/integrations/{integration_id}/runs/{run_id}/cancel',
          { params: { path: { project_id: id, integration_id: integrationId, run_id: runId } } }
        )
      ),
    onSuccess: () => refreshIntegration(client, id, integrationId),
  })
}

const refreshIntegration = (client: QueryClient, projectId: string, integrationId: string) =>
  Promise.all(
    ['runs', 'integration'].map((key) =>
      client.invalidateQueries({ queryKey: [key, projectId, integrationId] })
    )
  )

const AGAIN_MS = 3000
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

interface RunPages {
  pages: { data: Run[]; next_cursor: string | null }[]
  pageParams: unknown[]
}

/** The list with the run as it is now. */
const withRun = (pages: RunPages | undefined, run: Run): RunPages | undefined =>
  pages && {
    ...pages,
    pages: pages.pages.map((page) => ({
      ...page,
      data: page.data.map((one) => (one.id === run.id ? run : one)),
    })),
  }

/** Asks for the stream again until one has told the end of the run; it breaks off now and then. */
async function followToEnd(
  path: string,
  signal: AbortSignal,
  listener: RunListener
): Promise<void> {
  const seen = { isOver: false }
  const run = (next: Run) => {
    seen.isOver = !isOpen(next)
    listener.run(next)
  }
  for (;;) {
    await followRun(path, signal, { ...listener, run }).catch(() => undefined)
    if (seen.isOver || signal.aborted) return
    await wait(AGAIN_MS)
    signal.throwIfAborted()
  }
}

/** Follows a run that is under way, and shows what it has changed. */
export function useFollowedRun(integrationId: string, run: Run | undefined) {
  const { id } = useProject()
  const client = useQueryClient()
  const runId = run && isOpen(run) ? run.id : undefined
  useEffect(() => {
    if (runId === undefined) return
    const stop = new AbortController()
    const integration = ['integration', id, integrationId]
    let status = ''
    const path = `/api/v1/projects/${id}/integrations/${integrationId}/runs/${runId}/events`
    void followToEnd(path, stop.signal, {
      run: (next) => {
        client.setQueryData<RunPages>(['runs', id, integrationId], (pages) => withRun(pages, next))
        if (!isOpen(next)) void refreshProject(client, id)
        else if (next.status !== status) void client.invalidateQueries({ queryKey: integration })
        status = next.status
      },
      log: (line) => addLine(client, id, runId, line),
    }).catch(() => undefined)
    return () => stop.abort()
  }, [client, id, integrationId, runId])
}
