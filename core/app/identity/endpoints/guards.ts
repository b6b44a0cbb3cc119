import db from '@adonisjs/lucid/services/db'
import { z } from 'zod'
import { actor, audit } from '#shared/audit'
import { endpoint } from '#shared/http/endpoint'
import { dataOf, decodeCursor, listOf, pageOf, pageQuery } from '#shared/http/pagination'
import { publishedVersion } from '#warehouse/public'
import { parseKey } from '../node_keys.ts'
import { blockedAliases } from '../queries/blocked_aliases.ts'
import { namesOf } from '../queries/nodes.ts'
import { BlockedView, nodeView, SettingsView } from '../schemas.ts'
import { guardSettings, saveMaxLinks, type GuardSettings } from '../settings.ts'

const path = '/projects/:project_id/identity'

export const indexBlocked = endpoint({
  method: 'GET',
  path: `${path}/blocked`,
  permission: 'project.read',
  tag: 'identity',
  summary: 'Identifiers that join nobody, because they are tied to too many others',
  query: pageQuery,
  responses: { 200: listOf(BlockedView) },
  handle: async ({ project, query, reply }) => {
    const version = await publishedVersion(String(project.id))
    const position = z.string().refine((key) => parseKey(key) !== undefined)
    const after = decodeCursor(position, query.cursor) ?? '0'
    const found = await blockedAliases(version, after, query.limit + 1)
    const names = await namesOf(
      version,
      found.map(({ key }) => BigInt(key))
    )
    return reply(
      200,
      pageOf(
        found,
        query.limit,
        ({ key, links, documents }) => ({
          alias: nodeView(BigInt(key), names.get(BigInt(key))),
          links: Number(links),
          documents: Number(documents),
        }),
        ({ key }) => key
      )
    )
  },
})

const settingsView = (settings: GuardSettings): z.input<typeof SettingsView> => ({
  max_links: settings.maxLinks,
  is_settled: settings.isSettled,
  splits_settled: settings.areSplitsSettled,
})

export const showIdentitySettings = endpoint({
  method: 'GET',
  path: `${path}/settings`,
  permission: 'project.read',
  tag: 'identity',
  summary: 'How many others an identifier may be tied to',
  responses: { 200: dataOf(SettingsView) },
  handle: async ({ project, reply }) =>
    reply(200, { data: settingsView(await guardSettings(project.id)) }),
})

export const replaceIdentitySettings = endpoint({
  method: 'PUT',
  path: `${path}/settings`,
  permission: 'project.write',
  tag: 'identity',
  summary: 'Set how many others an identifier may be tied to',
  description:
    'All persons of the project are computed anew; `is_settled` tells when reports follow.',
  body: z.object({ max_links: z.int().min(2).max(10_000) }),
  responses: { 200: dataOf(SettingsView) },
  handle: async ({ ctx, account, project, body, reply }) => {
    await db.transaction(async (trx) => {
      const isChanged = await saveMaxLinks(trx, project.id, body.max_links)
      const action = 'identity_settings.updated'
      const entry = { action, ...actor(account), projectId: project.id, details: body }
      if (isChanged) await audit(ctx, entry, trx)
    })
    return reply(200, { data: settingsView(await guardSettings(project.id)) })
  },
})
