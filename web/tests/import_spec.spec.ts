import { test } from '@japa/runner'
import {
  changeDraft,
  matches,
  missingFields,
  newDraft,
  ruleFor,
  toSpec,
} from '../src/features/imports/draft.ts'
import { guessColumns, guessDateFormat, guessKind } from '../src/features/imports/guess.ts'
import type { FileHead } from '../src/features/imports/read_head.ts'

const project = {
  id: '1',
  name: 'Shop',
  currency: 'GBP',
  timezone: 'Europe/London',
  week_start: 'monday',
  owner_id: '1',
  permission_level: 'owner',
  created_at: '2024-01-01T00:00:00Z',
} as const

const head = (columns: string[], ...rows: string[][]): FileHead => ({
  columns,
  rows,
  delimiter: ',',
  encoding: 'utf-8',
  compressed: false,
})

const RETAIL = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country'
const retail = head(
  RETAIL.split(','),
  ['536365', '85123A', 'HOLDER', '6', '2010-12-01 08:26:00', '2.55', '17850', 'United Kingdom'],
  ['C536379', 'D', 'Discount', '-1', '2010-12-01 09:41:00', '27.5', '14527', 'United Kingdom'],
  ['A563185', 'B', 'Bad debt', '1', '2011-08-12 14:50:00', '11062.06', '', 'United Kingdom']
)

test.group('Guesses', () => {
  test('a file of order lines is recognised with its columns and its returns', ({ assert }) => {
    const draft = newDraft('online-retail.csv.gz', retail, project)
    assert.equal(draft.name, 'online-retail')
    assert.equal(draft.kind, 'order_lines')
    assert.deepEqual(draft.columns, {
      order_id: 'InvoiceNo',
      ordered_at: 'InvoiceDate',
      quantity: 'Quantity',
      unit_price: 'UnitPrice',
      product_id: 'StockCode',
      product_name: 'Description',
      customer_id: 'CustomerID',
      country: 'Country',
    })
    assert.deepEqual(draft.rules, [
      { column: 'InvoiceNo', test: 'starts_with', value: 'C', as: 'refund' },
    ])
    assert.deepEqual(missingFields(draft), [])
  })

  test('kinds are told apart by their columns', ({ assert }) => {
    assert.equal(guessKind(['Order ID', 'Created at', 'Total', 'Email']), 'orders')
    assert.equal(guessKind(['Date', 'Campaign', 'Impressions', 'Clicks', 'Cost']), 'ad_spend')
    assert.equal(guessKind(['Deal ID', 'Created at', 'Stage', 'Amount']), 'deals')
    assert.equal(guessKind(['Дата', 'Кампания', 'Показы', 'Клики', 'Расход']), 'ad_spend')
  })

  test('no column is given to two fields', ({ assert }) => {
    const columns = Object.values(guessColumns('orders', ['Order', 'Date', 'Total', 'Revenue']))
    assert.equal(new Set(columns).size, columns.length)
  })

  test('the day comes first unless the file shows otherwise', ({ assert }) => {
    const format = (...dates: string[]) =>
      guessDateFormat('orders', { ordered_at: 'd' }, head(['d'], ...dates.map((date) => [date])))
    assert.equal(format('2024-12-31 10:00:00'), 'auto')
    assert.equal(format('31.12.2024 10:00'), 'DD.MM.YYYY HH:mm')
    assert.equal(format('01/02/2024', '12/31/2024'), 'MM/DD/YYYY')
    assert.equal(format('01/02/2024 8:05:00', '31/12/2024 8:05:00'), 'DD/MM/YYYY HH:mm:ss')
  })
})

test.group('Import spec', () => {
  test('says everything the server needs', ({ assert }) => {
    const draft = newDraft('online-retail.csv', retail, project)
    const skip = { column: 'InvoiceNo', test: 'starts_with', value: 'A', as: 'skip' } as const
    const spec = toSpec(changeDraft(draft, { type: 'add_rule', rule: skip }), retail)
    assert.deepInclude(spec, {
      name: 'online-retail',
      kind: 'order_lines',
      constants: { currency: 'GBP' },
      timezone: 'Europe/London',
      date_format: 'auto',
      delimiter: ',',
      encoding: 'utf-8',
      decimal_comma: false,
      rules: [
        { when: { column: 'InvoiceNo', starts_with: 'C' }, as: 'refund' },
        { when: { column: 'InvoiceNo', starts_with: 'A' }, as: 'skip' },
      ],
    })
  })

  test('a currency column takes the place of the constant', ({ assert }) => {
    const file = head(
      ['order_id', 'ordered_at', 'total', 'currency'],
      ['1', '2024-01-01', '5', 'EUR']
    )
    assert.deepEqual(toSpec(newDraft('o.csv', file, project), file).constants, {})
  })

  test('kinds without money get no currency', ({ assert }) => {
    const file = head(['occurred_at', 'client_id', 'channel'], ['2024-01-01', 'x', 'Direct'])
    assert.deepEqual(toSpec(newDraft('t.csv', file, project), file).constants, {})
  })

  test('rules without a value are not sent and catch nothing', ({ assert }) => {
    const draft = newDraft('online-retail.csv', retail, project)
    const empty = { column: 'InvoiceNo', test: 'starts_with', value: '', as: 'skip' } as const
    const changed = changeDraft(draft, { type: 'add_rule', rule: empty })
    assert.lengthOf(toSpec(changed, retail).rules, 1)
    assert.isFalse(retail.rows.some((row) => matches(empty, retail, row)))
  })

  test('the first rule that catches a row decides', ({ assert }) => {
    const draft = newDraft('online-retail.csv', retail, project)
    const all = { column: 'Country', test: 'equals', value: 'United Kingdom', as: 'skip' } as const
    const changed = changeDraft(draft, { type: 'add_rule', rule: all })
    assert.equal(ruleFor(changed, retail, retail.rows[1] ?? [])?.as, 'refund')
    assert.equal(ruleFor(changed, retail, retail.rows[0] ?? [])?.as, 'skip')
  })

  test('a field without a column is asked for', ({ assert }) => {
    const draft = newDraft('online-retail.csv', retail, project)
    const without = changeDraft(draft, { type: 'column', field: 'unit_price', column: null })
    assert.deepEqual(missingFields(without), ['unit_price'])
  })
})
