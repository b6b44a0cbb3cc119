import { SourceError } from '@analyticaflow/sdk'
import { test } from '@japa/runner'
import { entriesOf } from '../src/bulk/entries.ts'
import type { OrderRow } from '../src/orders/rows.ts'
import { connect, rowsOf } from './connected.ts'
import { ordersOf } from './made_up.ts'

const LONG_AGO = '2026-06-01T00:00:00Z'
const halfYear = (count: number) => ordersOf(count, LONG_AGO, (170 * 86_400_000) / count)

const idsOf = (rows: OrderRow[]) => rows.map(({ id }) => id)

/** The error that a read ends with. */
async function failureOf(reading: Promise<unknown>): Promise<SourceError> {
  const error = await reading.then(
    () => undefined,
    (reason: unknown) => reason
  )
  if (error instanceof SourceError) return error
  throw new Error('It did not fail', { cause: error })
}

test.group('History, by bulk operations', () => {
  // apis/shopify.md: children carry `__parentId`; do not rely on children following the parent.
  test('everything comes whole and in order, however the files are mixed up', async ({
    assert,
  }) => {
    const { shop, read } = connect()
    shop.orders = halfYear(80)
    const pages = await read('orders')
    for (const [n, row] of rowsOf<OrderRow>(pages).entries()) assert.deepEqual(row, shop.orders[n])
    assert.lengthOf(rowsOf(pages), 80)
    assert.isNull(pages.at(-1)?.next)
    assert.isAbove(shop.bulk.operations.length, 1)
  })

  test('it goes on from any position', async ({ assert }) => {
    const { shop, read } = connect()
    shop.orders = halfYear(30)
    const whole = await read('orders')
    for (const [done, { next }] of whole.slice(0, -1).entries()) {
      const rest = await read('orders', null, next)
      const rows = rowsOf<OrderRow>([...whole.slice(0, done + 1), ...rest])
      assert.deepEqual(idsOf(rows), idsOf(shop.orders), `after page ${done + 1}`)
    }
  })

  test('an operation that has been started is not started again', async ({ assert }) => {
    const { shop, read } = connect()
    shop.orders = halfYear(30)
    const [started] = await read('orders', null, null, 1)
    assert.lengthOf(shop.bulk.operations, 1)
    assert.lengthOf(await read('orders', null, started?.next, 1), 1)
    assert.lengthOf(shop.bulk.operations, 1)
  })

  test('a file larger than memory is read in lots, each order once', async ({ assert }) => {
    const { shop, context, read } = connect()
    shop.orders = halfYear(20)
    await read('orders')
    const { id, roots } = shop.bulk.largest()
    const found: string[] = []
    const sizes: number[] = []
    // As if an order were 4 MiB.
    const bytes = 4 * 1024 * 1024 * roots
    const file = { url: shop.bulk.urlOf(id), orders: roots, bytes, before: '2027-01-01T00:00:00Z' }
    for await (const entries of entriesOf(context.http, file, null)) {
      sizes.push(entries.length)
      found.push(...entries.map(({ order }) => order.id))
    }
    const expected = shop.orders.map(({ id }) => id).filter((id) => found.includes(id))
    assert.deepEqual(found, expected)
    assert.lengthOf(found, roots)
    assert.isAtMost(Math.max(...sizes), 2)
  })

  test('an operation is waited for, without a request in between', async ({ assert }) => {
    const { shop, clock, read } = connect()
    shop.orders = halfYear(3)
    shop.bulk.looks = 3
    const rows = rowsOf<OrderRow>(await read('orders'))
    assert.deepEqual(idsOf(rows), idsOf(shop.orders))
    for (const pause of clock.pauses) assert.isAtLeast(pause, 1000)
  })

  test('one that takes long ends the attempt; the next goes on with it', async ({ assert }) => {
    const { shop, read } = connect()
    shop.orders = halfYear(3)
    shop.bulk.looks = 12
    const [started] = await read('orders', null, null, 1)
    const error = await failureOf(read('orders', null, started?.next))
    assert.equal(error.code, 'rate_limited')
    assert.exists(error.detail.retryAt)
    shop.bulk.settle()
    const rows = rowsOf<OrderRow>(await read('orders', null, started?.next))
    assert.deepEqual(idsOf(rows), idsOf(shop.orders))
  })

  // apis/shopify.md: bulk `errorCode` TIMEOUT and INTERNAL_SERVER_ERROR: shorter window, retry.
  test('what is too much at once is asked for in shorter spans', async ({ assert }) => {
    const { shop, read } = connect()
    shop.orders = halfYear(20)
    shop.bulk.endings.push(
      { status: 'FAILED', errorCode: 'TIMEOUT' },
      { status: 'FAILED', errorCode: 'INTERNAL_SERVER_ERROR' }
    )
    assert.deepEqual(idsOf(rowsOf(await read('orders'))), idsOf(shop.orders))
    const [first, second, third] = shop.bulk.operations.map(({ query }) => spanOf(query))
    assert.isBelow(second ?? 0, first ?? 0)
    assert.isBelow(third ?? 0, second ?? 0)
  })

  test('what is kept from the app fails loudly', async ({ assert }) => {
    const { shop, read } = connect()
    shop.orders = halfYear(3)
    shop.bulk.endings.push({ status: 'FAILED', errorCode: 'ACCESS_DENIED' })
    assert.equal((await failureOf(read('orders'))).code, 'auth_scope')
  })

  test('a cancelled or expired operation is run again by the next attempt', async ({ assert }) => {
    for (const status of ['CANCELED', 'EXPIRED'] as const) {
      const { shop, read } = connect()
      shop.orders = halfYear(3)
      shop.bulk.endings.push({ status })
      const [started] = await read('orders', null, null, 1)
      const [given] = await read('orders', null, started?.next, 1)
      assert.equal(
        (await failureOf(read('orders', null, started?.next))).code,
        'vendor_unavailable'
      )
      assert.deepEqual(idsOf(rowsOf(await read('orders', null, given?.next))), idsOf(shop.orders))
    }
  })

  // apis/shopify.md: up to 5 bulk queries per app and shop.
  test('where others take all places it comes back later', async ({ assert }) => {
    const { shop, read } = connect()
    shop.orders = halfYear(3)
    shop.bulk.limitReached = 1
    const error = await failureOf(read('orders'))
    assert.equal(error.code, 'rate_limited')
    assert.exists(error.detail.retryAt)
    assert.deepEqual(idsOf(rowsOf(await read('orders'))), idsOf(shop.orders))
  })

  test('a gap of weeks is read like a history, a short one in pages', async ({ assert }) => {
    const { shop, read } = connect()
    shop.orders = ordersOf(5, '2026-10-20T00:00:00Z')
    assert.deepEqual(
      idsOf(rowsOf(await read('orders', '2026-10-01T00:00:00Z'))),
      idsOf(shop.orders)
    )
    assert.isAbove(shop.bulk.operations.length, 0)
  })

  test('no position holds a link, which is as good as a password', async ({ assert }) => {
    const { shop, read } = connect()
    shop.orders = halfYear(10)
    const positions = (await read('orders')).map(({ next }) => JSON.stringify(next))
    for (const position of positions) assert.notMatch(position, /https?:|signature/)
  })
})

/** Milliseconds that the filter of an operation spans. */
function spanOf(query: string): number {
  const [from = '', to = ''] = [...query.matchAll(/'([^']+)'/g)].map(([, time]) => time)
  return Date.parse(to) - Date.parse(from)
}
