import { readFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { test } from '@japa/runner'
import { api } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import { runIntegration } from '../../run_integration.ts'
import { rows } from '#warehouse/public'

const FILE = new URL(
  '../../../../../plugins/sources/csv/tests/data/online-retail.csv.gz',
  import.meta.url
)

const spec = {
  kind: 'order_lines',
  name: 'Online Retail',
  columns: {
    order_id: 'InvoiceNo',
    ordered_at: 'InvoiceDate',
    product_id: 'StockCode',
    product_name: 'Description',
    quantity: 'Quantity',
    unit_price: 'UnitPrice',
    customer_id: 'CustomerID',
    country: 'Country',
  },
  constants: { currency: 'GBP' },
  timezone: 'Europe/London',
  rules: [
    { when: { column: 'InvoiceNo', starts_with: 'C' }, as: 'refund' },
    { when: { column: 'InvoiceNo', starts_with: 'A' }, as: 'skip' },
  ],
}

const metrics = ['gross_sales', 'refunds', 'orders', 'customers', 'customers_known']

test.group('the real file, imported again', (group) => {
  useDatabases(group, { clickhouse: true })

  test('a changed and a dropped line move the totals by just that; the original restores them', async ({
    assert,
  }) => {
    const { id, owner } = await makeProject({ currency: 'GBP', timezone: 'Europe/London' })
    const call = api(owner)
    const original = gunzipSync(readFileSync(FILE)).toString('utf8')

    const importFile = async (content: string) => {
      const raw = new FormData()
      raw.append('spec', JSON.stringify(spec))
      raw.append('file', new Blob([gzipSync(content, { level: 1 })]), 'online-retail.csv.gz')
      const path = `/projects/${id}/imports`
      const { body } = await call.post<{ data: { id: string; run_id: string } }>(path, undefined, {
        raw,
      })
      await runIntegration(body.data.run_id, new AbortController().signal)
      return (await call.get<{ data: Record<string, unknown> }>(`${path}/${body.data.id}`)).body
        .data
    }
    const totals = async () => {
      const { body } = await call.post<{ totals: Record<string, number> }>(
        `/projects/${id}/reports/kpi`,
        {
          date_from: '2010-12-01',
          date_to: '2011-12-31',
          metrics,
        }
      )
      return body.totals
    }
    const versions = async () =>
      Number((await rows<{ n: string }>('SELECT count() AS n FROM order_line_log'))[0]?.n)

    const first = await importFile(original)
    assert.deepInclude(first, {
      status: 'done',
      rows_read: 541_909,
      rows_loaded: 541_906,
      rows_skipped: 3,
      rows_rejected: 0,
    })
    const before = await totals()
    assert.deepEqual(before, {
      gross_sales: 10_655_622.484,
      refunds: 896_812.49,
      orders: 19_959,
      customers: 4338,
      customers_known: 4372,
    })

    // Line 2 is 6 pieces at 2.55; two more of them, and line 4 (8 at 2.75) gone: + 5.10 − 22.00.
    const lines = original.split('\n')
    assert.include(lines[1], ',6,2010-12-01 08:26:00,2.55,')
    assert.include(lines[3], ',8,2010-12-01 08:26:00,2.75,')
    lines[1] = (lines[1] ?? '').replace(',6,', ',8,')
    lines.splice(3, 1)
    const written = await versions()
    const second = await importFile(lines.join('\n'))
    assert.deepInclude(second, { status: 'done', rows_read: 541_908, rows_loaded: 541_905 })
    assert.deepEqual(await totals(), {
      ...before,
      gross_sales: 10_655_605.584,
    })
    // The changed line is a new fact and a tombstone, the dropped one a tombstone: three rows of half a million.
    assert.equal((await versions()) - written, 3)

    await importFile(original)
    assert.deepEqual(await totals(), before)
  }).timeout(180_000)
})
