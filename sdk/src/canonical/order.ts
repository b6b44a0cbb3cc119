import { z } from 'zod'
import { columnsFor } from '../columns.ts'
import { Money, Quantity } from '../money.ts'
import { Instant } from '../time.ts'
import { amount, ONE_CURRENCY, oneCurrency, person, required, text, utm } from './shared.ts'

/** One product line inside an {@link Order}. */
export const OrderItem = z.strictObject({
  productId: text,
  productName: text,
  quantity: Quantity,
  /** Price × quantity before tax, shipping and discounts. */
  gross: Money,
  /** Discount on this line, positive. */
  discount: amount,
})
export type OrderItem = z.infer<typeof OrderItem>

/** A purchase with its head. Sources that know only lines emit `order_line`. */
export const Order = z
  .strictObject({
    /** Order id at the vendor; tracked purchases and refunds refer to it. */
    externalId: required,
    /** When it was placed. */
    at: Instant,
    /** When the vendor changed it last; the newer version wins. */
    updatedAt: Instant.nullish(),
    /** Status in the vendor's words. */
    status: text,
    /** A test order: left out of every report. */
    isTest: z.boolean().nullish(),
    /** Cancelled or failed: left out of revenue, counted apart. */
    isCancelled: z.boolean().nullish(),
    /** What the customer pays: net sales + shipping + tax. */
    total: Money,
    /** Net sales; absent: total − tax − shipping. */
    revenue: amount,
    /** Price × quantity before tax, shipping, discounts; absent: revenue + discount. */
    gross: amount,
    /** Discount on the whole order, lines included; positive. */
    discount: amount,
    tax: amount,
    shipping: amount,
    /** What payment providers kept of it; a cost of the shop, in none of the amounts above. */
    fees: amount,
    ...person,
    /** ISO 3166-1 code or the vendor's name of the country. */
    country: text,
    device: text,
    /** Coupon code. */
    coupon: text,
    ...utm,
    /** URL of the first page of the visit that bought. */
    landingPage: text,
    /** URL of the page that led to it. */
    referrer: text,
    lines: z.array(OrderItem).nullish(),
  })
  .refine(oneCurrency, ONE_CURRENCY)
export type Order = z.infer<typeof Order>

export const orderColumns = columnsFor<Order>((c) => [
  c.string('order_id', (r) => r.externalId),
  c.time('ordered_at', (r) => r.at),
  c.optionalTime('updated_at', (r) => r.updatedAt),
  c.string('status', (r) => r.status),
  c.flag('is_test', (r) => r.isTest),
  c.flag('is_cancelled', (r) => r.isCancelled),
  c.amount('total', (r) => r.total),
  c.optionalAmount('revenue', (r) => r.revenue),
  c.optionalAmount('gross', (r) => r.gross),
  c.amount('discount', (r) => r.discount),
  c.amount('tax', (r) => r.tax),
  c.amount('shipping', (r) => r.shipping),
  c.amount('fees', (r) => r.fees),
  c.currency((r) => [r.total]),
  c.string('customer_id', (r) => r.customerId),
  c.string('client_id', (r) => r.clientId),
  c.string('email', (r) => r.email),
  c.string('phone', (r) => r.phone),
  c.string('country', (r) => r.country),
  c.string('device', (r) => r.device),
  c.string('coupon', (r) => r.coupon),
  c.string('utm_source', (r) => r.utmSource),
  c.string('utm_medium', (r) => r.utmMedium),
  c.string('utm_campaign', (r) => r.utmCampaign),
  c.string('utm_content', (r) => r.utmContent),
  c.string('utm_term', (r) => r.utmTerm),
  c.string('landing_page', (r) => r.landingPage),
  c.string('referrer', (r) => r.referrer),
  c.strings('item_product_id', (r) => r.lines?.map((line) => line.productId)),
  c.strings('item_product_name', (r) => r.lines?.map((line) => line.productName)),
  c.decimals('item_quantity', (r) => r.lines?.map((line) => line.quantity)),
  c.decimals('item_gross', (r) => r.lines?.map((line) => line.gross.amount)),
  c.decimals('item_discount', (r) => r.lines?.map((line) => line.discount?.amount)),
])
