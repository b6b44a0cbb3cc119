/** What happens in the shop and may be told by webhook. Bodies are those of the old REST API. */
import { localIso } from '../world/calendar.ts'
import { amountsOf, decimal } from '../world/money.ts'
import type { Order, Refund } from '../world/types.ts'
import { CURRENCY } from '../world/world.ts'
import type { KnownOrder, Shop } from './shop.ts'
import { gid } from './views/money.ts'

export interface ShopEvent {
  at: number
  topic: string
  body: object
}

function lineBody({ lines }: Order): object[] {
  return lines.map((line) => ({
    id: line.id,
    admin_graphql_api_id: gid('LineItem', line.id),
    product_id: line.product.id,
    variant_id: line.variant.id,
    sku: line.variant.sku,
    title: line.product.title,
    quantity: line.quantity,
    price: decimal(line.unitCents),
    total_discount: '0.00',
  }))
}

export function orderBody({ order, updatedAt }: KnownOrder, shop: Shop): object {
  const { zone } = shop.world
  const amounts = amountsOf(order)
  const { cancelledAt } = order
  const isCancelled = cancelledAt !== null && cancelledAt <= shop.now
  return {
    id: order.id,
    admin_graphql_api_id: gid('Order', order.id),
    name: `#${order.number}`,
    order_number: order.number,
    created_at: localIso(zone, order.at),
    processed_at: localIso(zone, order.at),
    updated_at: localIso(zone, updatedAt),
    cancelled_at: isCancelled ? localIso(zone, cancelledAt) : null,
    currency: CURRENCY,
    test: order.isTest,
    taxes_included: order.areTaxesIncluded,
    total_price: decimal(amounts.totalCents),
    subtotal_price: decimal(amounts.linesCents - amounts.discountsCents),
    total_tax: decimal(amounts.taxCents),
    total_discounts: decimal(amounts.discountsCents),
    financial_status: order.paidAt <= shop.now ? 'paid' : 'pending',
    source_name: order.channel,
    email: order.person?.email ?? '',
    customer: order.person === null ? null : { id: order.person.id, email: order.person.email },
    line_items: lineBody(order),
  }
}

const refundBody = (order: Order, refund: Refund, shop: Shop): object => ({
  id: refund.id,
  admin_graphql_api_id: gid('Refund', refund.id),
  order_id: order.id,
  created_at: localIso(shop.world.zone, refund.at),
  processed_at: localIso(shop.world.zone, refund.at),
  refund_line_items: refund.lines.map(({ lineIndex, quantity, subtotalCents, taxCents }) => ({
    id: refund.id * 10 + lineIndex,
    line_item_id: order.lines[lineIndex]?.id,
    quantity,
    subtotal: Number(decimal(subtotalCents)),
    total_tax: Number(decimal(taxCents)),
  })),
})

function eventsOf(known: KnownOrder, shop: Shop): ShopEvent[] {
  const { order } = known
  const body = orderBody(known, shop)
  const events: ShopEvent[] = [{ at: order.at, topic: 'orders/create', body }]
  if (order.paidAt > order.at) events.push({ at: order.paidAt, topic: 'orders/updated', body })
  for (const refund of order.refunds) {
    events.push({ at: refund.at, topic: 'refunds/create', body: refundBody(order, refund, shop) })
    events.push({ at: refund.at, topic: 'orders/updated', body })
  }
  if (order.cancelledAt !== null) {
    events.push({ at: order.cancelledAt, topic: 'orders/cancelled', body })
  }
  return events
}

/** Everything that happened after one moment and not after another, in its order. */
export function eventsBetween(shop: Shop, since: number, until: number): ShopEvent[] {
  return shop
    .orders()
    .filter(({ updatedAt }) => updatedAt > since)
    .flatMap((known) => eventsOf(known, shop))
    .filter(({ at }) => at > since && at <= until)
    .toSorted((left, right) => left.at - right.at)
}
