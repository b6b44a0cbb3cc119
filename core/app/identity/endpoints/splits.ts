import db from '@adonisjs/lucid/services/db'
import { z } from 'zod'
import { actor, audit } from '#shared/audit'
import { empty, endpoint } from '#shared/http/endpoint'
import { dataOf, decodeCursor, listOf, pageOf, pageQuery } from '#shared/http/pagination'
import { invalidField, Problem } from '#shared/http/problem'
import { parseId } from '#shared/ids'
import { publishedVersion } from '#warehouse/public'
import { edgesOf } from '../explain.ts'
import { Splits } from '../joins.ts'
import { parseKey } from '../node_keys.ts'
import { documentsOf } from '../queries/known_documents.ts'
import { namesOf, type Node } from '../queries/nodes.ts'
import { nodeView, SplitView } from '../schemas.ts'
import { addSplit, listSplits, removeSplit, type Split } from '../splits.ts'

const path = '/projects/:project_id/identity/splits'

const splitView = (split: Split, names: Map<bigint, Node>): z.input<typeof SplitView> => {
  const [one, other] = [BigInt(split.one_key), BigInt(split.other_key)]
  return {
    id: String(split.id),
    from: nodeView(one, names.get(one)),
    to: nodeView(other, names.get(other)),
    note: split.note,
    created_by: split.created_by === null ? null : String(split.created_by),
    created_at: split.created_at.toISOString(),
    is_settled: split.settled_revision >= split.revision,
  }
}

const keysOf = (splits: readonly Split[]): bigint[] =>
  splits.flatMap((split) => [BigInt(split.one_key), BigInt(split.other_key)])

export const indexSplits = endpoint({
  method: 'GET',
  path,
  permission: 'project.read',
  tag: 'identity',
  summary: 'Pairs that are not one person',
  query: pageQuery,
  responses: { 200: listOf(SplitView) },
  handle: async ({ project, query, reply }) => {
    const after = decodeCursor(z.string().regex(/^\d{1,18}$/), query.cursor) ?? '0'
    const splits = await listSplits(project.id, after, query.limit + 1)
    const names = await namesOf(await publishedVersion(String(project.id)), keysOf(splits))
    return reply(
      200,
      pageOf(
        splits,
        query.limit,
        (split) => splitView(split, names),
        ({ id }) => String(id)
      )
    )
  },
})

const keyField = z
  .string()
  .refine((text) => parseKey(text) !== undefined, 'It is no `alias_id`')
  .transform((text) => parseKey(text) ?? 0n)

/** More documents of one identifier are not searched for the other. */
const LOOKED_AT = 20_000

/** Only an edge can be split: of two that nothing joins directly, it is unclear what is meant. */
async function refuseUnlessJoined(projectId: number, from: bigint, to: bigint): Promise<void> {
  const version = await publishedVersion(String(projectId))
  const documents = await documentsOf(version, [from, to], LOOKED_AT)
  const edges = edgesOf(documents, { blocked: new Set(), splits: new Splits([]) })
  const isJoined = edges.some(
    (edge) => (edge.from === from && edge.to === to) || (edge.from === to && edge.to === from)
  )
  if (!isJoined) throw invalidField('to', 'joined', 'No document joins these two directly')
}

export const createSplit = endpoint({
  method: 'POST',
  path,
  permission: 'project.write',
  tag: 'identity',
  summary: 'Say that two are not one person',
  description:
    'Both ends of an edge of a person. Their figures follow within moments: `is_settled` tells. Deleting the split joins them again.',
  body: z.object({ from: keyField, to: keyField, note: z.string().trim().max(500).default('') }),
  responses: { 201: dataOf(SplitView) },
  problems: ['conflict'],
  handle: async ({ ctx, account, project, body: { from, to, note }, reply }) => {
    await refuseUnlessJoined(project.id, from, to)
    const who = { projectId: project.id, userId: account.id }
    const split = await db.transaction(async (trx) => {
      const added = await addSplit(trx, who, [from, to], note)
      const target = `identity_split:${added.id}`
      await audit(
        ctx,
        { action: 'identity_split.created', ...actor(account), projectId: project.id, target },
        trx
      )
      return added
    })
    const names = await namesOf(await publishedVersion(String(project.id)), [from, to])
    return reply(201, { data: splitView(split, names) })
  },
})

export const deleteSplit = endpoint({
  method: 'DELETE',
  path: `${path}/:split_id`,
  permission: 'project.write',
  tag: 'identity',
  summary: 'Undo a split',
  responses: { 204: empty },
  problems: ['not_found'],
  handle: async ({ ctx, account, project, params, reply }) => {
    const id = parseId(params.split_id)
    if (id === null) throw new Problem('not_found', { detail: 'There is no such split' })
    const who = { projectId: project.id, userId: account.id }
    await db.transaction(async (trx) => {
      await removeSplit(trx, who, id)
      const target = `identity_split:${id}`
      await audit(
        ctx,
        { action: 'identity_split.removed', ...actor(account), projectId: project.id, target },
        trx
      )
    })
    return reply(204)
  },
})
