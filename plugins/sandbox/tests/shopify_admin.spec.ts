import { test } from '@japa/runner'
import { Admin, AUTUMN, cents, MONEY, type OrderTruth } from './admin.ts'
import { useSandbox } from './support.ts'

const DAY = "updated_at:>='2026-11-01T00:00:00Z' AND updated_at:<'2026-11-04T00:00:00Z'"
const AMOUNTS = `totalPriceSet${MONEY} subtotalPriceSet${MONEY} totalDiscountsSet${MONEY} totalTaxSet${MONEY} totalShippingPriceSet${MONEY} totalRefundedSet${MONEY}`
interface Node {
  id: string
  createdAt: string
  updatedAt: string
  test: boolean
  cancelledAt: string | null
  taxesIncluded: boolean
  displayFinancialStatus: string
  refunds: { id: string }[]
  transactions: { kind: string; fees: { amount: { amount: string } }[] }[]
  customer: { id: string } | null
}

type Amount = { shopMoney: { amount: string } }

/** An order as the API shows it, and as it is true. */
const seenOf = (node: Node) => {
  const amount = (name: string) =>
    cents((node as unknown as Record<string, Amount>)[name]?.shopMoney.amount ?? '')
  const fees = node.transactions.flatMap((transaction) => transaction.fees)
  return {
    total: amount('totalPriceSet'),
    subtotal: amount('subtotalPriceSet'),
    tax: amount('totalTaxSet'),
    shipping: amount('totalShippingPriceSet'),
    discounts: amount('totalDiscountsSet'),
    refunded: amount('totalRefundedSet'),
    fees: fees.reduce((sum, fee) => sum + cents(fee.amount.amount), 0),
    isTest: node.test,
    isCancelled: node.cancelledAt !== null,
    isPaid: node.displayFinancialStatus !== 'PENDING',
    customer: node.customer?.id.split('/').at(-1) ?? null,
  }
}

const toldOf = (order?: OrderTruth) =>
  order && {
    total: order.total_cents,
    subtotal: order.lines_cents - order.discounts_cents,
    tax: order.tax_cents,
    shipping: order.shipping_cents,
    discounts: order.discounts_cents,
    refunded: order.refunds.reduce((sum, refund) => sum + refund.total_cents, 0),
    fees: order.fee_cents,
    isTest: order.is_test,
    isCancelled: order.is_cancelled,
    isPaid: order.is_paid,
    customer: order.customer_id,
  }

test.group('Shopify answers', (group) => {
  const bench = useSandbox(group, AUTUMN)
  let admin: Admin
  group.each.setup(() => {
    admin = new Admin(bench.current)
  })
  const truthOf = async (range = 'from=2026-10-01'): Promise<Map<string, OrderTruth>> => {
    const orders: OrderTruth[] = await bench.current.control(`truth/shopify/orders?${range}`)
    return new Map(orders.map((order) => [`gid://shopify/Order/${order.id}`, order]))
  }
  const pages = async (fields: string, query: string, size: number): Promise<Node[]> => {
    const nodes: Node[] = []
    let after: string | null = null
    for (;;) {
      const { orders } = await admin.data(
        `query($n:Int! $c:String $q:String){orders(first:$n after:$c sortKey:UPDATED_AT query:$q){pageInfo{hasNextPage endCursor} nodes{${fields}}}}`,
        { n: size, c: after, q: query }
      )
      nodes.push(...orders.nodes)
      if (!orders.pageInfo.hasNextPage) return nodes
      after = orders.pageInfo.endCursor
    }
  }

  test('every amount of every order is the truth, to the cent', async ({ assert }) => {
    const truth = await truthOf()
    const fields = `id test cancelledAt taxesIncluded displayFinancialStatus customer{id} transactions{kind fees{amount{amount}}} ${AMOUNTS}`
    const nodes = await pages(fields, "created_at:>='2026-09-30T22:00:00Z'", 50)
    assert.sameMembers(
      nodes.map(({ id }) => id),
      [...truth.keys()]
    )
    for (const node of nodes) assert.deepEqual(seenOf(node), toldOf(truth.get(node.id)))
  })

  test('pages by cursor hold each order once, in the order of their change', async ({ assert }) => {
    const one = await pages('id updatedAt', DAY, 250)
    const many = await pages('id updatedAt', DAY, 7)
    assert.isAbove(many.length, 14)
    assert.deepEqual(many, one)
    const times = many.map(({ updatedAt }) => updatedAt)
    assert.deepEqual(times, times.toSorted())
    assert.isTrue(times.every((at) => at >= '2026-11-01' && at < '2026-11-04'))
  })

  test('a refund, a payment and an edit move an order; the parts of a refund add up', async ({
    assert,
  }) => {
    const nodes = await pages('id createdAt updatedAt refunds{id}', 'created_at:>=2026-09-20', 250)
    const moved = nodes.filter(({ createdAt, updatedAt }) => createdAt !== updatedAt)
    assert.isTrue(moved.some(({ refunds }) => refunds.length > 0))
    const { order } = await admin.data(
      `query($id:ID!){order(id:$id){taxesIncluded refunds(first:5){totalRefundedSet${MONEY} refundShippingLines(first:5){nodes{subtotalAmountSet${MONEY}}} refundLineItems(first:50){nodes{quantity subtotalSet${MONEY} totalTaxSet${MONEY} lineItem{id title}}}}}}`,
      { id: moved.find(({ refunds }) => refunds.length > 0)?.id }
    )
    const [refund] = order.refunds
    const total = (list: Record<string, { shopMoney: { amount: string } }>[], name: string) =>
      list.reduce((sum, item) => sum + cents(item[name]?.shopMoney.amount ?? ''), 0)
    const goods = total(refund.refundLineItems.nodes, 'subtotalSet')
    const tax = order.taxesIncluded ? 0 : total(refund.refundLineItems.nodes, 'totalTaxSet')
    const shipping = total(refund.refundShippingLines.nodes, 'subtotalAmountSet')
    assert.equal(cents(refund.totalRefundedSet.shopMoney.amount), goods + tax + shipping)
    const [{ id } = assert.fail('no order')] = nodes
    await bench.current.control('shopify/edit_order', { order_id: id })
    const { order: edited } = await admin.data('query($id:ID!){order(id:$id){updatedAt edited}}', {
      id,
    })
    assert.deepEqual(edited, { updatedAt: AUTUMN.now, edited: true })
  })

  test('codes are discounts of the order: sums of lines hold them only where asked', async ({
    assert,
  }) => {
    const { orders } = await admin.data(
      `{orders(first:1 query:"discount_code:WELCOME10"){nodes{discountCodes totalDiscountsSet${MONEY} lineItems(first:50){nodes{originalTotalSet${MONEY} plain:discountedTotalSet${MONEY} coded:discountedTotalSet(withCodeDiscounts:true)${MONEY} discountAllocations{allocatedAmountSet${MONEY}}}}}}}`
    )
    const [order] = orders.nodes
    assert.deepEqual(order.discountCodes, ['WELCOME10'])
    let allocated = 0
    for (const line of order.lineItems.nodes) {
      const [allocation] = line.discountAllocations
      const full = cents(line.originalTotalSet.shopMoney.amount)
      assert.equal(cents(line.plain.shopMoney.amount), full)
      const part = cents(allocation.allocatedAmountSet.shopMoney.amount)
      assert.equal(cents(line.coded.shopMoney.amount), full - part)
      allocated += part
    }
    assert.equal(cents(order.totalDiscountsSet.shopMoney.amount), allocated)
  })

  test('visits before an order come later than the order, and carry its campaign', async ({
    assert,
  }) => {
    const query = (id: string) =>
      admin.data(
        'query($id:ID!){order(id:$id){customerJourneySummary{ready customerOrderIndex daysToConversion momentsCount{count} firstVisit{source} lastVisit{occurredAt landingPage source utmParameters{source medium campaign}} moments(first:50){nodes{occurredAt ... on CustomerVisit{landingPage}}}}}}',
        { id }
      )
    const truth = await truthOf()
    const web = [...truth.entries()].filter(([, { channel }]) => channel === 'web')
    const [newest, { at }] = web.at(-5) ?? assert.fail('no order')
    await bench.current.control('clock', { now: new Date(Date.parse(at) + 60_000).toISOString() })
    const early = (await query(newest)).order.customerJourneySummary
    assert.containSubset(early, {
      ready: false,
      firstVisit: null,
      lastVisit: null,
      momentsCount: null,
    })
    await bench.current.control('clock', { now: AUTUMN.now })
    await admin.grant()
    const late = (await query(newest)).order.customerJourneySummary
    assert.isTrue(late.ready)
    assert.equal(late.moments.nodes.length, late.momentsCount.count)
    assert.equal(late.moments.nodes.at(-1).landingPage, late.lastVisit.landingPage)
    assert.isBelow(Date.parse(late.lastVisit.occurredAt), Date.parse(at))
    const utm = new URL(late.lastVisit.landingPage).searchParams.get('utm_campaign')
    assert.equal(late.lastVisit.utmParameters?.campaign ?? null, utm)
    const [counter] = [...truth.entries()].find(([, { channel }]) => channel === 'pos') ?? []
    assert.isNull((await query(counter ?? '')).order.customerJourneySummary)
  })

  test('customers, products with their costs, and the shop', async ({ assert }) => {
    const { customers } = await admin.data(
      '{customers(first:5 sortKey:UPDATED_AT reverse:true){nodes{id numberOfOrders defaultEmailAddress{emailAddress} createdAt}}}'
    )
    assert.lengthOf(customers.nodes, 5)
    assert.isString(customers.nodes[0].numberOfOrders)
    assert.match(customers.nodes[0].defaultEmailAddress.emailAddress, /@mail\.example$/)
    const { products } = await admin.data(
      '{products(first:50){nodes{id title status variants(first:10){nodes{id sku price inventoryItem{id unitCost{amount currencyCode}}}}}}}'
    )
    const costs = products.nodes.flatMap(({ variants }: { variants: { nodes: object[] } }) =>
      variants.nodes.map(
        (variant) =>
          (variant as { inventoryItem: { unitCost: object | null } }).inventoryItem.unitCost
      )
    )
    assert.includeDeepMembers(costs, [null, { amount: '3.1', currencyCode: 'EUR' }])
    const { shop } = await admin.data(
      '{shop{currencyCode ianaTimezone myshopifyDomain plan{publicDisplayName}}}'
    )
    assert.deepEqual(shop, {
      currencyCode: 'EUR',
      ianaTimezone: 'Europe/Berlin',
      myshopifyDomain: 'harbour-coffee.myshopify.com',
      plan: { publicDisplayName: 'Standard' },
    })
  })

  test('a deleted order is gone and leaves no trace in lists', async ({ assert }) => {
    const [first] = (await pages('id', DAY, 250)) as { id: string }[]
    await bench.current.control('shopify/delete_order', { order_id: first?.id })
    assert.isNull((await admin.data('query($id:ID!){order(id:$id){id}}', { id: first?.id })).order)
    assert.isFalse((await truthOf()).has(first?.id ?? ''))
  })

  test('a retired version falls forward, one that never was is not found', async ({ assert }) => {
    const version = async (asked: string) => {
      const { status, headers } = await admin.ask('{shop{name}}', {}, asked)
      return [status, headers.get('x-shopify-api-version')]
    }
    assert.deepEqual(await version('2026-10'), [200, '2026-10'])
    assert.deepEqual(await version('2025-01'), [200, '2026-01'])
    assert.deepEqual(await version('2027-01'), [404, null])
    assert.deepEqual(await version('2026-11'), [404, null])
    assert.equal(
      (await bench.current.ask('/other.myshopify.com/admin/api/2026-10/graphql.json')).status,
      404
    )
  })
})
