import { ControlError } from '../vendor.ts'
import { dateOf, dayOf, isoOf } from './calendar.ts'
import { effectOf } from './incrementality.ts'
import { amountsOf } from './money.ts'
import type { Order, Refund, Visit } from './types.ts'
import type { World } from './world.ts'

type Days = { from: number; to: number }

function daysOf(query: URLSearchParams, world: World, today: number): Days {
  const day = (name: string, fallback: number) => {
    const text = query.get(name)
    if (text === null) return fallback
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return dayOf(text)
    throw new ControlError(`${name} has to be a date`)
  }
  return { from: day('from', world.firstDay), to: Math.min(day('to', today), today) }
}

const isIn = (world: World, { from, to }: Days, at: number): boolean => {
  const day = world.zone.dayAt(at)
  return day >= from && day <= to
}

const refundTruth = (order: Order, refund: Refund) => ({
  id: String(refund.id),
  at: isoOf(refund.at),
  total_cents: refund.totalCents,
  tax_cents: refund.lines.reduce((sum, line) => sum + line.taxCents, 0),
  shipping_cents: refund.shippingCents,
  /** What the goods had brought: without tax and shipping. */
  net_cents: refund.lines.reduce(
    (sum, line) => sum + line.subtotalCents - (order.areTaxesIncluded ? line.taxCents : 0),
    0
  ),
})

const lineTruth = (order: Order) =>
  order.lines.map((line) => ({
    id: String(line.id),
    product_id: String(line.product.id),
    variant_id: String(line.variant.id),
    sku: line.variant.sku,
    quantity: line.quantity,
    unit_cents: line.unitCents,
    discount_cents: line.discountCents,
    tax_cents: line.taxCents,
    unit_cost_cents: line.variant.costCents,
  }))

function orderTruth(world: World, order: Order, now: number) {
  const amounts = amountsOf(order)
  return {
    id: String(order.id),
    name: `#${order.number}`,
    at: isoOf(order.at),
    date: dateOf(world.zone.dayAt(order.at)),
    customer_id: order.person === null ? null : String(order.person.id),
    is_first_of_customer: order.person !== null && order.ordinal === 0,
    country: order.country,
    channel: order.channel,
    is_test: order.isTest,
    is_paid: order.paidAt <= now,
    is_cancelled: order.cancelledAt !== null && order.cancelledAt <= now,
    are_taxes_included: order.areTaxesIncluded,
    lines_cents: amounts.linesCents,
    discounts_cents: amounts.discountsCents,
    tax_cents: amounts.taxCents,
    shipping_cents: amounts.shippingCents,
    total_cents: amounts.totalCents,
    net_cents: amounts.netCents,
    fee_cents: order.paidAt <= now ? order.feeCents : 0,
    lines: lineTruth(order),
    refunds: order.refunds
      .filter(({ at }) => at <= now)
      .map((refund) => refundTruth(order, refund)),
  }
}

const visitTruth = (clientId: string, personId: number, visit: Visit) => ({
  at: isoOf(visit.at),
  client_id: clientId,
  person_id: String(personId),
  source: visit.source,
  medium: visit.medium,
  campaign: visit.campaign,
  campaign_id: visit.campaignId === null ? null : String(visit.campaignId),
  landing_page: visit.landingPage,
  referrer: visit.referrer,
})

function* orders(world: World, days: Days, now: number): Generator {
  for (const order of world.reach(days.to).orders) {
    if (order.at <= now && isIn(world, days, order.at)) yield orderTruth(world, order, now)
  }
}

function* visits(world: World, days: Days, now: number): Generator {
  for (let day = days.from; day <= days.to; day += 1) {
    for (const { person, visit } of world.visitsOn(day)) {
      const device = person.devices[visit.deviceIndex]
      if (visit.at <= now) yield visitTruth(device?.clientId ?? '', person.id, visit)
    }
  }
}

function* customers(world: World, now: number): Generator {
  for (const { person, orders: own } of world.lives) {
    const known = own.filter(({ at }) => at <= now)
    if (known.length === 0) continue
    yield {
      id: String(person.id),
      email: person.email,
      country: person.country,
      orders: known.map(({ id }) => String(id)),
    }
  }
}

function effects(world: World, days: Days, query: URLSearchParams): unknown {
  const wanted = query.get('campaign')
  const campaigns = world.campaigns.filter(({ id }) => wanted === null || String(id) === wanted)
  if (campaigns.length === 0) throw new ControlError('No such campaign')
  return campaigns.map(({ id }) => {
    const { name, orders: count, netCents } = effectOf(world, id, days)
    return { campaign_id: String(id), name, orders: count, net_cents: netCents }
  })
}

/** What is true in the shop at a moment, whoever asks: `?from&to` are days of the shop. */
export function shopTruth(
  world: World,
  now: number
): Record<string, (query: URLSearchParams) => unknown> {
  const today = world.zone.dayAt(now)
  world.reach(today)
  return {
    orders: (query) => orders(world, daysOf(query, world, today), now),
    visits: (query) => visits(world, daysOf(query, world, today), now),
    customers: () => customers(world, now),
    /** Each campaign's orders and net sales with it and, had it never run, without it. */
    incrementality: (query) => effects(world, daysOf(query, world, today), query),
  }
}
