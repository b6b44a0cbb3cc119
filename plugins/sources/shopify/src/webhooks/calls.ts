import type { Webhooks } from '@analyticaflow/sdk'
import type { Config } from '../config.ts'
import { COMPLIANCE } from './compliance.ts'
import { register, unregister } from './subscriptions.ts'
import { TOLD } from './topics.ts'

/** Calls of Shopify. They only say what has changed; it is read again as it is then. */
export const calls: Webhooks<typeof Config, 'orders' | 'customers' | 'products'> = {
  verify: { header: 'x-shopify-hmac-sha256', encoding: 'base64', secret: 'application' },
  dedupe: ({ headers }) => headers['x-shopify-webhook-id'],
  topic: ({ headers }) => headers['x-shopify-topic'],
  topics: Object.fromEntries(Object.entries(TOLD).map(([name, { topic }]) => [name, topic])),
  compliance: COMPLIANCE,
  account: { field: 'shop', of: ({ headers }) => headers['x-shopify-shop-domain'] },
  register,
  unregister,
}
