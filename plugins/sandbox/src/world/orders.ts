import {
  discountOf,
  hasTaxInside,
  linesOf,
  OWN_CURRENCY,
  PRESENTMENT,
  shippingOf,
} from './basket.ts'
import { DAY } from './calendar.ts'
import { amountsOf, fullPrice } from './money.ts'
import { chance, exponential, mix, poisson, unit } from './random.ts'
import type { Line, Order, Person, Refund, Visit } from './types.ts'

const JOURNEY_DAYS = 30
const WALK_IN = 17

/** Part of a line's amount for some of its pieces; the last piece takes what rounding left. */
const share = (cents: number, pieces: number, quantity: number): number =>
  pieces === quantity ? cents : Math.floor((cents * pieces) / quantity)

function refundOf(order: Order, at: number, kept: (index: number) => number): Refund {
  const lines = order.lines.flatMap((line: Line, lineIndex) => {
    const quantity = kept(lineIndex)
    if (quantity === 0) return []
    const paid = fullPrice(line) - line.discountCents
    return [
      {
        lineIndex,
        quantity,
        subtotalCents: share(paid, quantity, line.quantity),
        taxCents: share(line.taxCents, quantity, line.quantity),
      },
    ]
  })
  const isWhole = order.lines.every(({ quantity }, index) => kept(index) === quantity)
  const shippingCents = isWhole ? order.shippingCents : 0
  const onTop = order.areTaxesIncluded ? 0 : 1
  const goods = lines.reduce((sum, line) => sum + line.subtotalCents + onTop * line.taxCents, 0)
  return { id: 0, at, lines, shippingCents, totalCents: goods + shippingCents }
}

/** Sent back whole, or one thing of it, days after; or called off before it left. */
function endOf(state: number, order: Order): Pick<Order, 'cancelledAt' | 'refunds'> {
  const isPaidAtOnce = order.paidAt === order.at
  if (order.channel === 'web' && isPaidAtOnce && unit(state, 301) < 0.018) {
    const at = Math.round(order.at + 1800 + exponential(state, 302, DAY / 3))
    return { cancelledAt: at, refunds: [refundOf(order, at, (i) => order.lines[i]?.quantity ?? 0)] }
  }
  if (unit(state, 303) >= 0.075) return { cancelledAt: null, refunds: [] }
  const at = Math.round(order.paidAt + 3 * DAY + exponential(state, 304, 9 * DAY))
  const isWhole = unit(state, 305) < 0.45
  const one = Math.floor(unit(state, 306) * order.lines.length)
  const kept = (index: number) =>
    isWhole ? (order.lines[index]?.quantity ?? 0) : index === one ? 1 : 0
  return { cancelledAt: null, refunds: [refundOf(order, at, kept)] }
}

interface Start {
  at: number
  person: Person | null
  ordinal: number
  channel: Order['channel']
  country: string
  journey: Visit[]
  deviceIndex: number
}

function orderOf(state: number, start: Start): Order {
  const { at, country } = start
  const discount = start.channel === 'web' ? discountOf(state, start.ordinal === 0) : null
  const lines = linesOf(state, country, discount)
  const isLate = start.channel === 'web' && unit(state, 310) < 0.05
  const order: Order = {
    ...start,
    number: 0,
    id: 0,
    isTest: unit(state, 311) < 0.003,
    areTaxesIncluded: hasTaxInside(country),
    discountCode: discount?.code ?? null,
    lines,
    shippingCents: start.channel === 'web' ? shippingOf(country, lines) : 0,
    presentment: PRESENTMENT[country] ?? OWN_CURRENCY,
    paidAt: isLate ? at + Math.round((0.5 + 2.5 * unit(state, 312)) * DAY) : at,
    feeCents: 0,
    cancelledAt: null,
    refunds: [],
    journeyReadyAt: at + 600 + Math.floor(unit(state, 313) * 5400),
  }
  const { totalCents } = amountsOf(order)
  const feeCents = isLate ? 0 : Math.round(totalCents * 0.019) + 25
  return { ...order, feeCents, ...endOf(state, order) }
}

/** An order that closes a search for something to buy. */
export function orderAfter(
  state: number,
  person: Person,
  visits: readonly Visit[],
  ordinal: number
): Order | null {
  const last = visits.at(-1)
  if (last === undefined) return null
  const at = last.at + 180 + Math.floor(unit(state, 320) * 1500)
  const journey = visits.filter(
    (visit) => visit.deviceIndex === last.deviceIndex && visit.at >= at - JOURNEY_DAYS * DAY
  )
  const { country } = person
  const { deviceIndex } = last
  return orderOf(state, { at, person, ordinal, channel: 'web', country, journey, deviceIndex })
}

/** Sales at the counter of the roastery: no visit, mostly nobody known. */
export function counterOrders(seed: number, day: number, dayStart: number, mean: number): Order[] {
  const state = chance(seed, WALK_IN, day)
  return Array.from({ length: poisson(state, 1, mean) }, (_, index) => {
    const own = mix(state, 100 + index)
    const at = dayStart + 9 * 3600 + Math.floor(unit(own, 2) * 9 * 3600)
    const start = { at, person: null, ordinal: 0, country: 'DE', journey: [], deviceIndex: 0 }
    return orderOf(own, { ...start, channel: 'pos' })
  })
}
