import type { Topic } from '@analyticaflow/sdk'

type Stream = 'orders' | 'customers' | 'products'
type Body = Record<string, unknown>

/** A topic and how much of the vendor's row a call of it carries. */
interface Told {
  topic: Topic<Stream>
  /** All that is asked for: a call triggers a reading, so nothing personal has to come. */
  fields: readonly string[]
}

/** @throws TypeError if it is no number of a row */
function numberIn(body: Body, name: string): string {
  const value = body[name]
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return String(value)
  throw new TypeError(`“${name}” is no number of a row`)
}

/**
 * TRICKY: a key that no row has. An order that is not there is forgotten under its own key, but without
 * `read_all_orders` Shopify also hides what is older than 60 days, while it goes on to tell of it. So only
 * a deletion names an order by its key alone.
 */
const seenOnly = (number: string): string[] => [number, 'seen']

const order = (name: string): Topic<Stream> => ({
  stream: 'orders',
  keys: (body) => [seenOnly(numberIn(body, name))],
})

const row = (stream: Stream): Topic<Stream> => ({
  stream,
  keys: (body) => [[numberIn(body, 'id')]],
})

const ORDER = { topic: order('id'), fields: ['id', 'updated_at'] }
const CUSTOMER = { topic: row('customers'), fields: ['id', 'updated_at'] }

/** The variants that a call about their product names. */
function variantsIn({ variants }: Body): string[][] {
  if (!Array.isArray(variants)) throw new TypeError('There are no variants')
  return (variants as Body[]).map((variant) => [numberIn(variant, 'id')])
}

const PRODUCT: Told = {
  topic: { stream: 'products', keys: variantsIn },
  fields: ['id', 'updated_at', 'variants.id'],
}

/** No order has it. */
const NOBODY = '0'

/**
 * What Shopify is asked to tell, by topic. https://shopify.dev/docs/api/webhooks
 *
 * `products/delete` is not among it: it does not say which variants are gone, the daily pass does.
 */
export const TOLD: Readonly<Record<string, Told>> = {
  'orders/create': ORDER,
  'orders/updated': ORDER,
  'orders/cancelled': ORDER,
  'orders/delete': { topic: row('orders'), fields: ['id'] },
  'refunds/create': { topic: order('order_id'), fields: ['id', 'order_id'] },
  'customers/create': CUSTOMER,
  'customers/update': CUSTOMER,
  'customers/delete': { topic: row('customers'), fields: ['id'] },
  'products/create': PRODUCT,
  'products/update': PRODUCT,
  // Asking the shop for anything is refused from now on, which is how the user is told to connect again.
  'app/uninstalled': {
    topic: { stream: 'orders', keys: () => [seenOnly(NOBODY)] },
    fields: ['id'],
  },
}

/** `orders/create` as subscriptions call it: ORDERS_CREATE. */
export const subscriptionTopic = (topic: string): string => topic.replace('/', '_').toUpperCase()
