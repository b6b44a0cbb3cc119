import type { OrderLine } from '@analyticaflow/sdk'

/**
 * What the warehouse has to show, written as plainly as possible: files by name, in the order of
 * their last import. Amounts are whole cents here, so that nothing rounds.
 */
export interface Files {
  order: string[]
  lines: Map<string, OrderLine[]>
}

export interface ExpectedFact {
  id: string
  kind: 'order' | 'refund'
  date: string
  cents: number
  refunded: number
  customer: string
  counted: boolean
  is_new: boolean
}

const cents = (line: OrderLine) =>
  Math.round(Number(line.quantity) * Number(line.unitPrice.amount) * 100)
const dayOf = (line: OrderLine) => line.at.slice(0, 10)

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item])
  return groups
}

/** Documents of the file that was imported last among those that know their number. */
function winners(files: Files, type: OrderLine['type']): OrderLine[][] {
  const found = new Map<string, OrderLine[]>()
  for (const name of files.order) {
    const own = (files.lines.get(name) ?? []).filter((line) => line.type === type)
    for (const [id, lines] of groupBy(own, (line) => line.orderId)) found.set(id, lines)
  }
  return [...found.values()]
}

const earliest = (lines: readonly OrderLine[]) =>
  [...lines].sort((a, b) => a.at.localeCompare(b.at) || a.lineNumber - b.lineNumber)

type Fact = ReturnType<typeof fact>

/** Refunded cents by the order they belong to. */
function refundedByOrder(refunds: OrderLine[][], orderIds: Set<string>): Map<string, number> {
  const refunded = new Map<string, number>()
  for (const lines of refunds) {
    const of = lines[0]?.refundOf ?? ''
    const sum = Math.abs(lines.reduce((total, line) => total + cents(line), 0))
    if (orderIds.has(of)) refunded.set(of, (refunded.get(of) ?? 0) + sum)
  }
  return refunded
}

/** A refund that does not say whose it is is of its order's customer. */
function customerOf(refund: Fact, refunds: OrderLine[][], orders: readonly Fact[]): string {
  const of = refunds.find((lines) => lines[0]?.orderId === refund.id)?.[0]?.refundOf
  return refund.customer || (orders.find(({ id }) => id === of)?.customer ?? '')
}

/** The first order that counts, by customer. */
function firstOrders(orders: readonly Fact[]): Map<string, Fact> {
  const firsts = new Map<string, Fact>()
  for (const order of orders.filter(({ counted, customer }) => counted && customer !== '')) {
    const known = firsts.get(order.customer)
    if (!known || order.at < known.at) firsts.set(order.customer, order)
  }
  return firsts
}

/** Every order and refund as it has to stand. */
export function expectedFacts(files: Files): ExpectedFact[] {
  const orderLines = winners(files, 'sale')
  const refundLines = winners(files, 'refund')
  const orderIds = new Set(orderLines.flatMap(([line]) => (line ? [line.orderId] : [])))
  const refunded = refundedByOrder(refundLines, orderIds)
  const orders = orderLines.map((lines) => fact('order', lines, refunded))
  const refunds = refundLines
    .map((lines) => fact('refund', lines, refunded))
    .map((refund) => ({ ...refund, customer: customerOf(refund, refundLines, orders) }))
  const firsts = firstOrders(orders)
  return [...orders, ...refunds].map(({ at: _at, ...rest }) => ({
    ...rest,
    is_new: rest.kind === 'order' && firsts.get(rest.customer)?.id === rest.id,
  }))
}

function fact(kind: 'order' | 'refund', lines: OrderLine[], refundedOf: Map<string, number>) {
  const sorted = earliest(lines)
  const first = sorted[0]
  if (!first) throw new Error('a document has lines')
  const sum = lines.reduce((total, line) => total + cents(line), 0)
  return {
    id: first.orderId,
    kind,
    date: dayOf(first),
    at: first.at,
    cents: kind === 'order' ? sum : 0,
    refunded: kind === 'order' ? (refundedOf.get(first.orderId) ?? 0) : Math.abs(sum),
    customer: sorted.find((line) => line.customerId)?.customerId ?? '',
    counted: kind === 'order' && sum !== 0,
    is_new: false,
  }
}
