import db from '@adonisjs/lucid/services/db'
import { z } from 'zod'
import { actor, audit } from '#shared/audit'
import { empty, endpoint } from '#shared/http/endpoint'
import { dataOf, decodeCursor, listOf, pageOf, pageQuery } from '#shared/http/pagination'
import {
  becomesAnother,
  createIntegration,
  findIntegration,
  updateIntegration,
} from '../integrations.ts'
import Integration from '../models/integration.ts'
import { deleteIntegration, retireIntegration } from '../remove_integration.ts'
import { cancelOpenRuns } from '../runs.ts'
import { scheduleField } from '../schedules/schedule_field.ts'
import { IntegrationView, integrationView, integrationViews } from '../views/integration_view.ts'
import type { Schedule } from '../types.ts'
import { unregisterWebhooks } from '../webhooks/register.ts'

const name = z.string().trim().min(1).max(200)
const values = z.record(z.string(), z.unknown())
const credentials = values.describe('Write-only: the fields that the source marks as secret')

function scheduleOf(
  given: z.output<typeof scheduleField>,
  project: { timezone: string }
): Schedule {
  return { cron: given.cron, timezone: given.timezone ?? project.timezone }
}

export const indexIntegrations = endpoint({
  method: 'GET',
  path: '/projects/:project_id/integrations',
  permission: 'project.read',
  tag: 'integrations',
  summary: 'The integrations of the project',
  query: pageQuery,
  responses: { 200: listOf(IntegrationView) },
  handle: async ({ project, query, reply }) => {
    const after = decodeCursor(z.int(), query.cursor) ?? 0
    const integrations = await Integration.query()
      .where('project_id', project.id)
      .where('id', '>', after)
      .whereNull('removed_at')
      .orderBy('id')
      .limit(query.limit + 1)
    const view = await integrationViews(integrations)
    return reply(
      200,
      pageOf(integrations, query.limit, view, ({ id }) => Number(id))
    )
  },
})

export const createIntegrationEndpoint = endpoint({
  method: 'POST',
  path: '/projects/:project_id/integrations',
  permission: 'project.write',
  tag: 'integrations',
  summary: 'Connect a source',
  description:
    'Sources that read files are fed by `POST …/imports` instead. Settings that are picked from a list of the vendor may be left out; nothing runs until they are there.',
  body: z.object({
    type: z.string().min(1).max(100).describe('Id of the source'),
    name: name.optional().describe('By default the title of the source'),
    settings: values.default({}),
    credentials: credentials.default({}),
    schedule: scheduleField.nullable().default(null),
  }),
  responses: { 201: dataOf(IntegrationView) },
  problems: ['conflict'],
  handle: async ({ ctx, account, project, body, reply }) => {
    const integration = await db.transaction(async (trx) => {
      const schedule = body.schedule && scheduleOf(body.schedule, project)
      const created = await createIntegration(project.id, { ...body, schedule }, trx)
      await audit(
        ctx,
        {
          action: 'integration.created',
          ...actor(account),
          projectId: project.id,
          target: `integration:${created.id}`,
          details: { type: created.type },
        },
        trx
      )
      return created
    })
    return reply(201, { data: await integrationView(integration) })
  },
})

export const showIntegration = endpoint({
  method: 'GET',
  path: '/projects/:project_id/integrations/:integration_id',
  permission: 'project.read',
  tag: 'integrations',
  summary: 'One integration',
  responses: { 200: dataOf(IntegrationView) },
  handle: async ({ project, params, reply }) => {
    const integration = await findIntegration(project.id, params.integration_id)
    return reply(200, { data: await integrationView(integration) })
  },
})

export const updateIntegrationEndpoint = endpoint({
  method: 'PATCH',
  path: '/projects/:project_id/integrations/:integration_id',
  permission: 'project.write',
  tag: 'integrations',
  summary: 'Change an integration',
  description:
    'Settings and credentials are merged into the present ones; `null` takes a value away. A new host needs the secrets again. Of another host or account everything is read, from the next run on, and what is under way is cancelled. The status `paused` cancels what is under way and starts nothing more; `active` ends the pause, after which the status is what it was before.',
  body: z.object({
    name: name.optional(),
    settings: values.optional(),
    credentials: credentials.optional(),
    schedule: scheduleField.nullable().optional(),
    status: z.enum(['paused', 'active']).optional(),
  }),
  responses: { 200: dataOf(IntegrationView) },
  problems: ['conflict'],
  handle: async ({ ctx, account, project, params, body, reply }) => {
    const integration = await findIntegration(project.id, params.integration_id)
    if (becomesAnother(integration, body)) await cancelOpenRuns(integration)
    const updated = await db.transaction(async (trx) => {
      const schedule = body.schedule && scheduleOf(body.schedule, project)
      const row = await updateIntegration(integration, { ...body, schedule }, trx)
      await audit(
        ctx,
        {
          action: 'integration.updated',
          ...actor(account),
          projectId: project.id,
          target: `integration:${row.id}`,
          details: { fields: Object.keys(body) },
        },
        trx
      )
      return row
    })
    if (body.status === 'paused') await cancelOpenRuns(updated)
    return reply(200, { data: await integrationView(updated) })
  },
})

export const deleteIntegrationEndpoint = endpoint({
  method: 'DELETE',
  path: '/projects/:project_id/integrations/:integration_id',
  permission: 'project.write',
  tag: 'integrations',
  summary: 'Remove an integration, with what it loaded or without',
  description:
    '`delete`: reports follow within moments. `keep`: every figure stays as it is, and nothing new comes in.',
  query: z.object({ data: z.enum(['delete', 'keep']).default('delete') }),
  responses: { 204: empty },
  problems: ['conflict'],
  handle: async ({ ctx, account, project, params, query, reply }) => {
    const integration = await findIntegration(project.id, params.integration_id)
    await unregisterWebhooks(integration)
    if (query.data === 'keep') await retireIntegration(integration)
    else await deleteIntegration(integration)
    await audit(ctx, {
      action: 'integration.deleted',
      ...actor(account),
      projectId: project.id,
      target: `integration:${integration.id}`,
      details: { type: integration.type, name: integration.name, data: query.data },
    })
    return reply(204)
  },
})
