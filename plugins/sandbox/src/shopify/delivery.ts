import { randomUUID } from 'node:crypto'
import { isoOf } from '../world/calendar.ts'
import type { ShopEvent } from './events.ts'
import { hmacOf, SHOP_DOMAIN } from './installation.ts'
import { VERSION } from './schema.ts'
import type { Subscription } from './webhooks.ts'

export interface Delivered {
  topic: string
  uri: string
  webhook_id: string
  /** What the receiver answered; 0 where nobody did within five seconds. */
  status: number
}

export interface Manner {
  /** How often each is sent. */
  copies: number
  isReversed: boolean
  /** Signed with something else than the app's secret. */
  isForged: boolean
}

const TIMEOUT_MS = 5000

/** `orders/create` as the subscription calls it: ORDERS_CREATE. */
const nameOf = (topic: string): string => topic.replace('/', '_').toUpperCase()

async function send(
  event: ShopEvent,
  uri: string,
  id: string,
  isForged: boolean
): Promise<Delivered> {
  const body = JSON.stringify(event.body)
  const signature = hmacOf(isForged ? `${body} ` : body, 'base64')
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Shopify-Captain-Hook',
    'x-shopify-topic': event.topic,
    'x-shopify-shop-domain': SHOP_DOMAIN,
    'x-shopify-hmac-sha256': signature,
    'x-shopify-webhook-id': id,
    'x-shopify-event-id': id,
    'x-shopify-triggered-at': isoOf(event.at),
    'x-shopify-api-version': VERSION,
  }
  const delivered = { topic: event.topic, uri, webhook_id: id }
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const response = await fetch(uri, { method: 'POST', headers, body, signal, redirect: 'manual' })
    await response.body?.cancel()
    return { ...delivered, status: response.status }
  } catch {
    return { ...delivered, status: 0 }
  }
}

/** Sends events to whoever wants to hear of them, one after the other; copies keep their id. */
export async function deliver(
  events: readonly ShopEvent[],
  subscriptions: readonly Subscription[],
  manner: Manner
): Promise<Delivered[]> {
  const delivered: Delivered[] = []
  for (const event of manner.isReversed ? events.toReversed() : events) {
    for (const { topic, uri } of subscriptions) {
      if (topic !== nameOf(event.topic)) continue
      const id = randomUUID()
      for (let copy = 0; copy < manner.copies; copy += 1) {
        delivered.push(await send(event, uri, id, manner.isForged))
      }
    }
  }
  return delivered
}

/** Compliance topics go to the address in the app's configuration, not to subscriptions. */
export const deliverTo = (uri: string, event: ShopEvent): Promise<Delivered> =>
  send(event, uri, randomUUID(), false)
