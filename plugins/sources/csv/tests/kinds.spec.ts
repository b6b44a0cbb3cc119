import { test } from '@japa/runner'
import { importFile } from './support.ts'

test.group('kinds', () => {
  test('orders, and among them refunds of their own kind', async ({ assert }) => {
    const columns = {
      order_id: 'id',
      ordered_at: 'at',
      total: 'sum',
      tax: 'tax',
      refund_of: 'of',
      status: 'st',
      is_test: 'test',
    }
    const rules = [{ when: { column: 'st', equals: 'refunded' }, as: 'refund' }]
    const spec = { kind: 'orders', columns, constants: { currency: 'usd', country: 'US' }, rules }
    const file =
      'id,at,sum,tax,of,st,test\n1,2025-01-01,10,2,,paid,no\n2,2025-01-02,-4,,1,refunded,\n3,2025-01-03,5,,,paid,TRUE\n'
    const imported = await importFile(spec, file)
    assert.containSubset(imported.rows('order'), [
      {
        order_id: '1',
        total: '10',
        tax: '2',
        revenue: '\\N',
        currency: 'USD',
        country: 'US',
        is_test: '0',
        item_gross: '[]',
      },
      { order_id: '3', is_test: '1' },
    ])
    assert.lengthOf(imported.rows('order'), 2)
    const [refund] = imported.rows('refund')
    assert.containSubset(refund, {
      record_key: '3',
      refund_id: '2',
      order_id: '1',
      amount: '4',
      currency: 'USD',
    })
    assert.deepEqual(JSON.parse(refund?.payload ?? ''), [
      '2',
      '2025-01-02',
      '-4',
      '',
      '1',
      'refunded',
      '',
    ])
  })

  test('ad costs keep their own day and need no more than a cost', async ({ assert }) => {
    const columns = {
      date: 'Day',
      cost: 'Cost',
      campaign: 'Campaign',
      clicks: 'Clicks',
      currency: 'Cur',
    }
    const file =
      'Day;Campaign;Cost;Clicks;Cur\n2025-01-01;Sale;12.5;1000;EUR\n2025-01-02T23:59:00-10:00;;1;1.5;EUR\n2025-01-03 23:00+05:00;;1;;EUR'
    const imported = await importFile({ kind: 'ad_spend', columns, timezone: 'Asia/Tokyo' }, file)
    assert.containSubset(imported.rows('ad_spend_daily'), [
      {
        date: '2025-01-01',
        campaign_name: 'Sale',
        cost: '12.5',
        clicks: '1000',
        impressions: '0',
        currency: 'EUR',
      },
      { date: '2025-01-03' },
    ])
    assert.deepEqual(
      imported.rejected.map(({ message }) => message),
      ['Clicks “1.5” is not a whole number, 0 or more']
    )
  })

  test('touchpoints', async ({ assert }) => {
    const touch = await importFile(
      { kind: 'touchpoints', columns: { occurred_at: 'at', client_id: 'c', source: 's' } },
      'at,c,s\n2025-01-01 10:00,x,google\n'
    )
    assert.containSubset(touch.rows('touchpoint'), [
      { client_id: 'x', source: 'google', channel: '' },
    ])
  })

  test('deals: won, lost or open, with a currency where there is an amount', async ({ assert }) => {
    const deal = await importFile(
      {
        kind: 'deals',
        columns: { deal_id: 'id', created_at: 'at', won: 'w', amount: 'a' },
        constants: { currency: 'RUB' },
      },
      'id,at,w,a\n1,2025-01-01,да,5\n2,2025-01-01,,\n3,2025-01-01,maybe,\n'
    )
    assert.containSubset(deal.rows('deal'), [
      { deal_id: '1', won: '1', amount: '5' },
      { deal_id: '2', won: '\\N', amount: '\\N', closed_at: '\\N' },
    ])
    assert.lengthOf(deal.rejected, 1)
    const priced = await importFile(
      {
        kind: 'deals',
        columns: { deal_id: 'id', created_at: 'at', amount: 'a', currency: 'c' },
      },
      'id,at,a,c\n1,2025-01-01,5,EUR\n2,2025-01-01,,\n3,2025-01-01,5,\n'
    )
    assert.lengthOf(priced.rows('deal'), 2)
    assert.deepEqual(
      priced.rejected.map(({ message }) => message),
      ['c is empty']
    )
  })

  test('customers', async ({ assert }) => {
    const customer = await importFile(
      { kind: 'customers', columns: { customer_id: 'id', email: 'e' } },
      'id,e\n1,A@b.c\n'
    )
    assert.containSubset(customer.rows('customer'), [
      { customer_id: '1', email: 'A@b.c', tags: '[]' },
    ])
  })

  test('products with their costs', async ({ assert }) => {
    const product = await importFile(
      {
        kind: 'products',
        columns: { product_id: 'id', unit_cost: 'c', cost_from: 'd' },
        constants: { currency: 'EUR' },
      },
      'id,c,d\n1,3.5,2025-01-01\n2,,\n'
    )
    assert.containSubset(product.rows('product'), [
      { product_id: '1', unit_cost: '3.5', cost_from: '2025-01-01' },
      { product_id: '2', unit_cost: '\\N', cost_from: '\\N' },
    ])
  })
})
