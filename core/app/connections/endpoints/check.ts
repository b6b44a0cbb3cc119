import { z } from 'zod'
import { endpoint } from '#shared/http/endpoint'
import { dataOf } from '#shared/http/pagination'
import { needsConsent, savedConnection, unsavedConnection } from '../asked_connection.ts'
import { hasTokens } from '../auth/token_store.ts'
import {
  checkConnection,
  followCheck,
  NOT_CONNECTED,
  type CheckResult,
} from '../check_connection.ts'
import { findIntegration } from '../integrations.ts'
import { listOptions } from '../list_options.ts'
import { CheckView, checkView, OptionView } from '../views/check_view.ts'

const values = z.record(z.string(), z.unknown())
const unsaved = {
  type: z.string().min(1).max(100).describe('Id of the source'),
  settings: values.default({}),
  credentials: values.default({}).describe('Used for this call alone, and not kept'),
}
const changes = {
  settings: values.optional().describe('Merged into the present ones for this call, not kept'),
  credentials: values.optional(),
}
const search = z.string().max(200).default('')
const field = z.string().min(1).max(100)

const path = '/projects/:project_id/integrations'

export const checkUnsavedEndpoint = endpoint({
  method: 'POST',
  path: `${path}/check`,
  permission: 'project.write',
  tag: 'integrations',
  summary: 'Check a connection before it is saved',
  description:
    'Always 200 with what is wrong, if anything. A source that needs the consent of a user has to be saved first, and answers `not_connected`.',
  body: z.object(unsaved),
  responses: { 200: dataOf(CheckView) },
  idempotent: false,
  handle: async ({ project, body, reply }) => {
    const asked = unsavedConnection(project, body, false)
    const result = needsConsent(asked) ? NOT_CONNECTED : await checkConnection(asked)
    return reply(200, { data: checkView(result) })
  },
})

export const checkEndpoint = endpoint({
  method: 'POST',
  path: `${path}/:integration_id/check`,
  permission: 'project.write',
  tag: 'integrations',
  summary: 'Check a connection',
  description:
    'Always 200 with what is wrong, if anything: each cause has its code. Without a body the saved connection is checked, and its status follows.',
  body: z.object(changes),
  responses: { 200: dataOf(CheckView) },
  problems: ['conflict'],
  idempotent: false,
  handle: async ({ project, params, body, reply }) => {
    const integration = await findIntegration(project.id, params.integration_id)
    const asked = savedConnection(project, integration, body, false)
    const isOpen = needsConsent(asked) && !(await hasTokens([integration.id])).has(integration.id)
    const result: CheckResult = isOpen ? NOT_CONNECTED : await checkConnection(asked)
    const isSaved = body.settings === undefined && body.credentials === undefined
    if (isSaved && !isOpen) await followCheck(integration, result)
    return reply(200, { data: checkView(result) })
  },
})

export const unsavedOptionsEndpoint = endpoint({
  method: 'POST',
  path: `${path}/options`,
  permission: 'project.write',
  tag: 'integrations',
  summary: 'What a field can be picked from, before the connection is saved',
  body: z.object({ ...unsaved, field, search }),
  responses: { 200: z.object({ data: z.array(OptionView) }) },
  problems: ['conflict', 'upstream_failed', 'not_found'],
  idempotent: false,
  handle: async ({ project, body, reply }) => {
    const asked = unsavedConnection(project, body, true)
    return reply(200, { data: await listOptions(asked, body.field, body.search) })
  },
})

export const optionsEndpoint = endpoint({
  method: 'GET',
  path: `${path}/:integration_id/options/:field`,
  permission: 'project.write',
  tag: 'integrations',
  summary: 'What a field can be picked from',
  description: 'At most 1000; `search` narrows them down where the source can.',
  query: z.object({ search }),
  responses: { 200: z.object({ data: z.array(OptionView) }) },
  problems: ['conflict', 'upstream_failed', 'not_found', 'validation_failed'],
  handle: async ({ project, params, query, reply }) => {
    const integration = await findIntegration(project.id, params.integration_id)
    const asked = savedConnection(project, integration, {}, true)
    return reply(200, { data: await listOptions(asked, params.field, query.search) })
  },
})
