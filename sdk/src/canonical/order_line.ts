import { z } from 'zod'
import { columnsFor } from '../columns.ts'
import { factorDigits, hasWholeDigits, Money, Quantity } from '../money.ts'
import { Instant } from '../time.ts'
import { amount, count, ONE_CURRENCY, oneCurrency, person, required, text } from './shared.ts'

/** One line of an order, from a source without order heads: the lines of one order id are the order. */
export const OrderLine = z
  .strictObject({
    /** Position in the source, 1 and up; two equal lines stay two. */
    lineNumber: count,
    orderId: required,
    /** `refund` lines form refunds, dated at their own time. */
    type: z.enum(['sale', 'refund']),
    at: Instant,
    /** For `refund`: the order it belongs to; absent: a free-standing refund of the customer. */
    refundOf: text,
    productId: text,
    productName: text,
    sku: text,
    /** Negative quantities are kept as they are; the sign of a refund is normalised by the core. */
    quantity: Quantity.refine(
      (quantity) => hasWholeDigits(quantity, factorDigits.quantity),
      'Expected a quantity below 10^9'
    ),
    /** Price of one piece before tax, shipping, discounts. */
    unitPrice: Money.refine(
      ({ amount }) => hasWholeDigits(amount, factorDigits.unit_price),
      'Expected a price below 10^11'
    ),
    /** Discount on the line, positive. */
    discount: amount,
    tax: amount,
    shipping: amount,
    ...person,
    country: text,
    utmSource: text,
    utmMedium: text,
    utmCampaign: text,
    coupon: text,
  })
  .refine(oneCurrency, ONE_CURRENCY)
export type OrderLine = z.infer<typeof OrderLine>

export const orderLineColumns = columnsFor<OrderLine>((c) => [
  c.count('line_number', (r) => r.lineNumber),
  c.string('order_id', (r) => r.orderId),
  c.string('line_type', (r) => r.type),
  c.time('ordered_at', (r) => r.at),
  c.string('refund_of', (r) => r.refundOf),
  c.string('product_id', (r) => r.productId),
  c.string('product_name', (r) => r.productName),
  c.string('sku', (r) => r.sku),
  c.decimal('quantity', (r) => r.quantity),
  c.amount('unit_price', (r) => r.unitPrice),
  c.amount('discount', (r) => r.discount),
  c.amount('tax', (r) => r.tax),
  c.amount('shipping', (r) => r.shipping),
  c.currency((r) => [r.unitPrice]),
  c.string('customer_id', (r) => r.customerId),
  c.string('client_id', (r) => r.clientId),
  c.string('email', (r) => r.email),
  c.string('phone', (r) => r.phone),
  c.string('country', (r) => r.country),
  c.string('utm_source', (r) => r.utmSource),
  c.string('utm_medium', (r) => r.utmMedium),
  c.string('utm_campaign', (r) => r.utmCampaign),
  c.string('coupon', (r) => r.coupon),
])
