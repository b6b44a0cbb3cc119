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
      payment_fees: 2.5,
      contribution_margin: null,
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
      romi_margin: null,
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
      'contribution_margin',
      'romi_margin',
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
      { campaign_name: 'Summer Sale', revenue: 60, cost: 60, romi: 0, orders: 1, customers: 1 },
      // A2 came without a campaign
      { campaign_name: '(not set)', revenue: 50, cost: 0, romi: 0, orders: 1, customers: 1 },
      // A4, less R2, did not come from anywhere
      { campaign_name: null, revenue: 25, cost: 0, romi: 0, orders: 1, customers: 0 },
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

  test('a refund of an order belongs where the order does, on either basis', async ({ assert }) => {
    const of = async (dimension: string, basis: string) => {
      const { data } = await readKpi(project, {
        date_from: '2024-02-01',
        metrics: ['refunds'],
        group_by: dimension,
        refund_basis: basis,
        order_by: [{ metric: 'refunds', dir: 'desc' }],
        limit: 1,
      })
      return data[0]
    }
    // R1 itself names no country, no link and no customer; A1 has all of them.
    assert.deepEqual(await of('channel', 'refund_date'), { channel: 'Paid Search', refunds: 30 })
    assert.deepEqual(await of('country', 'refund_date'), { country: 'DE', refunds: 35 })
    assert.deepEqual(await of('customer_type', 'refund_date'), {
      customer_type: 'new',
      refunds: 30,
    })
    assert.deepEqual(await of('customer_type', 'order_date'), {
      customer_type: 'returning',
      refunds: 5,
    })
  })

  test('new and returning customers, and those nobody knows', async ({ assert }) => {
    const { data, totals } = await readKpi(project, {
      metrics: ['revenue', 'orders', 'customers'],
      group_by: 'customer_type',
    })
    assert.deepEqual(data, [
      { customer_type: 'new', revenue: 110, orders: 2, customers: 2 },
      { customer_type: 'returning', revenue: 75, orders: 1, customers: 1 },
      { customer_type: null, revenue: 30, orders: 1, customers: 0 },
    ])
    assert.deepEqual(totals, { revenue: 215, orders: 4, customers: 2 })
  })

  test('claims of platforms stand beside each other and are not added up', async ({ assert }) => {
    const { data, totals, meta } = await readKpi(project, {
      metrics: ['platform_conversions', 'platform_roas', 'cost'],
      group_by: 'source_type',
    })
    assert.deepEqual(data, [
      { source_type: 'ads_a', platform_conversions: 2, platform_roas: 100 / 60, cost: 60 },
      { source_type: 'ads_b', platform_conversions: 1, platform_roas: 70 / 25, cost: 25 },
      { source_type: 'shop', platform_conversions: 0, platform_roas: null, cost: 0 },
    ])
    assert.deepEqual(totals, { platform_conversions: null, platform_roas: null, cost: 85 })
    assert.match(meta.nulls.platform_conversions ?? '', /never added up/)
  })

  test('filters choose rows, and totals follow them', async ({ assert }) => {
    const revenueWhere = async (dimension: string, op: string, values?: string[]) => {
      const filter = { dimension, op, ...(values && { values }) }
      return (await readKpi(project, { metrics: ['revenue'], filters: [filter] })).totals.revenue
    }
    assert.equal(await revenueWhere('country', 'is', ['DE']), 105) // A1 60 + A2 50 + A8 0 − R2 5
    assert.equal(await revenueWhere('country', 'is_not', ['DE']), 110) // A3 80 + A4 30
    assert.equal(await revenueWhere('country', 'in', ['FR', '']), 110)
    assert.equal(await revenueWhere('country', 'not_in', ['DE', 'FR']), 30)
    assert.equal(await revenueWhere('country', 'is_null'), 30)
    assert.equal(await revenueWhere('country', 'is_not_null'), 185)
    assert.equal(await revenueWhere('source', 'contains', ['GOO', 'letter']), 190)
    assert.equal(await revenueWhere('source', 'not_contains', ['goo']), 105)
    assert.equal(await revenueWhere('source', 'starts_with', ['News']), 80)
    assert.equal(await revenueWhere('campaign_name', 'is', ['SUMMER sale!']), 60)
    assert.equal(await revenueWhere('product', 'is', ['p2']), 90)
    assert.equal(await revenueWhere('coupon', 'is', ['SPRING']), 80)
    assert.equal(await revenueWhere('country', 'is', ["'; DROP TABLE order_facts --"]), 0)
  })

  test('spend lies in paid channels, even where the account tells no medium', async ({
    assert,
  }) => {
    const { data } = await readKpi(project, {
      metrics: ['cost', 'revenue', 'roas'],
      group_by: 'channel',
      order_by: [{ metric: 'cost' }],
    })
    assert.deepEqual(data, [
      { channel: 'Paid Search', cost: 60, revenue: 60, roas: 1 },
      { channel: 'Paid Social', cost: 25, revenue: 0, roas: 0 },
      { channel: 'Email', cost: 0, revenue: 80, roas: null },
      { channel: 'Organic Search', cost: 0, revenue: 50, roas: null },
      { channel: null, cost: 0, revenue: 25, roas: null },
    ])
  })
})
