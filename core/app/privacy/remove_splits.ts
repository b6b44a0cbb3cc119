import db from '@adonisjs/lucid/services/db'
import { keysAmong, type PersonRequest } from '#warehouse/public'

interface SplitRow {
  id: string
  one_key: string
  other_key: string
}

/** Pairs that people have split are noted by numbers of identifiers; those of the person say nothing any more. */
export async function removeSplits(scope: PersonRequest): Promise<void> {
  const splits = (await db
    .from('identity_splits')
    .where('project_id', scope.version.projectId)
    .select('id', 'one_key', 'other_key')) as SplitRow[]
  const keys = splits.flatMap(({ one_key: one, other_key: other }) => [one, other])
  const theirs = await keysAmong(scope, keys)
  const ids = splits
    .filter(({ one_key: one, other_key: other }) => theirs.has(one) || theirs.has(other))
    .map(({ id }) => id)
  await db.from('identity_splits').whereIn('id', ids).delete()
}
