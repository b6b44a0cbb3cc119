import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import { CURSOR_LIFETIME_MS } from '../../answer/cursor.ts'
import type { KpiReport } from '../../schemas.ts'
import { askKpi, readKpi } from '../helpers/report.ts'
import { seedLines, seedShop, shopSettings } from '../helpers/shop.ts'

const codeOf = (body: unknown) => (body as { code: string }).code

test.group('KPI report, pages and comparisons', (group) => {
  useDatabases(group, { clickhouse: true })
  let shop: Awaited<ReturnType<typeof makeProject>>
  group.setup(async () => {
    shop = await makeProject()
    await seedShop(shop.id)
  })

  test('pages go on from each other; ties stand by name, unknown last', async ({ assert }) => {
    const request = { metrics: ['shipping', 'cost'], group_by: 'channel', limit: 2 }
    const pages: KpiReport[] = []
    let cursor: string | null = null
    do {
      const page: KpiReport = await readKpi(shop, { ...request, ...(cursor && { cursor }) })
      pages.push(page)
      cursor = page.next_cursor
    } while (cursor)
    assert.deepEqual(
      pages.map(({ data }) => data.map(({ channel }) => channel)),
      [['Paid Search', 'Email'], ['Organic Search', 'Paid Social'], [null]]
    )
    for (const { totals } of pages) assert.deepEqual(totals, { shipping: 5, cost: 85 })
  })

  test('a cursor stays with the data of its first page', async ({ assert }) => {
    const project = await makeProject()
    await seedShop(project.id)
    const request = { metrics: ['orders'], group_by: 'country', limit: 1 }
    const first = await readKpi(project, request)
    const another = {
      orderId: 'L1',
      type: 'sale' as const,
      at: '2024-01-05T12:00:00Z',
      quantity: '1',
    }
    const price = { amount: '9', currency: 'EUR' }
    await seedLines(project.id, [{ ...another, lineNumber: 1, unitPrice: price, country: 'FR' }])
    const second = await readKpi(project, { ...request, cursor: first.next_cursor })
    assert.deepEqual(first.data, [{ country: 'DE', orders: 2 }])
    assert.deepEqual(second.data, [{ country: 'FR', orders: 1 }])
    assert.equal(second.meta.commit, first.meta.commit)
    const fresh = await readKpi(project, request)
    assert.deepEqual(fresh.totals, { orders: 5 })
  })

  test('a cursor expires, and belongs to its own report', async ({ assert }) => {
    const request = { metrics: ['orders'], group_by: 'country', limit: 1 }
    const { next_cursor: cursor } = await readKpi(shop, request)
    const position = JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString()) as { at: number }
    const old = { ...position, at: position.at - CURSOR_LIFETIME_MS - 1000 }
    const expired = await askKpi(shop, {
      ...request,
      cursor: Buffer.from(JSON.stringify(old)).toString('base64url'),
    })
    assert.equal(expired.status, 409)
    assert.equal(codeOf(expired.body), 'cursor_expired')
    const other = await askKpi(shop, { ...request, metrics: ['revenue'], cursor })
    assert.equal(other.status, 422)
  })

  test('with the previous period: the same groups, dates by their place', async ({ assert }) => {
    const { data, comparison } = await readKpi(shop, {
      date_from: '2024-02-01',
      metrics: ['revenue', 'orders', 'aov'],
      group_by: ['date', 'country'],
      granularity: 'month',
      compare: 'previous_period',
      order_by: [{ dimension: 'country', dir: 'asc' }],
    })
    assert.deepEqual(data, [
      { date: '2024-02-01', country: 'DE', revenue: -5, orders: 0, aov: null },
      { date: '2024-02-01', country: 'FR', revenue: 80, orders: 1, aov: 80 },
      // A7, which counts in no money
      { date: '2024-02-01', country: 'US', revenue: 0, orders: 0, aov: null },
      { date: '2024-02-01', country: null, revenue: 30, orders: 1, aov: 30 },
    ])
    assert.deepInclude(comparison, { date_from: '2024-01-03', date_to: '2024-01-31' })
    assert.deepEqual(comparison?.totals, { revenue: 110, orders: 2, aov: 55 })
    assert.deepEqual(comparison?.data, [
      { date: '2024-01-03', country: 'DE', revenue: 110, orders: 2, aov: 55 },
      { date: '2024-01-03', country: 'FR', revenue: 0, orders: 0, aov: null },
      { date: '2024-01-03', country: 'US', revenue: 0, orders: 0, aov: null },
      { date: '2024-01-03', country: null, revenue: 0, orders: 0, aov: null },
    ])
  })

  test('campaigns are compared under any of their spellings', async ({ assert }) => {
    const { data, comparison } = await readKpi(shop, {
      date_from: '2024-01-11',
      date_to: '2024-01-11',
      metrics: ['cost', 'revenue'],
      group_by: 'campaign_name',
      compare: 'previous_period',
    })
    assert.deepEqual(data, [{ campaign_name: 'Summer Sale', cost: 20, revenue: 0 }])
    assert.deepEqual(comparison?.data, [{ campaign_name: 'Summer Sale', cost: 40, revenue: 60 }])
  })

  test('a month without a counterpart has no figures there', async ({ assert }) => {
    const { data, comparison } = await readKpi(shop, {
      date_from: '2024-01-31',
      date_to: '2024-02-20',
      metrics: ['cost'],
      group_by: 'date',
      granularity: 'month',
      compare: 'previous_period', // 10 to 30 January: one month
    })
    assert.deepEqual(data, [{ date: '2024-02-01', cost: 25 }])
    assert.deepEqual(comparison?.data, [{ date: null, cost: null }])
    assert.deepEqual(comparison?.totals, { cost: 60 })
  })

  test('days are those of the project’s time zone', async ({ assert }) => {
    const project = await makeProject({ timezone: 'Asia/Tokyo' })
    const late = { orderId: '1', type: 'sale' as const, at: '2024-01-31T15:00:00Z', quantity: '1' }
    const price = { amount: '9', currency: 'EUR' }
    const settings = { ...shopSettings, timezone: 'Asia/Tokyo' }
    await seedLines(project.id, [{ ...late, lineNumber: 1, unitPrice: price }], settings)
    const { data } = await readKpi(project, { metrics: ['revenue'], group_by: 'date' })
    assert.deepEqual(data, [{ date: '2024-02-01', revenue: 9 }])
  })
})
