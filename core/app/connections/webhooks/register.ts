import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { Project } from '#projects/public'
import { askVendor, type AskedConnection } from '../ask_vendor.ts'
import { savedConnection } from '../asked_connection.ts'
import Integration from '../models/integration.ts'
import { isReady, readinessOf } from '../readiness.ts'
import { allSources, sourceOf } from '../registry/registry.ts'
import { makeWebhookUrl, webhookUrl } from './address.ts'
import { isProvable } from './signature.ts'

/** Vendors forget addresses that failed for a while, so they are told again once a day. */
const AGAIN = "interval '1 day'"
const AFTER_FAILURE = "interval '1 hour'"

async function connectionOf(integration: Integration): Promise<AskedConnection> {
  const project = await Project.findOrFail(integration.projectId)
  return savedConnection(project, integration, {}, false)
}

const note = (integrationId: string, values: Record<string, unknown>) =>
  db.from('webhook_endpoints').where('integration_id', integrationId).update(values)

async function register(integration: Integration): Promise<void> {
  const url = await makeWebhookUrl(integration.projectId, integration.id)
  try {
    const asked = await connectionOf(integration)
    const { source, config } = asked
    if (isProvable(source, config)) {
      await askVendor(asked, async (context) => source.webhooks?.register?.(context, url))
    }
    await note(integration.id, { registered_at: new Date(), error: null })
  } catch (error) {
    logger.warn({ err: error, integration_id: integration.id }, 'webhooks could not be registered')
    await note(integration.id, { registered_at: new Date(), error: 'failed' })
  }
}

/** Connections that work, and whose vendor has not been told lately where to call. */
async function dueIntegrations(): Promise<Integration[]> {
  const types = allSources().flatMap(({ id, webhooks }) => (webhooks?.register ? [id] : []))
  if (types.length === 0) return []
  const found = await Integration.query()
    .whereIn('type', types)
    .whereIn('status', ['active', 'pending', 'syncing'])
    .whereNull('paused_at')
    .whereNull('removed_at')
    .whereRaw(
      `not exists (select 1 from webhook_endpoints e where e.integration_id = integrations.id
         and e.registered_at > now() - case when e.error is null then ${AGAIN} else ${AFTER_FAILURE} end)`
    )
    .limit(20)
  const readiness = await readinessOf(found)
  return found.filter(({ id }) => {
    const known = readiness.get(id)
    return known !== undefined && isReady(known)
  })
}

/** Tells vendors where to call; what fails is tried again later, and polling goes on meanwhile. */
export async function registerWebhooks(): Promise<void> {
  for (const integration of await dueIntegrations()) await register(integration)
}

/** Before a connection ends. Whatever the vendor answers, calls that still come find nobody. */
export async function unregisterWebhooks(integration: Integration): Promise<void> {
  if (sourceOf(integration.type)?.webhooks?.unregister === undefined) return
  try {
    const url = await webhookUrl(integration.id)
    if (url === undefined) return
    const asked = await connectionOf(integration)
    await askVendor(asked, async (context) => asked.source.webhooks?.unregister?.(context, url))
  } catch (error) {
    logger.warn({ err: error, integration_id: integration.id }, 'webhooks stay registered')
  }
}
