import type { LineItem } from './rows.ts'

/**
 * What products are known by: the variant, since costs are of variants. A line of a deleted variant
 * keeps the number of the product or the SKU; a line that never was a product has none.
 */
export function productIdOf(line: Pick<LineItem, 'variant' | 'product' | 'sku'>): string {
  return line.variant?.legacyResourceId ?? line.product?.legacyResourceId ?? line.sku ?? ''
}
