import { z } from 'zod'
import { uploads } from '#connections/public'
import { actor, audit } from '#shared/audit'
import { endpoint, media } from '#shared/http/endpoint'
import { dataOf } from '#shared/http/pagination'
import { Problem } from '#shared/http/problem'
import { Readable } from 'node:stream'
import { createRequest } from '../create_request.ts'
import { theOnePerson } from '../find_person.ts'
import { findRequest } from '../requests.ts'
import { Alias, ExportView } from '../schemas.ts'
import { exportView } from '../views.ts'
import { requestEndpoints } from './requests.ts'

export const createExport = endpoint({
  method: 'POST',
  path: '/projects/:project_id/privacy/exports',
  permission: 'project.manage',
  tag: 'privacy',
  summary: 'Export everything that is stored about a person',
  description: 'The file can be fetched for a week once the export is done.',
  body: z.object({ alias: Alias }),
  responses: { 202: dataOf(ExportView) },
  problems: ['conflict', 'not_found'],
  idempotent: false,
  handle: async ({ ctx, account, project, body, reply }) => {
    const person = await theOnePerson({ ...project, id: String(project.id) }, body.alias)
    if (!person.isKnown) throw new Problem('not_found', { detail: 'Nothing is known of anybody' })
    const asked = { projectId: project.id, userId: account.id, type: 'export', person } as const
    const created = await createRequest({ ...asked, alias: body.alias }, (request, trx) =>
      audit(
        ctx,
        {
          action: 'person.export_requested',
          ...actor(account),
          projectId: project.id,
          target: `privacy_request:${request.id}`,
          details: { alias_type: body.alias.type },
        },
        trx
      )
    )
    return reply(202, { data: exportView(created) })
  },
})

export const exports = requestEndpoints({
  type: 'export',
  View: ExportView,
  toView: exportView,
  summaries: {
    list: 'Exports of people’s data, the newest first',
    one: 'One export',
    retry: 'Try an export again that was given up',
  },
})

export const downloadExport = endpoint({
  method: 'GET',
  path: '/projects/:project_id/privacy/exports/:request_id/file',
  permission: 'project.manage',
  tag: 'privacy',
  summary: 'The file of an export',
  responses: { 200: media('application/json') },
  handle: async ({ ctx, account, project, params }) => {
    const found = await findRequest(project.id, 'export', params.request_id)
    if (found.fileKey === null) throw new Problem('not_found', { detail: 'There is no file' })
    await audit(ctx, {
      action: 'person.export_fetched',
      ...actor(account),
      projectId: project.id,
      target: `privacy_request:${found.id}`,
    })
    ctx.response.header('Content-Type', 'application/json; charset=utf-8')
    ctx.response.header('Content-Disposition', `attachment; filename="person-${found.id}.json"`)
    ctx.response.header('Cache-Control', 'no-store')
    ctx.response.stream(Readable.from(uploads.open(found.fileKey)))
  },
})
