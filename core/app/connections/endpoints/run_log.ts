import { z } from 'zod'
import { endpoint } from '#shared/http/endpoint'
import { decodeCursor, listOf, pageOf, pageQuery } from '#shared/http/pagination'
import { parseId } from '#shared/ids'
import { findIntegration } from '../integrations.ts'
import { readRunLog } from '../run_log/run_log.ts'
import { findRun } from '../runs.ts'
import { RunLogLineView, runLogLineView } from '../views/run_log_view.ts'

export const showRunLog = endpoint({
  method: 'GET',
  path: '/projects/:project_id/integrations/:integration_id/runs/:run_id/log',
  permission: 'project.read',
  tag: 'runs',
  summary: 'The log of a run, the oldest line first',
  description: 'Without secrets; at most 2000 lines, kept for 30 days after the run.',
  query: pageQuery,
  responses: { 200: listOf(RunLogLineView) },
  handle: async ({ project, params, query, reply }) => {
    const integration = await findIntegration(project.id, params.integration_id)
    const run = await findRun(integration, parseId(params.run_id))
    const after = decodeCursor(z.int(), query.cursor) ?? 0
    const lines = await readRunLog(run.id, after, query.limit + 1)
    return reply(
      200,
      pageOf(lines, query.limit, runLogLineView, ({ id }) => Number(id))
    )
  },
})
