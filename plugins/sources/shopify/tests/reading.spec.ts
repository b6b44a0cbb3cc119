import { test } from '@japa/runner'
import type { OrderRow } from '../src/orders/rows.ts'
import { connect, rowsOf } from './connected.ts'
import { lineItem, orderRow, ordersOf, refundLine, refundRow, visit } from './made_up.ts'

const RECENTLY = '2026-11-18T00:00:00Z'

test.group('Increments, page by page', () => {
  test('every order comes whole, oldest update first, and only once', async ({ assert }) => {
    const { shop, read } = connect()
    shop.orders = ordersOf(60).reverse()
    const pages = await read('orders', RECENTLY)
    assert.deepEqual(rowsOf(pages), shop.orders.toReversed())
    assert.lengthOf(pages, 3)
    assert.isNull(pages.at(-1)?.next)
  })

  test('a read goes on where it stopped, whatever page that was', async ({ assert }) => {
    const { shop, read } = connect()
    shop.orders = ordersOf(60)
    const all = rowsOf(await read('orders', RECENTLY))
    for (const done of [1, 2]) {
      const before = await read('orders', RECENTLY, null, done)
      const after = await read('orders', RECENTLY, before.at(-1)?.next)
      assert.deepEqual([...rowsOf(before), ...rowsOf(after)], all)
    }
  })

  // apis/shopify.md, traps: nested `lineItems(first:50)` can truncate: ask its `pageInfo`.
  test('long lists inside an order are read to their end', async ({ assert }) => {
    const { shop, read } = connect()
    const lines = Array.from({ length: 230 }, () => lineItem())
    const refunded = lines.map((line) => refundLine(line, { subtotal: '50.0' }))
    const visits = Array.from({ length: 130 }, (_, n) =>
      visit({ occurredAt: new Date(Date.parse('2026-10-20T00:00:00Z') + n * 60_000).toISOString() })
    )
    shop.orders = [
      orderRow({
        updatedAt: '2026-11-19T00:00:00Z',
        lineItems: lines,
        refunds: [refundRow('0.0', []), refundRow('11500.0', refunded)],
        journey: { ready: true, visits, lastVisit: visits.at(-1) ?? null },
      }),
    ]
    assert.deepEqual(rowsOf(await read('orders', RECENTLY)), shop.orders)
  })

  // apis/shopify.md, limits: MAX_COST_EXCEEDED → smaller page.
  test('a query that costs too much is asked in smaller pages', async ({ assert }) => {
    const { shop, read } = connect()
    shop.orders = ordersOf(30)
    shop.affordableOrders = 7
    const pages = await read('orders', RECENTLY)
    assert.deepEqual(rowsOf(pages), shop.orders)
    assert.isBelow(pages[0]?.rows.length ?? 0, 8)
  })

  test('what changes while it is read comes with the next run', async ({ assert }) => {
    const { shop, read } = connect()
    shop.orders = ordersOf(60)
    const [first] = await read('orders', RECENTLY, null, 1)
    const changed = shop.orders[40]
    // Behind the end of this read, though it still stands in the vendor's list.
    if (changed) changed.updatedAt = '2026-11-20T10:00:30Z'
    const rest = rowsOf<OrderRow>(await read('orders', RECENTLY, first?.next))
    const times = rest.map(({ updatedAt }) => updatedAt)
    assert.deepEqual(times, times.toSorted())
    assert.notInclude(
      rest.map(({ id }) => id),
      changed?.id ?? ''
    )
  })

  // apis/shopify.md, traps: without `read_all_orders` history silently stops at 60 days.
  test('a first read says where history is cut off, an increment and full access do not', async ({
    assert,
  }) => {
    const { shop, read, log } = connect()
    shop.orders = ordersOf(30)
    const told = async (since: string | null) =>
      new Set((await read('orders', since)).map(({ historyFrom }) => historyFrom))
    assert.deepEqual(await told(null), new Set([undefined]))
    shop.scopes = shop.scopes.filter((scope) => scope !== 'read_all_orders')
    const [from, ...others] = await told(null)
    assert.equal(from?.slice(0, 10), '2026-09-21')
    assert.isEmpty(others)
    assert.isTrue(log.some((line) => line.includes('2026-09-21')))
    assert.deepEqual(await told(RECENTLY), new Set([undefined]))
    // All that there ever was lies within what is shown.
    shop.createdAt = '2026-10-01T00:00:00Z'
    assert.deepEqual(await told(null), new Set([undefined]))
  })

  test('a shop without orders is read, and empty', async ({ assert }) => {
    const { read } = connect()
    assert.deepEqual(await read('orders'), [{ rows: [], next: null }])
    assert.deepEqual(rowsOf(await read('orders', RECENTLY)), [])
  })

  test('customers and variants come in pages, too', async ({ assert }) => {
    const { shop, read } = connect()
    shop.customers = Array.from({ length: 120 }, (_, n) => ({
      id: `gid://shopify/Customer/${n + 1}`,
      legacyResourceId: String(n + 1),
      createdAt: '2026-01-01T00:00:00Z',
      updatedAt: new Date(Date.parse('2026-10-01T00:00:00Z') + n * 1000).toISOString(),
      tags: ['vip'],
      defaultEmailAddress: { emailAddress: `c${n}@example.com` },
      defaultPhoneNumber: null,
      defaultAddress: { countryCodeV2: 'DE' },
    }))
    shop.variants = Array.from({ length: 120 }, (_, n) => ({
      id: `gid://shopify/ProductVariant/${n + 1}`,
      legacyResourceId: String(n + 1),
      title: `No. ${n}`,
      sku: null,
      price: '12.50',
      updatedAt: '2026-10-01T00:00:00Z',
      // The first product has more variants than come with it.
      product: {
        id: `gid://shopify/Product/${n < 60 ? 1 : 2 + n}`,
        title: 'Mug',
        vendor: 'Mugs',
        productType: 'Kitchen',
      },
      inventoryItem: {
        updatedAt: '2026-10-02T00:00:00Z',
        unitCost: { amount: '4.5', currencyCode: 'EUR' },
      },
      currency: 'EUR',
    }))
    assert.deepEqual(rowsOf(await read('customers')), shop.customers)
    assert.deepEqual(rowsOf(await read('products')), shop.variants)
  })

  test('without personal data nothing of it is asked for', async ({ assert }) => {
    const { shop, read } = connect({ personal_data: false })
    shop.orders = ordersOf(1)
    const [row] = rowsOf<OrderRow>(await read('orders', RECENTLY))
    assert.notProperty(row, 'email')
    for (const { query } of shop.asked) assert.notMatch(query, /email|phone/i)
  })
})
