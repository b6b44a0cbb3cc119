import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { test } from '@japa/runner'
import type { BulkPage } from '@analyticaflow/sdk'
import { onlineRetail, realFile } from './online_retail.ts'
import { bytesOf, contextOf, importFile, pagesOf, type Imported } from './support.ts'

const thousandths = (text: string): bigint => {
  const [whole = '', fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(3, '0'))
}

const sum = (values: bigint[]): bigint => values.reduce((total, value) => total + value, 0n)

test.group('Online Retail, the real file', (group) => {
  let imported: Imported
  let rows: Record<string, string>[]
  let plain: Buffer
  group.setup(async () => {
    const packed = readFileSync(realFile)
    plain = gunzipSync(packed)
    imported = await importFile(onlineRetail, packed)
    rows = imported.rows('order_line')
  })

  test('every row is loaded, skipped or rejected', ({ assert }) => {
    assert.deepEqual(
      [imported.read, rows.length, imported.skipped, imported.rejected.length],
      [541_909, 541_906, 3, 0]
    )
  })

  test('refunds and sales are those that the file itself tells', ({ assert }) => {
    // Counted without a CSV parser: only the description, in the middle, holds commas or quotes.
    const lines = plain.toString('utf8').trimEnd().split('\n').slice(1)
    const amount = (line: string) => {
      const cells = line.trimEnd().split(',')
      return BigInt(cells.at(-5) ?? '') * thousandths(cells.at(-3) ?? '')
    }
    const refunds = lines.filter((line) => line.startsWith('C'))
    const sales = lines.filter((line) => !/^[CA]/.test(line))
    for (const [type, expected] of [
      ['refund', refunds],
      ['sale', sales],
    ] as const) {
      const found = rows.filter((row) => row.line_type === type)
      const amounts = found.map(
        (row) => BigInt(row.quantity ?? '') * thousandths(row.unit_price ?? '')
      )
      assert.lengthOf(found, expected.length)
      assert.equal(sum(amounts), sum(expected.map(amount)))
    }
    assert.equal(sum(refunds.map(amount)), -896_812_490n)
    assert.equal(sum(sales.map(amount)), 10_655_622_484n)
  })

  test('orders, customers and times come out as published', ({ assert }) => {
    const sales = rows.filter((row) => row.line_type === 'sale')
    assert.equal(new Set(sales.map((row) => row.order_id)).size, 22_061)
    const customers = new Set(rows.map((row) => row.customer_id))
    customers.delete('')
    assert.equal(customers.size, 4372)
    assert.equal(rows[0]?.ordered_at, String(Date.UTC(2010, 11, 1, 8, 26) / 1000) + '.000')
    assert.isUndefined(rows.find((row) => row.currency !== 'GBP'))
    // London is an hour ahead of UTC in summer.
    const lastOrder = rows.findLast((row) => row.payload?.includes('"2011-07-01 '))
    const [, clock = ''] = /"2011-07-01 (\d\d:\d\d)/.exec(lastOrder?.payload ?? '') ?? []
    assert.equal(lastOrder?.ordered_at, `${Date.parse(`2011-07-01T${clock}:00+01:00`) / 1000}.000`)
  })

  test('the payload of every line is the record of the file', ({ assert }) => {
    const found = rows.find((row) => row.product_name?.includes('"') === true)
    assert.isDefined(found)
    for (const row of [rows[0], rows.at(-1), found]) {
      const cells = JSON.parse(row?.payload ?? '') as string[]
      assert.deepEqual(
        [cells[0], cells[1], cells[2], cells[3], cells[5]],
        [row?.order_id, row?.product_id, row?.product_name, row?.quantity, row?.unit_price]
      )
    }
  })

  test('a run taken up at a page writes the same bytes as one that never stopped', async ({
    assert,
  }) => {
    const whole = bytesOf(imported.pages, 'order_line')
    for (const stop of [0, 14, imported.pages.length - 2]) {
      const done = imported.pages.slice(0, stop + 1)
      const position = JSON.parse(JSON.stringify(done.at(-1)?.next)) as BulkPage['next']
      const rest: BulkPage[] = []
      for await (const page of pagesOf(contextOf(onlineRetail, plain), position)) rest.push(page)
      assert.isTrue(bytesOf([...done, ...rest], 'order_line').equals(whole), `page ${stop}`)
    }
  })

  test('progress never goes backwards and ends at the rows of the file', ({ assert }) => {
    const totals = imported.pages.map((page) => page.total)
    assert.isTrue(totals.slice(0, -1).every((total) => total !== undefined && total > 18_000))
    assert.isNull(imported.pages.at(-1)?.next)
  })
})
