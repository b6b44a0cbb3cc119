import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/** First key of the advisory locks of publications; the second is the project. */
const PUBLISHING = 716_201_454

/**
 * Runs `work` as the only publication of the project. The lock ends with the transaction, also when
 * this process dies; what `work` writes through the transaction becomes true all at once.
 */
export function withProjectLock<T>(
  projectId: string,
  work: (trx: TransactionClientContract) => Promise<T>
): Promise<T> {
  return db.transaction(async (trx) => {
    await trx.rawQuery('select pg_advisory_xact_lock(?, ?)', [PUBLISHING, Number(projectId)])
    return work(trx)
  })
}
