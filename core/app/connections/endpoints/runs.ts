import { z } from 'zod'
import { endpoint } from '#shared/http/endpoint'
import { dataOf, decodeCursor, listOf, pageOf, pageQuery } from '#shared/http/pagination'
import { Problem } from '#shared/http/problem'
import { parseId } from '#shared/ids'
import { findIntegration } from '../integrations.ts'
import type Integration from '../models/integration.ts'
import SyncRun from '../models/sync_run.ts'
import { runProgress } from '../queries/run_progress.ts'
import { refuseUnlessReady } from '../readiness.ts'
import { fileField, sourceOf } from '../registry/registry.ts'
import { cancelRun, findRun, requestRun } from '../runs.ts'
import { RunView, runView } from '../views/run_view.ts'

const path = '/projects/:project_id/integrations/:integration_id'

/** The run with how far it has come by now. */
export async function currentRunView(run: SyncRun, integration: Integration) {
  const streams = (await runProgress([run.id])).get(run.id) ?? []
  return runView(run, streams, sourceOf(integration.type))
}

async function refuseUnlessSyncable(integration: Integration): Promise<void> {
  const source = sourceOf(integration.type)
  if (source === undefined) {
    throw new Problem('conflict', { detail: `The source “${integration.type}” is not installed` })
  }
  if (fileField(source) !== undefined) {
    throw new Problem('conflict', {
      detail: `${source.title} is fed by files: send one to …/imports`,
    })
  }
  await refuseUnlessReady(integration)
}

export const createRunEndpoint = endpoint({
  method: 'POST',
  path: `${path}/sync`,
  permission: 'project.write',
  tag: 'runs',
  summary: 'Start a run',
  description:
    'A run that waits already is the answer, instead of a second one. A paused integration answers 409 until it is resumed.',
  body: z
    .object({
      from: z.iso.date().optional(),
      to: z.iso.date().optional(),
      full: z.boolean().optional().describe('Everything, as if the integration were new'),
    })
    .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
      path: ['to'],
      message: 'The end lies before the beginning',
    }),
  responses: { 202: dataOf(RunView) },
  problems: ['conflict'],
  handle: async ({ project, params, body, reply }) => {
    const integration = await findIntegration(project.id, params.integration_id)
    await refuseUnlessSyncable(integration)
    const run = await requestRun(integration, 'manual', {
      ...(body.from !== undefined && { from: body.from }),
      ...(body.to !== undefined && { to: body.to }),
      ...(body.full !== undefined && { full: body.full }),
    })
    return reply(202, { data: await currentRunView(run, integration) })
  },
})

export const indexRuns = endpoint({
  method: 'GET',
  path: `${path}/runs`,
  permission: 'project.read',
  tag: 'runs',
  summary: 'The runs of the integration, the newest first',
  query: pageQuery,
  responses: { 200: listOf(RunView) },
  handle: async ({ project, params, query, reply }) => {
    const integration = await findIntegration(project.id, params.integration_id)
    const before = decodeCursor(z.int(), query.cursor)
    const runs = await SyncRun.query()
      .where('integration_id', integration.id)
      .if(before !== undefined, (rows) => rows.where('id', '<', before ?? 0))
      .orderBy('id', 'desc')
      .limit(query.limit + 1)
    const progress = await runProgress(runs.map(({ id }) => id))
    const source = sourceOf(integration.type)
    return reply(
      200,
      pageOf(
        runs,
        query.limit,
        (run) => runView(run, progress.get(run.id) ?? [], source),
        ({ id }) => Number(id)
      )
    )
  },
})

export const showRun = endpoint({
  method: 'GET',
  path: `${path}/runs/:run_id`,
  permission: 'project.read',
  tag: 'runs',
  summary: 'One run with its progress',
  responses: { 200: dataOf(RunView) },
  handle: async ({ project, params, reply }) => {
    const integration = await findIntegration(project.id, params.integration_id)
    const run = await findRun(integration, parseId(params.run_id))
    return reply(200, { data: await currentRunView(run, integration) })
  },
})

export const cancelRunEndpoint = endpoint({
  method: 'POST',
  path: `${path}/runs/:run_id/cancel`,
  permission: 'project.write',
  tag: 'runs',
  summary: 'Cancel a run',
  description: 'A queued run is canceled at once, a running one as soon as its worker notices.',
  responses: { 200: dataOf(RunView) },
  problems: ['conflict'],
  handle: async ({ project, params, reply }) => {
    const integration = await findIntegration(project.id, params.integration_id)
    const run = await cancelRun(await findRun(integration, parseId(params.run_id)))
    return reply(200, { data: await currentRunView(run, integration) })
  },
})
