import db from '@adonisjs/lucid/services/db'
import { withProjectLock } from '#ingestion/public'
import { unlistSuppressed } from '#warehouse/public'

/**
 * Takes an identifier off the list of those that are made anonymous. ClickHouse forgets it first: killed
 * in between, PostgreSQL still has it, and asking again ends what was begun.
 *
 * @returns whether it was on the list
 */
export function liftSuppression(projectId: string, hash: string): Promise<boolean> {
  return withProjectLock(projectId, async () => {
    await unlistSuppressed(projectId, hash)
    const removed = (await db
      .from('suppressions')
      .where({ project_id: projectId, hash })
      .delete()
      .returning('hash')) as unknown[]
    return removed.length > 0
  })
}
