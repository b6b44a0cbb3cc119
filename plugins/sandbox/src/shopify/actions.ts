import type { Fields } from '../http/exchange.ts'
import { ControlError, type Vendor } from '../vendor.ts'
import type { DataLevel } from './asking.ts'
import { PLANS, type Bucket, type Plan } from './bucket.ts'
import type { BulkOperations } from './bulk.ts'
import { deliver, deliverTo, type Manner } from './delivery.ts'
import { eventsBetween, type ShopEvent } from './events.ts'
import { SCOPES, SHOP_DOMAIN, type Installation } from './installation.ts'
import type { Shop } from './shop.ts'
import type { Webhooks } from './webhooks.ts'

export interface State {
  shop: Shop
  installation: Installation
  bucket: Bucket
  bulk: BulkOperations
  webhooks: Webhooks
  dataLevel: DataLevel
  /** Answers with this status instead: 402 frozen, 403 fraudulent, 404 closed, 423 locked. */
  shopStatus: number | null
  /** Events up to here have been told, or were lost. */
  toldUntil: number
  /** Events that are no part of the world, such as deletions. */
  extra: ShopEvent[]
}

const text = (body: Fields, name: string): string => {
  const value = body[name]
  if (typeof value === 'string' && value !== '') return value
  throw new ControlError(`${name} is missing`)
}

const idOf = (body: Fields, name: string): number => {
  const id = Number(text(body, name).split('/').at(-1))
  if (Number.isSafeInteger(id)) return id
  throw new ControlError(`${name} has to be an id`)
}

const mannerOf = (body: Fields): Manner => ({
  copies: typeof body.copies === 'number' ? body.copies : 1,
  isReversed: body.reverse === true,
  isForged: body.forge === true,
})

/** `{lose?: [topic…] | true, copies?, reverse?, forge?}`: tells what has happened since the last time. */
async function tell(state: State, body: Fields): Promise<object> {
  const { now } = state.shop
  const happened = eventsBetween(state.shop, state.toldUntil, now)
  const events = [...happened, ...state.extra.splice(0)]
  state.toldUntil = now
  const lost = body.lose === true ? null : Array.isArray(body.lose) ? body.lose : []
  const kept = events.filter(({ topic }) => lost !== null && !lost.includes(topic))
  const delivered = await deliver(kept, state.webhooks.subscriptions, mannerOf(body))
  return { happened: events.length, delivered }
}

/** `{uri, topic, customer_id?}`: customers/data_request, customers/redact, shop/redact. */
async function compliance(state: State, body: Fields): Promise<object> {
  const topic = text(body, 'topic')
  if (!['customers/data_request', 'customers/redact', 'shop/redact'].includes(topic)) {
    throw new ControlError('No compliance topic')
  }
  const shop = { shop_id: 61_000_000_001, shop_domain: SHOP_DOMAIN }
  const at = state.shop.now
  if (topic === 'shop/redact') return deliverTo(text(body, 'uri'), { at, topic, body: shop })
  const id = idOf(body, 'customer_id')
  const known = state.shop.customers().find(({ life }) => life.person.id === id)
  if (known === undefined) throw new ControlError('No such customer')
  const { person } = known.life
  const customer = { id, email: person.email, phone: null }
  const orders = known.orders.map((order) => order.id)
  if (topic === 'customers/redact') state.shop.redact(id)
  const list =
    topic === 'customers/redact' ? { orders_to_redact: orders } : { orders_requested: orders }
  return deliverTo(text(body, 'uri'), { at, topic, body: { ...shop, customer, ...list } })
}

function app(state: State, body: Fields): void {
  const { data_level: level, plan, shop_status: status } = body
  if (level === 0 || level === 1 || level === 2) state.dataLevel = level
  if (typeof plan === 'string') {
    if (!Object.hasOwn(PLANS, plan))
      throw new ControlError(`Plans are ${Object.keys(PLANS).join(', ')}`)
    state.bucket.plan = plan as Plan
  }
  if (status !== undefined) state.shopStatus = typeof status === 'number' ? status : null
}

/** What can be done to the shop and the app from outside. */
export const actionsOf = (state: State): Vendor['actions'] => ({
  /** `{scopes?}`: tokens without the page on which a merchant installs the app. */
  grant: (body) => {
    const scopes = typeof body.scopes === 'string' ? body.scopes.split(',') : SCOPES
    state.installation.install()
    return state.installation.issue(scopes, true)
  },
  /** The merchant removes the app: tokens die, subscriptions end. `{tell: false}` says nothing. */
  uninstall: async (body) => {
    const at = state.shop.now
    const event = {
      at,
      topic: 'app/uninstalled',
      body: { id: 61_000_000_001, domain: SHOP_DOMAIN },
    }
    const { subscriptions } = state.webhooks
    state.installation.uninstall()
    state.webhooks.clear()
    const silent = body.tell === false
    return { delivered: silent ? [] : await deliver([event], subscriptions, mannerOf(body)) }
  },
  /** `{data_level?, plan?, shop_status?}` */
  app: (body) => app(state, body),
  /** The bucket is empty, as after others of the same app. */
  drain: () => state.bucket.drain(),
  /** `{error_code}`: TIMEOUT, INTERNAL_SERVER_ERROR */
  fail_next_bulk: (body) => state.bulk.failNext(text(body, 'error_code')),
  /** `{order_id}` */
  delete_order: (body) => {
    const id = idOf(body, 'order_id')
    state.shop.delete(id)
    state.extra.push({ at: state.shop.now, topic: 'orders/delete', body: { id } })
  },
  /** `{order_id}` */
  edit_order: (body) => state.shop.edit(idOf(body, 'order_id')),
  webhooks: (body) => tell(state, body),
  compliance: (body) => compliance(state, body),
})
