import { test } from '@japa/runner'
import fc from 'fast-check'
import {
  canonical,
  encode,
  kinds,
  recordKey,
  wire,
  type Canonical,
  type Kind,
} from '../src/index.ts'
import { parseLine } from './tsv_reader.ts'
import { samples } from './samples.ts'

const record = { key: 'k', payload: '{}' }
const columnsOf = (kind: Kind): string[] => wire[kind].columns.map(({ name }) => name)

function read<K extends Kind>(kind: K, row: Canonical[K], reference = record) {
  const line = encode(kind, row, reference)
  const values = parseLine(line, wire[kind].columns)
  return Object.fromEntries(columnsOf(kind).map((name, index) => [name, values[index]]))
}

test.group('wire columns', () => {
  test('order lines travel in the agreed order', ({ assert }) => {
    assert.deepEqual(
      columnsOf('order_line').join(' '),
      'record_key payload line_number order_id line_type ordered_at refund_of product_id ' +
        'product_name sku quantity unit_price discount tax shipping currency customer_id client_id ' +
        'email phone country utm_source utm_medium utm_campaign coupon'
    )
  })

  test('orders travel in the agreed order', ({ assert }) => {
    assert.deepEqual(
      columnsOf('order').join(' '),
      'record_key payload order_id ordered_at updated_at status is_test is_cancelled total revenue ' +
        'gross discount tax shipping fees currency customer_id client_id email phone country device ' +
        'coupon utm_source utm_medium utm_campaign utm_content utm_term landing_page referrer ' +
        'item_product_id item_product_name item_quantity item_gross item_discount'
    )
  })

  test('refunds and ad costs travel in the agreed order', ({ assert }) => {
    assert.deepEqual(
      columnsOf('refund').join(' '),
      'record_key payload refund_id order_id refunded_at amount currency customer_id email phone ' +
        'country item_product_id item_amount'
    )
    assert.deepEqual(
      columnsOf('ad_spend_daily').join(' '),
      'record_key payload date account_id account_name campaign_id campaign_name ad_group_id ' +
        'ad_group_name ad_id ad_name source medium country device cost impressions clicks ' +
        'conversions conversion_value currency'
    )
  })

  for (const kind of kinds) {
    test(`a ${kind} has a value for each column, whether full or bare`, ({ assert }) => {
      for (const sample of samples[kind]) {
        const row = canonical[kind].parse(sample)
        const values = parseLine(encode(kind, row, record), wire[kind].columns)
        assert.lengthOf(values, wire[kind].columns.length)
      }
    })
  }

  test('no kind has two columns of one name', ({ assert }) => {
    for (const kind of kinds) assert.lengthOf(new Set(columnsOf(kind)), columnsOf(kind).length)
  })
})

test.group('wire values', () => {
  test('an order comes out as it went in', ({ assert }) => {
    const row = read('order', canonical.order.parse(samples.order[0]))
    assert.containSubset(row, {
      record_key: 'k',
      order_id: '#1001',
      ordered_at: '1774747800.000',
      updated_at: '1774751400.250',
      is_test: '0',
      is_cancelled: '1',
      total: '1234.500000001',
      revenue: '-3',
      gross: null,
      discount: '0',
      currency: 'EUR',
      email: 'Anna@Example.com',
      item_product_id: ['p-1', ''],
      item_product_name: ["Kid's, [red]\tmug", ''],
      item_quantity: ['2', '0.5'],
      item_gross: ['20', '1'],
      item_discount: ['0', '0.1'],
    })
  })

  test('what is absent is empty, 0 or null by its column', ({ assert }) => {
    const row = read('order', canonical.order.parse(samples.order[1]))
    assert.containSubset(row, {
      updated_at: null,
      revenue: null,
      tax: '0',
      status: '',
      customer_id: '',
    })
    assert.deepEqual(row.item_product_id, [])
  })

  test('an open deal is neither won nor lost', ({ assert }) => {
    const deal = samples.deal[1]
    assert.isNull(read('deal', canonical.deal.parse(deal)).won)
    assert.equal(read('deal', canonical.deal.parse({ ...deal, won: false })).won, '0')
  })

  test('times keep their offset and their milliseconds, from 1970 on', ({ assert }) => {
    const at = (time: string) =>
      read('deal_stage', canonical.deal_stage.parse({ dealId: '1', stage: 's', at: time }))
        .entered_at
    assert.equal(at('1970-01-01T00:00:01.5Z'), '0000000001.500')
    assert.equal(at('2010-12-01T08:26:00+03:00'), '1291181160.000')
    assert.equal(at('2105-12-31T23:59:59.999Z'), '4291747199.999')
  })

  test('any text survives, alone and inside arrays and maps', ({ assert }) => {
    const unit = fc.constantFrom(
      '\t',
      '\n',
      '\r',
      '\\',
      "'",
      '"',
      'N',
      '\\N',
      ',',
      ']',
      'é',
      '😀',
      'a'
    )
    const text = fc.oneof(fc.string({ unit }), fc.string({ unit: 'grapheme' }))
    fc.assert(
      fc.property(text, text, text, (key, payload, value) => {
        const event = {
          ...samples.custom_event[1],
          country: value,
          attributes: { [`k${key}`]: value },
        }
        const row = read('custom_event', event as Canonical['custom_event'], { key, payload })
        assert.deepEqual(
          [row.record_key, row.payload, row.country, row.attributes],
          [key, payload, value, { [`k${key}`]: value }]
        )
        const customer = read('customer', { externalId: '1', tags: [value, key] })
        assert.deepEqual(customer.tags, [value, key])
      })
    )
  })
})

test.group('record keys', () => {
  test('different values never share a key', ({ assert }) => {
    assert.equal(recordKey([17]), '17')
    assert.notEqual(recordKey(['a', 'b,c']), recordKey(['a,b', 'c']))
    assert.equal(recordKey(['ad', 7]), recordKey(['ad', '7']))
  })
})
