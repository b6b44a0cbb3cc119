import { actor, audit } from '#shared/audit'
import { endpoint } from '#shared/http/endpoint'
import { dataOf } from '#shared/http/pagination'
import {
  AttributionSettings,
  AttributionSettingsBody,
  attributionSettings,
  saveAttributionSettings,
} from '../attribution/settings.ts'

const path = '/projects/:project_id/attribution_settings'

export const showAttributionSettings = endpoint({
  method: 'GET',
  path,
  permission: 'project.read',
  tag: 'measurement',
  summary: 'How conversions are credited where a report does not say',
  responses: { 200: dataOf(AttributionSettings) },
  handle: async ({ project, reply }) =>
    reply(200, { data: await attributionSettings(String(project.id)) }),
})

export const replaceAttributionSettings = endpoint({
  method: 'PUT',
  path,
  permission: 'project.write',
  tag: 'measurement',
  summary: 'Set how conversions are credited',
  description: 'What is left out gets its default. A report may override each of them.',
  body: AttributionSettingsBody,
  responses: { 200: dataOf(AttributionSettings) },
  handle: async ({ ctx, account, project, body, reply }) => {
    await saveAttributionSettings(project.id, body)
    const action = 'attribution_settings.updated'
    await audit(ctx, { action, ...actor(account), projectId: project.id, details: body })
    return reply(200, { data: body })
  },
})
