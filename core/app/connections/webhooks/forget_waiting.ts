import db from '@adonisjs/lucid/services/db'
import Integration from '../models/integration.ts'
import { sourceOf } from '../registry/registry.ts'
import { requestRun } from '../runs.ts'

async function forget(integration: Integration): Promise<void> {
  // What a vendor demands by law stays: it has to be carried out.
  const topics = Object.keys(sourceOf(integration.type)?.webhooks?.topics ?? {})
  const dropped = (await db
    .from('webhook_deliveries')
    .where({ integration_id: integration.id, status: 'waiting' })
    .whereIn('topic', topics)
    .update({ status: 'dropped', body: null, processed_at: new Date() })
    .returning('id')) as unknown[]
  const isRunning = integration.pausedAt === null && integration.removedAt === null
  if (dropped.length > 0 && isRunning) await requestRun(integration, 'schedule', {})
}

/**
 * After an erasure: calls that wait may be about whoever was erased. What they told is read from the vendor
 * again, as whatever is read from now on passes the list of those who were erased.
 */
export async function forgetWaitingDeliveries(projectId: string): Promise<void> {
  const integrations = await Integration.query()
    .where('project_id', projectId)
    .whereIn(
      'id',
      db.from('webhook_deliveries').where('status', 'waiting').select('integration_id')
    )
  for (const integration of integrations) await forget(integration)
}
