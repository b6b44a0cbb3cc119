import type { Line, Order } from './types.ts'

/** Parts of an order as a shop shows them, in cents of the shop's currency. */
export interface Amounts {
  /** Price × quantity, with tax where prices include it. */
  linesCents: number
  discountsCents: number
  taxCents: number
  shippingCents: number
  totalCents: number
  /** What the goods brought: without tax, shipping and discounts, before refunds. */
  netCents: number
}

export const fullPrice = (line: Line): number => line.quantity * line.unitCents

export function amountsOf(
  order: Pick<Order, 'lines' | 'shippingCents' | 'areTaxesIncluded'>
): Amounts {
  const add = (part: (line: Line) => number) =>
    order.lines.reduce((sum, line) => sum + part(line), 0)
  const linesCents = add(fullPrice)
  const discountsCents = add(({ discountCents }) => discountCents)
  const taxCents = add((line) => line.taxCents)
  const { shippingCents } = order
  const onTop = order.areTaxesIncluded ? 0 : taxCents
  const totalCents = linesCents - discountsCents + shippingCents + onTop
  const netCents = totalCents - shippingCents - taxCents
  return { linesCents, discountsCents, taxCents, shippingCents, totalCents, netCents }
}

/** `1234` → `12.34`, `-5` → `-0.05` */
export function decimal(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0')
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
