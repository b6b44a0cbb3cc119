import { canonical } from '@analyticaflow/sdk'
import { test } from '@japa/runner'
import { orderOf } from '../src/orders/map_order.ts'
import type { OrderRow } from '../src/orders/rows.ts'
import { bag, lineItem, orderRow, refundLine, refundRow } from './made_up.ts'

/** The amounts of an order as plain text, checked against the SDK's own schema. */
function amountsOf(row: OrderRow) {
  const order = canonical.order.parse(orderOf(row))
  const { gross, discount, revenue, tax, shipping, total } = order
  const text = (money: { amount: string } | null | undefined) => money?.amount
  return {
    gross: text(gross),
    discount: text(discount),
    revenue: text(revenue),
    tax: text(tax),
    shipping: text(shipping),
    total: text(total),
  }
}

const allocated = (...amounts: string[]) =>
  amounts.map((amount) => ({ allocatedAmountSet: bag(amount) }))
const taxed = (amount: string, rate: number) => [{ rate, priceSet: bag(amount) }]

test.group('Amounts of an order', () => {
  test('lines, discounts, tax and shipping add up to what the customer paid', ({ assert }) => {
    const row = orderRow({
      totalPriceSet: bag('112.1'),
      totalTaxSet: bag('17.1'),
      totalShippingPriceSet: bag('5.00'),
      shippingLine: { discountedPriceSet: bag('5.00'), taxLines: [] },
      lineItems: [
        lineItem({ discountAllocations: allocated('10.0'), taxLines: taxed('17.1', 0.19) }),
      ],
    })
    assert.deepEqual(amountsOf(row), {
      gross: '100',
      discount: '10',
      revenue: '90',
      tax: '17.1',
      shipping: '5',
      total: '112.1',
    })
  })

  // apis/shopify.md: `*Set` has shop and customer currency; amounts are decimal strings of varying scale.
  test('an order in another currency counts in that of the shop', ({ assert }) => {
    const row = orderRow({
      currencyCode: 'EUR',
      presentmentCurrencyCode: 'USD',
      lineItems: [lineItem({ quantity: 3, originalUnitPriceSet: bag('33.333') })],
    })
    const order = orderOf(row)
    assert.deepEqual(order.total, { amount: '99.999', currency: 'EUR' })
  })

  test('discounts on the whole order and by code are among the allocations', ({ assert }) => {
    const row = orderRow({
      discountCodes: ['NOV10', 'VIP'],
      lineItems: [
        lineItem({ discountAllocations: allocated('10.0', '2.5') }),
        lineItem({ quantity: 1, discountAllocations: allocated('1.25') }),
      ],
    })
    assert.include(amountsOf(row), { gross: '150', discount: '13.75', revenue: '136.25' })
    assert.equal(orderOf(row).coupon, 'NOV10, VIP')
  })

  test('prices with tax: sales and discounts are without it', ({ assert }) => {
    // 2 × 59.50 with 19 %, a tenth off: 107.10 paid, of which 17.10 are tax; shipping 5.95 with 0.95 tax.
    const row = orderRow({
      taxesIncluded: true,
      totalPriceSet: bag('113.05'),
      totalTaxSet: bag('18.05'),
      totalShippingPriceSet: bag('5.95'),
      shippingLine: { discountedPriceSet: bag('5.95'), taxLines: [{ priceSet: bag('0.95') }] },
      lineItems: [
        lineItem({
          originalUnitPriceSet: bag('59.50'),
          discountAllocations: allocated('11.90'),
          taxLines: taxed('17.10', 0.19),
        }),
      ],
    })
    assert.deepEqual(amountsOf(row), {
      gross: '100',
      discount: '10',
      revenue: '90',
      tax: '18.05',
      shipping: '5',
      total: '113.05',
    })
  })

  test('prices with tax, and no summary of shipping: its tax is what the lines leave', ({
    assert,
  }) => {
    const row = orderRow({
      taxesIncluded: true,
      totalTaxSet: bag('19.95'),
      totalShippingPriceSet: bag('5.95'),
      lineItems: [lineItem({ originalUnitPriceSet: bag('59.50'), taxLines: taxed('19.00', 0.19) })],
    })
    assert.include(amountsOf(row), { revenue: '100', tax: '19.95', shipping: '5', total: '124.95' })
  })

  test('a gift by a code of 100 %, with prices with tax', ({ assert }) => {
    const row = orderRow({
      taxesIncluded: true,
      lineItems: [
        lineItem({
          originalUnitPriceSet: bag('59.50'),
          discountAllocations: allocated('119.00'),
          taxLines: taxed('0.00', 0.19),
        }),
      ],
    })
    assert.include(amountsOf(row), { gross: '100', discount: '100', revenue: '0', total: '0' })
  })

  test('a free order is one, of 0', ({ assert }) => {
    const row = orderRow({ lineItems: [lineItem({ originalUnitPriceSet: bag('0.0') })] })
    assert.include(amountsOf(row), { gross: '0', total: '0' })
    assert.lengthOf(orderOf(row).lines ?? [], 1)
  })

  // metrics.md: gift-card sales are out.
  test('gift cards are no sale, and their part of the order is in no amount', ({ assert }) => {
    const card = lineItem({ isGiftCard: true, quantity: 1, originalUnitPriceSet: bag('25.0') })
    const mixed = orderRow({ totalPriceSet: bag('125.0'), lineItems: [card, lineItem()] })
    assert.include(amountsOf(mixed), { gross: '100', total: '100' })
    assert.lengthOf(orderOf(mixed).lines ?? [], 1)
    const alone = orderRow({ totalPriceSet: bag('25.0'), lineItems: [card] })
    assert.include(amountsOf(alone), { gross: '0', total: '0' })
  })
})

test.group('Edits and refunds of an order', () => {
  test('what was given back stays sold: the refund takes it off', ({ assert }) => {
    const line = lineItem({ currentQuantity: 1, discountAllocations: allocated('10.0') })
    const row = orderRow({
      lineItems: [line],
      refunds: [refundRow('45.0', [refundLine(line, { subtotal: '45.0' })])],
    })
    assert.include(amountsOf(row), { gross: '100', discount: '10', revenue: '90' })
  })

  test('pieces that an edit removed without a refund were not sold', ({ assert }) => {
    // 3 × 50 less 15 with 25.65 tax; one piece removed, one given back.
    const line = lineItem({
      quantity: 3,
      currentQuantity: 1,
      discountAllocations: allocated('15.0'),
      taxLines: taxed('25.65', 0.19),
    })
    const row = orderRow({
      totalTaxSet: bag('25.65'),
      lineItems: [line],
      refunds: [refundRow('53.55', [refundLine(line, { subtotal: '45.0', tax: '8.55' })])],
    })
    assert.deepEqual(amountsOf(row), {
      gross: '100',
      discount: '10',
      revenue: '90',
      tax: '17.1',
      shipping: '0',
      total: '107.1',
    })
    assert.equal(orderOf(row).lines?.[0]?.quantity, 2)
  })

  test('a line that an edit removed altogether is gone', ({ assert }) => {
    const row = orderRow({ lineItems: [lineItem({ currentQuantity: 0 }), lineItem()] })
    assert.lengthOf(orderOf(row).lines ?? [], 1)
    assert.include(amountsOf(row), { gross: '100' })
  })

  test('a share of a discount that does not come out even is in whole cents', ({ assert }) => {
    const line = lineItem({
      quantity: 3,
      currentQuantity: 2,
      discountAllocations: allocated('10.0'),
    })
    assert.include(amountsOf(orderRow({ lineItems: [line] })), {
      discount: '6.67',
      revenue: '93.33',
    })
  })

  test('in yen there are no cents', ({ assert }) => {
    const line = lineItem({
      quantity: 3,
      currentQuantity: 2,
      originalUnitPriceSet: bag('100', 'JPY'),
      discountAllocations: [{ allocatedAmountSet: bag('10', 'JPY') }],
    })
    const row = orderRow({
      lineItems: [line],
      totalPriceSet: bag('290', 'JPY'),
      totalTaxSet: bag('0', 'JPY'),
      totalShippingPriceSet: bag('0', 'JPY'),
    })
    assert.include(amountsOf(row), { gross: '200', discount: '7' })
  })
})

test.group('What an order is', () => {
  // apis/shopify.md, traps: keep cancelled orders but exclude them from revenue.
  test('cancelled, or never paid: kept, and marked', ({ assert }) => {
    const cancelledAt = '2026-11-01T12:00:00Z'
    const cancelled = orderRow({ cancelledAt, lineItems: [lineItem({ currentQuantity: 0 })] })
    assert.isTrue(orderOf(cancelled).isCancelled)
    assert.include(amountsOf(cancelled), { gross: '100' })
    const stateOf = (status: string) => orderOf(orderRow({ displayFinancialStatus: status }))
    assert.isTrue(stateOf('VOIDED').isCancelled)
    assert.isTrue(stateOf('EXPIRED').isCancelled)
    assert.isFalse(stateOf('PENDING').isCancelled)
    assert.isFalse(stateOf('REFUNDED').isCancelled)
  })

  test('guests and erased customers have no number', ({ assert }) => {
    const order = canonical.order.parse(orderOf(orderRow({ customer: null, email: null })))
    assert.notExists(order.customerId)
    assert.notExists(order.email)
  })

  test('a line is known by its variant, else the product, else the SKU, else by its name', ({
    assert,
  }) => {
    const idOf = (changes: Parameters<typeof lineItem>[0]) =>
      orderOf(orderRow({ lineItems: [lineItem(changes)] })).lines?.[0]?.productId
    const product = { legacyResourceId: '88' }
    assert.equal(idOf({ variant: { legacyResourceId: '77' }, product }), '77')
    assert.equal(idOf({ variant: null, product }), '88')
    assert.equal(idOf({ variant: null, product: null, sku: 'OLD' }), 'OLD')
    assert.equal(idOf({ variant: null, product: null, sku: null }), '')
  })

  test('fees are those that Shopify Payments has taken, of real payments', ({ assert }) => {
    const paid = (status: string, test: boolean, amount: string, currencyCode = 'EUR') => ({
      kind: 'SALE',
      status,
      test,
      fees: [{ amount: { amount, currencyCode } }],
    })
    const row = orderRow({
      transactions: [
        paid('SUCCESS', false, '1.75'),
        paid('SUCCESS', false, '0.30'),
        paid('FAILURE', false, '9.99'),
        paid('SUCCESS', true, '9.99'),
        paid('SUCCESS', false, '2.00', 'USD'),
        { kind: 'SALE', status: 'SUCCESS', test: false, fees: [] },
      ],
    })
    assert.deepEqual(orderOf(row).fees, { amount: '2.05', currency: 'EUR' })
  })

  test('an imported order stands on the day that it was made', ({ assert }) => {
    const row = orderRow({ processedAt: '2024-05-01T10:00:00Z', createdAt: '2026-11-01T10:00:00Z' })
    assert.equal(orderOf(row).at, '2024-05-01T10:00:00Z')
  })
})
