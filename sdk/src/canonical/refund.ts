import { z } from 'zod'
import { columnsFor } from '../columns.ts'
import { Money } from '../money.ts'
import { Instant } from '../time.ts'
import { ONE_CURRENCY, oneCurrency, person, required, text } from './shared.ts'

/** Merchandise given back inside a {@link Refund}. */
export const RefundItem = z.strictObject({
  productId: text,
  /** Positive. */
  amount: Money,
})
export type RefundItem = z.infer<typeof RefundItem>

/** Money given back, dated at its own time. */
export const Refund = z
  .strictObject({
    externalId: required,
    /** The order; absent: free-standing, on the customer. */
    orderId: text,
    at: Instant,
    /** Everything given back: merchandise, shipping, tax, goodwill. Positive. */
    amount: Money,
    customerId: person.customerId,
    email: person.email,
    phone: person.phone,
    country: text,
    /** The returned merchandise; absent: the vendor does not say. */
    lines: z.array(RefundItem).nullish(),
  })
  .refine(oneCurrency, ONE_CURRENCY)
export type Refund = z.infer<typeof Refund>

export const refundColumns = columnsFor<Refund>((c) => [
  c.string('refund_id', (r) => r.externalId),
  c.string('order_id', (r) => r.orderId),
  c.time('refunded_at', (r) => r.at),
  c.amount('amount', (r) => r.amount),
  c.currency((r) => [r.amount]),
  c.string('customer_id', (r) => r.customerId),
  c.string('email', (r) => r.email),
  c.string('phone', (r) => r.phone),
  c.string('country', (r) => r.country),
  c.strings('item_product_id', (r) => r.lines?.map((line) => line.productId)),
  c.decimals('item_amount', (r) => r.lines?.map((line) => line.amount.amount)),
])
