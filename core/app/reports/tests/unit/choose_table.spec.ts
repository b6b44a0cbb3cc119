import { test } from '@japa/runner'
import { dimensions, findDimension } from '../../catalogue/dimensions.ts'
import { findMetric, metrics, partsOf } from '../../catalogue/metrics.ts'
import { partOf } from '../../catalogue/parts.ts'
import type { Dimension, Metric } from '../../catalogue/types.ts'
import { chooseTable, refusal } from '../../plan/choose_table.ts'

const dimension = (key: string): Dimension => {
  const found = findDimension(key)
  if (!found) throw new Error(`no dimension ${key}`)
  return found
}
const metric = (key: string): Metric => {
  const found = findMetric(key)
  if (!found) throw new Error(`no metric ${key}`)
  return found
}

test.group('Which table a part is read from', () => {
  test('{part} by {by}: {table}')
    .with([
      { part: 'gross', by: '', table: 'kpi' },
      { part: 'gross', by: 'date,country', table: 'kpi' },
      { part: 'gross', by: 'date,country,channel', table: 'credits' },
      { part: 'gross', by: 'customer_type,keyword', table: 'credits' },
      { part: 'gross', by: 'product,campaign_name', table: 'credited_items' },
      { part: 'paid_gross', by: '', table: 'credits' },
      { part: 'paid_gross', by: 'product', table: undefined },
      { part: 'cancelled_orders', by: 'channel', table: undefined },
      { part: 'unconverted', by: 'channel', table: undefined },
      { part: 'cost', by: 'keyword', table: undefined },
      { part: 'gross', by: 'coupon', table: 'orders' },
      { part: 'gross', by: 'country,product', table: 'items' },
      { part: 'gross', by: 'ad', table: 'credits' },
      { part: 'gross', by: 'ad_group', table: undefined },
      { part: 'orders', by: 'customer_type', table: 'orders' },
      { part: 'orders', by: 'product_name', table: 'items' },
      { part: 'customers', by: 'date', table: 'orders' },
      { part: 'customers', by: 'product', table: 'items' },
      { part: 'tax', by: 'coupon', table: 'orders' },
      { part: 'tax', by: 'product', table: undefined },
      { part: 'cost', by: 'campaign_name,ad', table: 'kpi' },
      { part: 'cost', by: 'product', table: undefined },
      { part: 'cost', by: 'customer_type', table: undefined },
      { part: 'unconverted', by: 'ad_group', table: 'kpi' },
    ])
    .run(({ assert }, { part, by, table }) => {
      const used = by.split(',').filter(Boolean).map(dimension)
      assert.equal(chooseTable(partOf(part), used), table)
    })

  test('what is allowed by each of two dimensions is allowed by both', ({ assert }) => {
    for (const one of metrics) {
      const allowed = dimensions.filter((candidate) => refusal(one, candidate) === undefined)
      for (const first of allowed) {
        for (const second of allowed) {
          const parts = partsOf(one).map((key) => chooseTable(partOf(key), [first, second]))
          assert.isFalse(
            parts.some((table) => table === undefined),
            `${one.key} by ${first.key} and ${second.key}`
          )
        }
      }
    }
  })
})

test.group('What has no meaning', () => {
  test('{metric} by {by}: {why}')
    .with([
      { metric: 'cost', by: 'product', why: /not recorded/ },
      { metric: 'romi', by: 'coupon', why: /not recorded/ },
      { metric: 'revenue', by: 'ad_group', why: /do not tell the ad group/ },
      { metric: 'customers_known', by: 'channel', why: /no model credits it/ },
      { metric: 'romi', by: 'keyword', why: /not recorded/ },
      { metric: 'shipping', by: 'product', why: /as a whole/ },
      { metric: 'aov', by: 'product_name', why: /part of each order/ },
      { metric: 'romi', by: 'source_type', why: /different sources/ },
      { metric: 'cac', by: 'integration_id', why: /different sources/ },
    ])
    .run(({ assert }, { metric: key, by, why }) => {
      assert.match(refusal(metric(key), dimension(by)) ?? '', why)
    })

  test('{metric} by {by} has')
    .with([
      { metric: 'romi', by: 'campaign_name' },
      { metric: 'romi', by: 'date' },
      { metric: 'cost', by: 'source_type' },
      { metric: 'revenue', by: 'product' },
      { metric: 'cpc', by: 'ad' },
      { metric: 'new_customers', by: 'channel' },
    ])
    .run(({ assert }, { metric: key, by }) => {
      assert.isUndefined(refusal(metric(key), dimension(by)))
    })
})
