import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import { Problem } from '#shared/http/problem'
import { runRemovalHooks } from './hooks.ts'
import type Integration from './models/integration.ts'
import SyncRun from './models/sync_run.ts'
import { lockIntegration } from './runs.ts'

/** Tables of what belongs to a connection, not to its data. */
const CONNECTION_TABLES = [
  'connection_tokens',
  'oauth_states',
  'webhook_endpoints',
  'webhook_deliveries',
]

async function refuseWhileRunning(
  trx: TransactionClientContract,
  { id }: Integration
): Promise<void> {
  // TRICKY: without a lock on the run, since a worker locks the run before its integration.
  const going = await SyncRun.query({ client: trx })
    .where({ integration_id: id, status: 'running' })
    .first()
  if (going === null) return
  throw new Problem('conflict', { detail: 'A run is going on: cancel it first' })
}

/** Removes an integration with its runs; what it loaded goes by the removal hooks. */
export async function deleteIntegration(integration: Integration): Promise<void> {
  await db.transaction(async (trx) => {
    await lockIntegration(trx, integration)
    await refuseWhileRunning(trx, integration)
    await runRemovalHooks(integration, trx)
    await integration.useTransaction(trx).delete()
  })
}

/**
 * Ends a connection and keeps what it loaded: every report stays as it is. The row stays as the origin of
 * the data, without secrets, and nothing runs any more.
 */
export async function retireIntegration(integration: Integration): Promise<void> {
  await db.transaction(async (trx) => {
    const row = await lockIntegration(trx, integration)
    await refuseWhileRunning(trx, row)
    for (const table of CONNECTION_TABLES) {
      await trx.from(table).where('integration_id', row.id).delete()
    }
    await trx
      .from('sync_runs')
      .where({ integration_id: row.id, status: 'queued' })
      .update({ status: 'canceled', finished_at: new Date() })
    row.merge({
      encryptedCredentials: null,
      schedule: null,
      nextRunAt: null,
      error: null,
      removedAt: DateTime.utc(),
    })
    await row.save()
  })
}
