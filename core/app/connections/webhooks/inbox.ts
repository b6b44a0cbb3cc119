import { createHash } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { WebhookRequest } from '@analyticaflow/sdk'
import { addJob } from '#shared/jobs'
import type Integration from '../models/integration.ts'
import type { Source } from '../registry/load.ts'

/** A call that waits to be carried out. */
export interface Delivery {
  id: string
  topic: string
  body: Buffer
}

/** A moment later: calls that come together are carried out together. */
const GATHER_MS = 2000

/** The topic of a call; nothing where the source does not know it. */
export function topicOf(source: Source, request: WebhookRequest): string | undefined {
  const { webhooks } = source
  if (webhooks === undefined) return undefined
  const known = { ...webhooks.topics, ...webhooks.compliance }
  const topic = webhooks.topic ? webhooks.topic(request) : Object.keys(webhooks.topics)[0]
  return topic !== undefined && Object.hasOwn(known, topic) ? topic : undefined
}

function keyOf(source: Source, request: WebhookRequest, topic: string): string {
  const id = source.webhooks?.dedupe(request)
  if (id !== undefined) return `${topic}:${id}`.slice(0, 500)
  return createHash('sha256').update(topic).update('\0').update(request.body).digest('hex')
}

export async function queueDeliveries(
  integrationId: string,
  trx?: TransactionClientContract
): Promise<void> {
  await addJob(
    'webhook_deliveries',
    { integration_id: integrationId },
    { key: `webhook_deliveries:${integrationId}`, runAt: new Date(Date.now() + GATHER_MS) },
    trx
  )
}

/** Puts a call into the inbox, once; with it the job that carries it out. */
export async function receiveDelivery(
  integration: Integration,
  source: Source,
  request: WebhookRequest,
  topic: string
): Promise<void> {
  await db.transaction(async (trx) => {
    const { rows } = await trx.rawQuery<{ rows: unknown[] }>(
      `insert into webhook_deliveries (project_id, integration_id, delivery_key, topic, body)
       values (?, ?, ?, ?, ?) on conflict (integration_id, delivery_key) do nothing returning id`,
      [integration.projectId, integration.id, keyOf(source, request, topic), topic, request.body]
    )
    if (rows.length > 0) await queueDeliveries(integration.id, trx)
  })
}

/** What waits, the oldest first. */
export async function waitingDeliveries(
  integrationId: string,
  topics: readonly string[],
  limit: number
): Promise<Delivery[]> {
  const rows = (await db
    .from('webhook_deliveries')
    .where({ integration_id: integrationId, status: 'waiting' })
    .whereIn('topic', [...topics])
    .orderBy('id')
    .limit(limit)
    .select('id', 'topic', 'body')) as Delivery[]
  return rows.map((row) => ({ ...row, id: String(row.id) }))
}

type Ended = 'done' | 'failed' | 'dropped'

/** A call that has ended: its body goes, its id stays to tell a second one. */
export async function endDeliveries(
  ids: readonly string[],
  status: Ended,
  error: string | null = null,
  trx?: TransactionClientContract
): Promise<void> {
  if (ids.length === 0) return
  await (trx ?? db)
    .from('webhook_deliveries')
    .whereIn('id', [...ids])
    .where('status', 'waiting')
    .update({ status, error, body: null, processed_at: new Date() })
}

/** A vendor sends nothing again after so long. */
export async function purgeDeliveries(): Promise<void> {
  await db.rawQuery(
    "delete from webhook_deliveries where status <> 'waiting' and received_at < now() - interval '30 days'"
  )
}
