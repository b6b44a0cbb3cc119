import { test } from '@japa/runner'
import { z } from '@analyticaflow/sdk'
import { onlineRetail } from './online_retail.ts'
import { checkFailure, contextOf, fileOf, importFile } from './support.ts'
import source from '../src/index.ts'

const lines = {
  kind: 'order_lines',
  columns: { order_id: 'id', ordered_at: 'at', quantity: 'n', unit_price: 'price' },
  constants: { currency: 'EUR' },
}
const header = 'id,at,n,price,who\n'

/** Paths of what is wrong with a spec. */
function faults(spec: object): string[] {
  try {
    contextOf(spec, '')
    return []
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error
    return error.issues.map((issue) => issue.path.join('.'))
  }
}

test.group('the import spec', () => {
  test('names what a kind needs and does not know', ({ assert }) => {
    assert.deepEqual(faults(lines), [])
    assert.deepEqual(faults({ ...lines, columns: {}, constants: {} }), [
      'columns.order_id',
      'columns.ordered_at',
      'columns.quantity',
      'columns.unit_price',
      'columns.currency',
    ])
    assert.deepEqual(faults({ ...lines, columns: { ...lines.columns, price: 'p' } }), [
      'columns.price',
    ])
    assert.deepEqual(faults({ ...lines, constants: { currency: 'EUR', n: '1' } }), ['constants.n'])
    assert.deepEqual(faults({ ...lines, constants: { currency: 'EUR', order_id: '1' } }), [
      'constants.order_id',
    ])
    assert.deepEqual(faults({ ...lines, kind: 'invoices' }), ['kind'])
  })

  test('wants a currency only where there are amounts', ({ assert }) => {
    const deals = { kind: 'deals', columns: { deal_id: 'id', created_at: 'at' } }
    assert.deepEqual(faults(deals), [])
    const worth = { ...deals, columns: { ...deals.columns, amount: 'sum' } }
    assert.deepEqual(faults(worth), ['columns.currency'])
    assert.deepEqual(faults({ ...worth, constants: { currency: 'EUR' } }), [])
  })

  test('has real time zones, readable date formats and rules with one test', ({ assert }) => {
    assert.deepEqual(faults({ ...lines, timezone: 'Europe/Atlantis' }), ['timezone'])
    for (const format of ['DD/MM', 'YYYY-MM-DD hh:mm', 'YYYY-MM-MM-DD', '']) {
      assert.deepEqual(faults({ ...lines, date_format: format }), ['date_format'], format)
    }
    const rule = (when: object, as = 'skip') => ({
      ...lines,
      rules: [{ when: { column: 'id', ...when }, as }],
    })
    assert.deepEqual(faults(rule({ starts_with: 'C' })), [])
    assert.deepEqual(faults(rule({})), ['rules.0.when'])
    assert.deepEqual(faults(rule({ starts_with: 'C', equals: 'D' })), ['rules.0.when'])
    assert.deepEqual(faults(rule({ equals: 'C' }, 'delete')), ['rules.0.as'])
    const spend = { kind: 'ad_spend', columns: { date: 'd', cost: 'c', currency: 'cur' } }
    const refunds = [{ when: { column: 'd', equals: 'x' }, as: 'refund' }]
    assert.deepEqual(faults({ ...spend, rules: refunds }), ['rules.0.as'])
  })
})

test.group('check', () => {
  test('passes a file that fits, without reading it whole', async ({ assert }) => {
    let read = 0
    const file = fileOf(header + '1,2025-01-01,1,2,x\n'.repeat(100_000), 4096)
    const counted = {
      ...file,
      async *open() {
        for await (const chunk of file.open()) {
          read += chunk.length
          yield chunk
        }
      },
    }
    await source.check(contextOf(lines, counted))
    assert.isBelow(read, 100_000)
  })

  test('names the column that is missing, and those that are there', async ({ assert }) => {
    const error = await checkFailure(
      { ...lines, columns: { ...lines.columns, order_id: 'Invoice' } },
      header
    )
    assert.deepEqual([error.code, error.detail.field], ['config_invalid', 'columns.order_id'])
    assert.equal(
      error.userMessage,
      'The file has no column “Invoice”. It has: id, at, n, price, who'
    )
    const rules = [{ when: { column: 'type', equals: 'x' }, as: 'skip' }]
    const inRule = await checkFailure({ ...lines, rules }, header)
    assert.equal(inRule.detail.field, 'rules.0.when.column')
    const twice = await checkFailure(lines, 'id,at,n,price,id\n')
    assert.deepEqual([twice.code, twice.detail.field], ['config_invalid', 'columns.order_id'])
  })

  test('refuses a constant that its field cannot hold', async ({ assert }) => {
    const error = await checkFailure({ ...lines, constants: { currency: 'euro' } }, header)
    assert.deepEqual([error.code, error.detail.field], ['config_invalid', 'constants.currency'])
  })

  test('refuses a header without rows: it would empty what was imported before', async ({
    assert,
  }) => {
    const error = await checkFailure(lines, `${header}\r\n \n`)
    assert.equal(error.code, 'file_invalid')
    assert.equal(error.userMessage, 'The file has a header and no rows.')
  })

  test('finds the delimiter by the columns that are mapped', async ({ assert }) => {
    for (const delimiter of [',', ';', '\t', '|']) {
      const file = ['id', 'at', 'n', 'price', '"a, b; c"'].join(delimiter) + '\n'
      const whole = file + ['1', '2025-01-01', '1', '2', ''].join(delimiter)
      await source.check(contextOf(lines, whole))
      const imported = await importFile(lines, whole)
      assert.lengthOf(imported.rows('order_line'), 1)
    }
    const spec = { ...lines, delimiter: ';' }
    assert.equal((await checkFailure(spec, header)).detail.field, 'columns.order_id')
  })
})

test.group('rules', () => {
  const spec = (rules: object[]) => ({ ...lines, rules })
  const file = `${header}C1,2025-01-01,-1,2,x\nC2,2025-01-01,-1,2,\nA1,2025-01-01,1,2,é\nB,2025-01-01,1,2,x\n`
  const typesOf = async (rules: object[]) => {
    const imported = await importFile(spec(rules), file)
    const types = imported.rows('order_line').map((row) => [row.order_id, row.line_type])
    return { types, skipped: imported.skipped }
  }

  test('make rows refunds or leave them out; the first that holds decides', async ({ assert }) => {
    const c = { column: 'id', starts_with: 'C' }
    const found = await typesOf([
      { when: { column: 'id', equals: 'C2' }, as: 'skip' },
      { when: c, as: 'refund' },
      { when: { column: 'id', equals: 'C1' }, as: 'skip' },
      { when: { column: 'who', in: ['é', ''] }, as: 'skip' },
    ])
    assert.deepEqual(found, {
      types: [
        ['C1', 'refund'],
        ['B', 'sale'],
      ],
      skipped: 2,
    })
  })

  test('take long lists', async ({ assert }) => {
    const values = ['é', ...Array.from({ length: 50 }, (_, index) => `v${index}`)]
    const found = await typesOf([{ when: { column: 'who', in: values }, as: 'skip' }])
    assert.deepEqual(found.skipped, 1)
  })

  test('a refund keeps the sign that the file gives it', async ({ assert }) => {
    const imported = await importFile(
      onlineRetail,
      'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\nC1,s,d,-2,2011-01-01 10:00,3.5,,UK\n'
    )
    const [row] = imported.rows('order_line')
    assert.deepEqual(
      [row?.line_type, row?.quantity, row?.unit_price, row?.customer_id],
      ['refund', '-2', '3.5', '']
    )
  })
})
