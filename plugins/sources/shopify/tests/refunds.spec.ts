import { canonical } from '@analyticaflow/sdk'
import { test } from '@japa/runner'
import { refundOf } from '../src/orders/map_refund.ts'
import type { OrderRow } from '../src/orders/rows.ts'
import { lineItem, orderRow, refundLine, refundRow } from './made_up.ts'

/** What a refund took back in all, and for merchandise. */
function takenBack(order: OrderRow) {
  const refunds = order.refunds.map((refund) => canonical.refund.parse(refundOf(order, refund)))
  return refunds.map(({ amount, lines }) => ({
    all: amount.amount,
    merchandise: lines?.map((line) => line.amount.amount),
  }))
}

test.group('Refunds', () => {
  // apis/shopify.md, Incremental: refund money belongs to `refunds.createdAt`.
  test('a refund is dated when it was made, and belongs to its order', ({ assert }) => {
    const line = lineItem()
    const refund = refundRow('50.0', [refundLine(line, { subtotal: '50.0' })])
    const order = orderRow({ lineItems: [line], refunds: [refund] })
    const mapped = canonical.refund.parse(refundOf(order, refund))
    assert.equal(mapped.externalId, refund.legacyResourceId)
    assert.equal(mapped.orderId, '61')
    assert.equal(mapped.at, '2026-11-02T10:00:00Z')
    assert.equal(mapped.customerId, '5001')
    assert.equal(mapped.lines?.[0]?.productId, line.variant?.legacyResourceId)
  })

  test('one without a time of creation is dated when it was processed', ({ assert }) => {
    const refund = refundRow('50.0', [], null)
    assert.equal(refundOf(orderRow({ refunds: [refund] }), refund).at, '2026-11-02T10:00:01Z')
  })

  test('tax and shipping go back too, but are no merchandise', ({ assert }) => {
    const line = lineItem()
    const lines = [refundLine(line, { subtotal: '50.0', tax: '9.5' })]
    const order = orderRow({ lineItems: [line], refunds: [refundRow('64.5', lines)] })
    assert.deepEqual(takenBack(order), [{ all: '64.5', merchandise: ['50'] }])
  })

  test('with prices that hold the tax, the merchandise is without it', ({ assert }) => {
    const line = lineItem()
    const lines = [refundLine(line, { subtotal: '59.5', tax: '9.5' })]
    const order = orderRow({
      taxesIncluded: true,
      lineItems: [line],
      refunds: [refundRow('59.5', lines)],
    })
    assert.deepEqual(takenBack(order), [{ all: '59.5', merchandise: ['50'] }])
  })

  // metrics.md: refunded shipping, tax and goodwill are in refunds_total, not taken off the sales.
  test('shipping alone, or goodwill, is no merchandise', ({ assert }) => {
    const order = orderRow({ refunds: [refundRow('5.0', [])] })
    assert.deepEqual(takenBack(order), [{ all: '5', merchandise: ['0'] }])
  })

  test('partial refunds are refunds of their own', ({ assert }) => {
    const [a, b] = [lineItem(), lineItem()]
    const order = orderRow({
      lineItems: [a, b],
      refunds: [
        refundRow('50.0', [refundLine(a, { subtotal: '50.0' })]),
        refundRow('150.0', [
          refundLine(a, { subtotal: '50.0' }),
          refundLine(b, { quantity: 2, subtotal: '100.0' }),
        ]),
      ],
    })
    assert.deepEqual(takenBack(order), [
      { all: '50', merchandise: ['50'] },
      { all: '150', merchandise: ['50', '100'] },
    ])
  })

  test('a gift card given back was no sale', ({ assert }) => {
    const card = lineItem({ isGiftCard: true })
    const order = orderRow({
      lineItems: [card],
      refunds: [refundRow('25.0', [refundLine(card, { subtotal: '25.0' })])],
    })
    assert.deepEqual(takenBack(order), [{ all: '25', merchandise: ['0'] }])
  })

  test('merchandise taken back without money is merchandise', ({ assert }) => {
    const line = lineItem()
    const order = orderRow({
      lineItems: [line],
      refunds: [refundRow('0.0', [refundLine(line, { subtotal: '50.0' })])],
    })
    assert.deepEqual(takenBack(order), [{ all: '0', merchandise: ['50'] }])
  })
})
