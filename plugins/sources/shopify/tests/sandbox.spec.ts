import { type Canonical, type Context, type Tagged } from '@analyticaflow/sdk'
import { startSandbox, type Sandbox } from '@analyticaflow/sandbox'
import { test } from '@japa/runner'
import type { Config } from '../src/config.ts'
import source from '../src/index.ts'
import { factsOf } from '../src/orders/map.ts'
import type { OrderRow } from '../src/orders/rows.ts'
import { orders } from '../src/streams/orders.ts'
import { connectTo, control } from './sandbox_shop.ts'

/** What is true of an order in the sandbox, amounts in cents. */
interface OrderTruth {
  id: string
  at: string
  is_test: boolean
  is_cancelled: boolean
  customer_id: string | null
  net_cents: number
  tax_cents: number
  shipping_cents: number
  total_cents: number
  fee_cents: number
  refunds: { id: string; at: string; total_cents: number; net_cents: number }[]
}

/** What both sides are brought to. */
type Figures = OrderTruth

const cents = (money: { amount: string } | null | undefined) =>
  Math.round(Number(money?.amount ?? 0) * 100)

function truthOf(order: OrderTruth): Figures {
  const { id, at, is_test, is_cancelled, customer_id } = order
  const { net_cents, tax_cents, shipping_cents, total_cents, fee_cents } = order
  const refunds = (is_test ? [] : order.refunds).map((refund) => ({
    id: refund.id,
    at: refund.at,
    total_cents: refund.total_cents,
    net_cents: refund.net_cents,
  }))
  return {
    id,
    at,
    is_test,
    is_cancelled,
    customer_id,
    net_cents,
    tax_cents,
    shipping_cents,
    total_cents,
    fee_cents,
    refunds,
  }
}

function figuresOf(order: Canonical['order'], refunds: Canonical['refund'][]): Figures {
  return {
    id: order.externalId,
    at: order.at,
    is_test: order.isTest ?? false,
    is_cancelled: order.isCancelled ?? false,
    customer_id: order.customerId ?? null,
    net_cents: cents(order.revenue),
    tax_cents: cents(order.tax),
    shipping_cents: cents(order.shipping),
    total_cents: cents(order.total),
    fee_cents: cents(order.fees),
    refunds: refunds.map(({ externalId, at, amount, lines }) => ({
      id: externalId,
      at,
      total_cents: cents(amount),
      net_cents: (lines ?? []).reduce((sum, line) => sum + cents(line.amount), 0),
    })),
  }
}

type Fact = Tagged<'order' | 'refund' | 'touchpoint'>

/** Orders by their id, with their refunds, as the latest rows say. */
function known(rows: OrderRow[]): Map<string, Figures> {
  const latest = new Map(rows.map((row) => [row.legacyResourceId, row]))
  const figures = [...latest.values()].map((row) => {
    const facts: Fact[] = factsOf(row)
    const refunds = facts.flatMap((fact) => (fact.kind === 'refund' ? [fact.row] : []))
    const [order] = facts.flatMap((fact) => (fact.kind === 'order' ? [fact.row] : []))
    if (order === undefined) throw new Error('A row without an order')
    return figuresOf(order, refunds)
  })
  return new Map(figures.map((each) => [each.id, each]))
}

async function truth(sandbox: Sandbox): Promise<Map<string, Figures>> {
  const answer = await control(sandbox, 'truth/shopify/orders?from=2026-01-01&to=2027-01-01')
  const list = (
    Array.isArray(answer) ? answer : (answer as { orders: unknown }).orders
  ) as OrderTruth[]
  return new Map(list.map((order) => [order.id, truthOf(order)]))
}

async function readOrders(context: Context<typeof Config>, since: string | null) {
  if (orders.kind !== 'entity') throw new Error('Not an entity')
  const rows: OrderRow[] = []
  for await (const page of orders.def.read(context, { since }, null)) {
    rows.push(...(page.rows as OrderRow[]))
  }
  return rows
}

test.group('Against a double that knows the truth', (group) => {
  let sandbox: Sandbox
  group.setup(async () => {
    sandbox = await startSandbox({
      from: '2026-10-15',
      now: '2026-11-05T12:00:00Z',
      peoplePerDay: 14,
    })
  })
  group.teardown(() => sandbox.close())

  test('history, then what has happened since: every amount to the cent', async ({ assert }) => {
    const context = await connectTo(sandbox)
    await source.check(context)
    const history = await readOrders(context, null)
    assert.deepEqual(known(history), await truth(sandbox))
    assert.isTrue(history.some(({ refunds }) => refunds.length > 0))

    await control(sandbox, 'clock', { advance_seconds: 3 * 86_400 })
    // The token lived an hour; the core would have renewed it.
    const later = await connectTo(sandbox)
    const since = history.at(-1)?.updatedAt ?? null
    const faults = [
      { vendor: 'shopify', kind: 'rate_limit', skip: 1 },
      { vendor: 'shopify', kind: 'unavailable', skip: 2 },
    ]
    for (const fault of faults) await control(sandbox, 'faults', fault)
    const increment = await readOrders(later, since)
    assert.deepEqual(known([...history, ...increment]), await truth(sandbox))
    assert.isAbove(increment.length, 0)
    assert.isBelow(increment.length, history.length)

    // Read again from the beginning it says the same, restatements of the days in between included.
    assert.deepEqual(known(await readOrders(later, null)), await truth(sandbox))
  }).timeout(240_000)
})
