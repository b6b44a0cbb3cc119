import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Json } from '@analyticaflow/sdk'

/** Where the next run of a stream starts: true of everything that is published. */
export async function loadPosition(integrationId: string, stream: string): Promise<Json> {
  const row = (await db
    .from('stream_positions')
    .where({ integration_id: integrationId, stream })
    .select('position')
    .first()) as { position: Json } | null
  return row?.position ?? null
}

export async function storePosition(
  trx: TransactionClientContract,
  integrationId: string,
  stream: string,
  position: Json,
  commitId: string
): Promise<void> {
  await trx
    .table('stream_positions')
    .insert({
      integration_id: integrationId,
      stream,
      position: JSON.stringify(position),
      commit_id: commitId,
      updated_at: new Date(),
    })
    .knexQuery.onConflict(['integration_id', 'stream'])
    .merge()
}
