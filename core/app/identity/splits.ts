import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { Problem } from '#shared/http/problem'
import { inOrder } from './node_keys.ts'
import { queueSettling } from './settings.ts'

export interface Split {
  id: string
  one_key: string
  other_key: string
  note: string
  created_by: number | null
  created_at: Date
  revision: number
  settled_revision: number
}

/** Splits of the project that hold, after one of them in a list. */
export function listSplits(projectId: number, after: string, limit: number): Promise<Split[]> {
  return db
    .from('identity_splits')
    .where('project_id', projectId)
    .whereNull('removed_at')
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit) as Promise<Split[]>
}

/** @throws Problem a conflict where the pair is split already */
export async function addSplit(
  trx: TransactionClientContract,
  { projectId, userId }: { projectId: number; userId: number },
  pair: readonly [bigint, bigint],
  note: string
): Promise<Split> {
  const [oneKey, otherKey] = inOrder(...pair)
  const { rows } = await trx.rawQuery<{ rows: Split[] }>(
    `insert into identity_splits (project_id, one_key, other_key, note, created_by) values (?, ?, ?, ?, ?)
     on conflict (project_id, one_key, other_key) where removed_at is null do nothing returning *`,
    [projectId, oneKey, otherKey, note, userId]
  )
  const [split] = rows
  if (split === undefined) throw new Problem('conflict', { detail: 'The two are split already' })
  await queueSettling(projectId, trx)
  return split
}

/** Joins the two again, as far as documents do. The row stays, and tells who did what when. */
export async function removeSplit(
  trx: TransactionClientContract,
  { projectId, userId }: { projectId: number; userId: number },
  id: number
): Promise<void> {
  const changed: unknown = await trx
    .from('identity_splits')
    .where({ id, project_id: projectId })
    .whereNull('removed_at')
    .update({ removed_at: new Date(), removed_by: userId, revision: trx.raw('revision + 1') })
  if (Number(changed) === 0) throw new Problem('not_found', { detail: 'There is no such split' })
  await queueSettling(projectId, trx)
}
