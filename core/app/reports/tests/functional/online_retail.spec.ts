import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { makeProject, type TestAccount } from '#tests/factories'
import type { KpiReport } from '../../schemas.ts'
import type { ImportState } from '../helpers/imports.ts'
import { computeGolden, importRetail, type Golden } from '../helpers/online_retail.ts'
import { readKpi } from '../helpers/report.ts'

const WHOLE = { date_from: '2010-12-01', date_to: '2011-12-31' }
const COUNTS = ['orders', 'customers', 'customers_known', 'new_customers'] as const
const METRICS = ['gross_sales', 'refunds', 'revenue', ...COUNTS]

/** An exact amount as the answer's number: the same decimal, nearest double. */
const amount = (text: string) => Number(text)
const cents = (value: unknown) => Math.round(Number(value) * 1e6) / 1e6

/** The golden figures of a group in the metrics of the report. */
function expected(group: Golden['totals']) {
  return {
    gross_sales: amount(group.gross_sales),
    refunds: amount(group.refunds),
    revenue: cents(amount(group.gross_sales) - amount(group.refunds)),
    orders: group.orders,
    customers: group.customers,
    customers_known: group.customers_known,
    new_customers: group.new_customers,
  }
}

/** Rows of a report by their group. */
function rowsBy(report: KpiReport, column: string) {
  return Object.fromEntries(
    report.data.map(({ [column]: name, ...figures }) => [
      String(name),
      { ...figures, revenue: cents(figures.revenue) },
    ])
  )
}

const allExpected = (groups: Record<string, Golden['totals']>) =>
  Object.fromEntries(Object.entries(groups).map(([name, group]) => [name, expected(group)]))

test.group('Online Retail, imported and reported', (group) => {
  useDatabases(group, { clickhouse: true })
  let project: { id: string; owner: TestAccount }
  let golden: Golden
  let state: ImportState
  group.setup(async () => {
    project = await makeProject({ currency: 'GBP', timezone: 'Europe/London' })
    state = await importRetail(project)
    golden = await computeGolden()
  })

  test('every row is accounted for', ({ assert }) => {
    assert.containSubset(state, {
      status: 'done',
      rows_read: golden.rows.read,
      rows_skipped: golden.rows.skipped,
      rows_loaded: golden.rows.read - golden.rows.skipped,
      rows_rejected: 0,
    })
    assert.equal(golden.rows.read, 541_909)
    assert.equal(golden.invoices_with_two_times, 42)
  })

  test('totals', async ({ assert }) => {
    const { totals, meta } = await readKpi(project, { ...WHOLE, metrics: METRICS })
    assert.deepEqual({ ...totals, revenue: cents(totals.revenue) }, expected(golden.totals))
    assert.containSubset(meta, {
      currency: 'GBP',
      timezone: 'Europe/London',
      coverage: {
        orders: golden.totals.orders,
        first_date: '2010-12-01',
        last_date: '2011-12-09',
      },
    })
    assert.equal(meta.freshness[0]?.source_type, 'csv')
    assert.isString(meta.freshness[0]?.published_at)
  })

  test('every month, day and country', async ({ assert }) => {
    const by = (dimension: string, more = {}) =>
      readKpi(project, { ...WHOLE, metrics: METRICS, group_by: dimension, limit: 500, ...more })
    const months = await by('date', { granularity: 'month' })
    assert.deepEqual(rowsBy(months, 'date'), allExpected(golden.months))
    assert.deepEqual(rowsBy(await by('date'), 'date'), allExpected(golden.days))
    assert.deepEqual(rowsBy(await by('country'), 'country'), allExpected(golden.countries))
  })

  test('every product, over all pages', async ({ assert }) => {
    const rows: KpiReport['data'] = []
    let cursor: string | null = null
    do {
      const page: KpiReport = await readKpi(project, {
        ...WHOLE,
        metrics: ['gross_sales', 'refunds', 'orders'],
        group_by: 'product',
        limit: 500,
        ...(cursor !== null && { cursor }),
      })
      rows.push(...page.data)
      cursor = page.next_cursor
    } while (cursor !== null)
    const found = Object.fromEntries(
      rows.map(({ product, product_name: _, ...figures }) => [String(product), figures])
    )
    const wanted = Object.fromEntries(
      Object.entries(golden.products).map(([name, { gross_sales: gross, refunds, orders }]) => [
        name,
        { gross_sales: amount(gross), refunds: amount(refunds), orders },
      ])
    )
    assert.deepEqual(found, wanted)
    const sales = rows.map(({ gross_sales: gross }) => Number(gross))
    assert.deepEqual(
      sales,
      [...sales].sort((a, b) => b - a)
    )
  })
})
