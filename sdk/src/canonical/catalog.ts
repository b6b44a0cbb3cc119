import { z } from 'zod'
import { columnsFor } from '../columns.ts'
import { Currency, Decimal } from '../money.ts'
import { Day, Instant } from '../time.ts'
import { amount, ONE_CURRENCY, oneCurrency, required, text } from './shared.ts'

/** A product or variant, and what it costs the shop. */
export const Product = z
  .strictObject({
    /** The id that order lines refer to. */
    externalId: required,
    updatedAt: Instant.nullish(),
    sku: text,
    name: text,
    category: text,
    brand: text,
    /** List price of one piece. */
    price: amount,
    /** What one piece costs the shop (COGS). */
    unitCost: amount,
    /** First day on which the unit cost holds; absent: since ever. */
    costFrom: Day.nullish(),
  })
  .refine(oneCurrency, ONE_CURRENCY)
export type Product = z.infer<typeof Product>

export const productColumns = columnsFor<Product>((c) => [
  c.string('product_id', (r) => r.externalId),
  c.optionalTime('updated_at', (r) => r.updatedAt),
  c.string('sku', (r) => r.sku),
  c.string('product_name', (r) => r.name),
  c.string('category', (r) => r.category),
  c.string('brand', (r) => r.brand),
  c.optionalAmount('price', (r) => r.price),
  c.optionalAmount('unit_cost', (r) => r.unitCost),
  c.currency((r) => [r.unitCost, r.price]),
  c.optionalDate('cost_from', (r) => r.costFrom),
])

/** How much of `quote` one unit of `base` was worth on a day. */
export const ExchangeRate = z.strictObject({
  date: Day,
  base: Currency,
  quote: Currency,
  /** Above 0 and below 10¹⁰, at most 8 decimals. */
  rate: Decimal.regex(/^(?!0+(\.0+)?$)\d{1,10}(\.\d{1,8})?$/, 'Expected a rate above 0'),
})
export type ExchangeRate = z.infer<typeof ExchangeRate>

export const exchangeRateColumns = columnsFor<ExchangeRate>((c) => [
  c.date('date', (r) => r.date),
  c.string('base', (r) => r.base),
  c.string('quote', (r) => r.quote),
  c.rate('rate', (r) => r.rate),
])
