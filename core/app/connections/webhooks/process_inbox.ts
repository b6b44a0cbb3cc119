import db from '@adonisjs/lucid/services/db'
import Integration from '../models/integration.ts'
import SyncRun from '../models/sync_run.ts'
import { sourceOf } from '../registry/registry.ts'
import { createRun, lockIntegration } from '../runs.ts'
import { carryOutDemands } from './compliance.ts'
import { endDeliveries, waitingDeliveries } from './inbox.ts'

/** A run that carries out what waits; the one that waits for its turn already will. */
async function requestWebhookRun(integration: Integration): Promise<void> {
  await db.transaction(async (trx) => {
    await lockIntegration(trx, integration)
    const queued = await SyncRun.query({ client: trx })
      .where({ integration_id: integration.id, trigger: 'webhook', status: 'queued' })
      .first()
    if (queued === null) await createRun(trx, integration, 'webhook')
  })
}

/** Carries out what has come in for a connection. */
export async function processInbox(integrationId: string): Promise<void> {
  const integration = await Integration.find(integrationId)
  const source = integration && sourceOf(integration.type)
  if (integration === null || source?.webhooks === undefined) return
  await carryOutDemands(integration, source)
  const waiting = await waitingDeliveries(integrationId, Object.keys(source.webhooks.topics), 1000)
  if (waiting.length === 0) return
  if (integration.pausedAt === null && integration.removedAt === null) {
    return requestWebhookRun(integration)
  }
  // The first run after the pause reads what has changed meanwhile.
  await endDeliveries(
    waiting.map(({ id }) => id),
    'dropped'
  )
}
