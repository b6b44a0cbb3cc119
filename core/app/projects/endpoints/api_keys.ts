import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { z } from 'zod'
import { actor, audit } from '#shared/audit'
import { empty, endpoint } from '#shared/http/endpoint'
import {
  dataOf,
  decodeCursor,
  idPosition,
  listOf,
  pageOf,
  pageQuery,
} from '#shared/http/pagination'
import { Problem } from '#shared/http/problem'
import { parseId } from '#shared/ids'
import { hashToken, randomToken } from '#shared/secret_tokens'
import { API_KEY_PREFIX } from '../api_keys.ts'
import ApiKey from '../models/api_key.ts'
import { apiKeyPermissions } from '../permissions.ts'
import { ApiKeyView, apiKeyView } from '../schemas.ts'

export const indexApiKeys = endpoint({
  method: 'GET',
  path: '/projects/:project_id/api_keys',
  permission: 'project.manage',
  tag: 'api keys',
  summary: 'The living API keys of the project',
  query: pageQuery,
  responses: { 200: listOf(ApiKeyView) },
  handle: async ({ project, query, reply }) => {
    const after = decodeCursor(idPosition, query.cursor) ?? 0
    const keys = await ApiKey.query()
      .where('project_id', project.id)
      .where('id', '>', after)
      .whereNull('revoked_at')
      .orderBy('id')
      .limit(query.limit + 1)
    return reply(
      200,
      pageOf(keys, query.limit, apiKeyView, (key) => key.id)
    )
  },
})

export const createApiKey = endpoint({
  method: 'POST',
  path: '/projects/:project_id/api_keys',
  permission: 'project.manage',
  tag: 'api keys',
  summary: 'Make an API key',
  description: 'The key itself is shown once, in this answer.',
  body: z.object({
    name: z.string().trim().min(1).max(100),
    permissions: z
      .array(z.enum(apiKeyPermissions))
      .min(1)
      .transform((given) => apiKeyPermissions.filter((permission) => given.includes(permission)))
      .default(['project.read']),
  }),
  responses: { 201: dataOf(ApiKeyView.extend({ key: z.string() })) },
  // A stored answer would keep the key readable.
  idempotent: false,
  handle: async ({ ctx, account, project, body, reply }) => {
    const secret = randomToken(API_KEY_PREFIX)
    const key = await db.transaction(async (trx) => {
      const created = await ApiKey.create(
        {
          projectId: project.id,
          createdBy: account.id,
          name: body.name,
          prefix: secret.slice(0, 9),
          hash: hashToken(secret),
          permissions: [...body.permissions],
        },
        { client: trx }
      )
      await audit(
        ctx,
        {
          action: 'api_key.created',
          ...actor(account),
          projectId: project.id,
          target: `api_key:${created.id}`,
          details: { permissions: body.permissions },
        },
        trx
      )
      return created
    })
    return reply(
      201,
      { data: { ...apiKeyView(key), key: secret } },
      { 'Cache-Control': 'no-store' }
    )
  },
})

export const deleteApiKey = endpoint({
  method: 'DELETE',
  path: '/projects/:project_id/api_keys/:api_key_id',
  permission: 'project.manage',
  tag: 'api keys',
  summary: 'Revoke an API key at once',
  responses: { 204: empty },
  handle: async ({ ctx, account, project, params, reply }) => {
    const id = parseId(params.api_key_id)
    const key = await ApiKey.query()
      .where({ id: id ?? 0, project_id: project.id })
      .whereNull('revoked_at')
      .first()
    if (key === null) throw new Problem('not_found')
    await key.merge({ revokedAt: DateTime.utc() }).save()
    await audit(ctx, {
      action: 'api_key.revoked',
      ...actor(account),
      projectId: project.id,
      target: `api_key:${key.id}`,
    })
    return reply(204)
  },
})
