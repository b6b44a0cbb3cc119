import { type Canonical } from '@analyticaflow/sdk'
import { moneyOf, nanosIn, type Nanos } from '../amounts.ts'
import { productIdOf } from './product_id.ts'
import { countryOf, type OrderRow, type RefundLineItem, type RefundRow } from './rows.ts'

/** Merchandise given back, as sales count it: without tax, and gift cards were none. */
export function returnedOf(line: RefundLineItem, taxesIncluded: boolean): Nanos {
  if (line.lineItem.isGiftCard) return 0n
  const subtotal = nanosIn(line.subtotalSet)
  return taxesIncluded ? subtotal - nanosIn(line.totalTaxSet) : subtotal
}

/**
 * A refund, dated when it was made, not when the order was. `amount` is all that went back to the
 * customer; the lines are the merchandise in it, tax and shipping apart.
 */
export function refundOf(order: OrderRow, refund: RefundRow): Canonical['refund'] {
  const currency = refund.totalRefundedSet.shopMoney.currencyCode
  const lines = refund.refundLineItems
    .filter(({ lineItem }) => !lineItem.isGiftCard)
    .map((line) => ({
      productId: productIdOf(line.lineItem),
      amount: moneyOf(returnedOf(line, order.taxesIncluded), currency),
    }))
  return {
    externalId: refund.legacyResourceId,
    orderId: order.legacyResourceId,
    at: refund.createdAt ?? refund.processedAt,
    amount: moneyOf(nanosIn(refund.totalRefundedSet), currency),
    customerId: order.customer?.legacyResourceId,
    email: order.email,
    phone: order.phone,
    country: countryOf(order),
    // TRICKY: no lines would mean that nobody knows what was given back, and the whole amount would
    // count as merchandise. Here it is known: none, only shipping, tax, a gift card or goodwill.
    lines: lines.length > 0 ? lines : [{ amount: moneyOf(0n, currency) }],
  }
}
