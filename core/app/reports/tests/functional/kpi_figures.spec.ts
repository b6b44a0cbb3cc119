import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { makeProject, type TestAccount } from '#tests/factories'
import { metricKeys } from '../../catalogue/metrics.ts'
import { readKpi } from '../helpers/report.ts'
import { seedShop } from '../helpers/shop.ts'

test.group('KPI report, figures', (group) => {
  useDatabases(group, { clickhouse: true })
  let project: { id: string; owner: TestAccount }
  group.setup(async () => {
    project = await makeProject()
    await seedShop(project.id)
  })

  test('every metric, worked out by hand', async ({ assert }) => {
    const { data, totals, meta } = await readKpi(project, { metrics: metricKeys })
    const expected = {
      gross_sales: 280, // 100 + 50 + 80 + 30 + 20
      discounts: 30, // 10 + 20
      refunds: 35, // 30 + 5
      revenue: 215, // 280 − 30 − 35
      refund_rate: 35 / 280,
      tax: 28, // 18 + 10
      shipping: 5,
      total_sales: 248, // 215 + 28 + 5
      cogs: null,
      gross_profit: null,
      orders: 4, // A1–A4: A5 cancelled, A6 a test, A7 in dollars, A8 zero
      transactions: 4,
      cancelled_orders: 1,
      aov: 53.75, // 215 ÷ 4
      customers: 2, // anna, bob
      customers_known: 5, // and carl, dora, eve
      new_customers: 2,
      returning_customers: 0,
      repeat_rate: 0.5, // anna
      unconverted: 1, // A7
      cost: 85, // 40 + 20 + 25
      impressions: 2500,
      clicks: 65,
      ctr: 65 / 2500,
      cpc: 85 / 65,
      cpm: 34, // 1000 × 85 ÷ 2500
      romi: (215 - 85) / 85,
      roas: 60 / 85, // A1 is of Paid Search: 100 − 10 − 30
      roas_blended: 215 / 85,
      drr: 85 / 215,
      cpa: 85, // A1
      cac: 42.5, // anna, bob
      ncac: 85, // anna
      platform_conversions: null,
      platform_revenue: null,
      platform_roas: null,
    }
    assert.deepEqual(totals, expected)
    assert.deepEqual(data, [expected])
    assert.sameMembers(Object.keys(meta.nulls), [
      'cogs',
      'gross_profit',
      'platform_conversions',
      'platform_revenue',
      'platform_roas',
    ])
  })

  test('by month: distinct customers of each, totals of the whole', async ({ assert }) => {
    const metrics = [
      'revenue',
      'refunds',
      'orders',
      'customers',
      'new_customers',
      'returning_customers',
    ]
    const { data, totals } = await readKpi(project, {
      metrics,
      group_by: 'date',
      granularity: 'month',
    })
    assert.deepEqual(data, [
      // 150 − 10 − 30
      {
        date: '2024-01-01',
        revenue: 110,
        refunds: 30,
        orders: 2,
        customers: 2,
        new_customers: 2,
        returning_customers: 0,
      },
      // 130 − 20 − 5; anna came back
      {
        date: '2024-02-01',
        revenue: 105,
        refunds: 5,
        orders: 2,
        customers: 1,
        new_customers: 0,
        returning_customers: 1,
      },
    ])
    assert.deepEqual(totals, {
      revenue: 215,
      refunds: 35,
      orders: 4,
      customers: 2,
      new_customers: 2,
      returning_customers: 0,
    })
  })

  test('a refund counts on its own day by refund_date', async ({ assert }) => {
    const { data, totals } = await readKpi(project, {
      metrics: ['revenue', 'refunds'],
      group_by: 'date',
      granularity: 'month',
      refund_basis: 'refund_date',
    })
    assert.deepEqual(data, [
      { date: '2024-01-01', revenue: 140, refunds: 0 },
      { date: '2024-02-01', revenue: 75, refunds: 35 },
    ])
    assert.deepEqual(totals, { revenue: 215, refunds: 35 })
  })

  test('campaigns of platforms and of links meet by their cleaned names', async ({ assert }) => {
    const { data, totals } = await readKpi(project, {
      metrics: ['revenue', 'cost', 'romi', 'orders', 'customers'],
      group_by: 'campaign_name',
      order_by: [{ metric: 'revenue', dir: 'desc' }],
    })
    assert.deepEqual(data, [
      { campaign_name: 'news', revenue: 80, cost: 0, romi: 0, orders: 1, customers: 1 },
      // A2 and A4, less R2
      { campaign_name: null, revenue: 75, cost: 0, romi: 0, orders: 2, customers: 1 },
      { campaign_name: 'Summer Sale', revenue: 60, cost: 60, romi: 0, orders: 1, customers: 1 },
      { campaign_name: 'Winter | Promo', revenue: 0, cost: 25, romi: -1, orders: 0, customers: 0 },
    ])
    assert.deepEqual(totals, { revenue: 215, cost: 85, romi: 130 / 85, orders: 4, customers: 2 })
  })

  test('products share their orders, and what no product has is unattributed', async ({
    assert,
  }) => {
    const { data, totals } = await readKpi(project, {
      metrics: ['revenue', 'gross_sales', 'refunds', 'orders', 'customers'],
      group_by: 'product',
      order_by: [{ dimension: 'product', dir: 'asc' }],
    })
    assert.deepEqual(data, [
      {
        product: 'p1',
        product_name: 'Name of p1',
        revenue: 100,
        gross_sales: 110,
        refunds: 0,
        orders: 2,
        customers: 2,
      },
      {
        product: 'p2',
        product_name: 'Name of p2',
        revenue: 90,
        gross_sales: 120,
        refunds: 30,
        orders: 2,
        customers: 1,
      },
      {
        product: 'p3',
        product_name: 'Name of p3',
        revenue: 30,
        gross_sales: 50,
        refunds: 0,
        orders: 1,
        customers: 0,
      },
      {
        product: null,
        product_name: null,
        revenue: -5,
        gross_sales: 0,
        refunds: 5,
        orders: 0,
        customers: 0,
      },
    ])
    assert.deepEqual(totals, {
      revenue: 215,
      gross_sales: 280,
      refunds: 35,
      orders: 4,
      customers: 2,
    })
  })
})
