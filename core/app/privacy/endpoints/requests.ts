import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import type { z } from 'zod'
import { actor, audit } from '#shared/audit'
import { endpoint } from '#shared/http/endpoint'
import {
  dataOf,
  decodeCursor,
  idPosition,
  listOf,
  pageOf,
  pageQuery,
} from '#shared/http/pagination'
import type { Account } from '#shared/http/types'
import type PrivacyRequest from '../models/privacy_request.ts'
import { findRequest, listRequests, reopenRequest } from '../requests.ts'

interface Described<View extends z.ZodType> {
  type: PrivacyRequest['type']
  View: View
  toView: (request: PrivacyRequest) => z.input<View>
  summaries: { list: string; one: string; retry: string }
}

function reopen(ctx: HttpContext, account: Account, found: PrivacyRequest) {
  return db.transaction(async (trx) => {
    const row = await reopenRequest(found, trx)
    const entry = {
      action: `person.${row.type}_retried`,
      ...actor(account),
      projectId: row.projectId,
      target: `privacy_request:${row.id}`,
    }
    await audit(ctx, entry, trx)
    return row
  })
}

/** What exports and erasures have in common: their list, one of them, and another try. */
export function requestEndpoints<View extends z.ZodType>(described: Described<View>) {
  const { type, View, toView, summaries } = described
  const one = dataOf(View)
  const shown = (request: PrivacyRequest) => ({ data: toView(request) }) as z.input<typeof one>
  const shared = { permission: 'project.manage', tag: 'privacy' } as const

  const index = endpoint({
    ...shared,
    method: 'GET',
    path: `/projects/:project_id/privacy/${type}s`,
    summary: summaries.list,
    query: pageQuery,
    responses: { 200: listOf(View) },
    handle: async ({ project, query, reply }) => {
      const before = decodeCursor(idPosition, query.cursor)
      const found = await listRequests(project.id, type, before, query.limit + 1)
      return reply(
        200,
        pageOf(found, query.limit, toView, ({ id }) => Number(id))
      )
    },
  })

  const show = endpoint({
    ...shared,
    method: 'GET',
    path: `/projects/:project_id/privacy/${type}s/:request_id`,
    summary: summaries.one,
    responses: { 200: one },
    handle: async ({ project, params, reply }) =>
      reply(200, shown(await findRequest(project.id, type, params.request_id))),
  })

  const retry = endpoint({
    ...shared,
    method: 'POST',
    path: `/projects/:project_id/privacy/${type}s/:request_id/retry`,
    summary: summaries.retry,
    description: 'It goes on from where it stands; what was done stays done.',
    responses: { 202: one },
    problems: ['conflict'],
    handle: async ({ ctx, account, project, params, reply }) => {
      const found = await findRequest(project.id, type, params.request_id)
      return reply(202, shown(await reopen(ctx, account, found)))
    },
  })
  return { index, show, retry }
}
