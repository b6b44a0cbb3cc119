import { nanosIn, nanosOf, share, sum, type Nanos } from '../amounts.ts'
import { productIdOf } from './product_id.ts'
import type { LineItem, OrderRow } from './rows.ts'

/** A line as sales count it. */
export interface SoldLine {
  productId: string
  name: string
  quantity: number
  /** Price × quantity before tax and discounts. */
  gross: Nanos
  /** Before tax, like the price that it is taken off. */
  discount: Nanos
  tax: Nanos
}

/**
 * Pieces that an edit took out of the order: neither there any more nor given back by a refund.
 *
 * TRICKY: Shopify writes some removals down as refunds and some not, so neither `currentQuantity`
 * nor the refunds alone say what was sold.
 */
function removedOf(line: LineItem, refunded: number): number {
  return Math.max(0, line.quantity - line.currentQuantity - refunded)
}

function refundedQuantities(order: OrderRow): Map<string, number> {
  const quantities = new Map<string, number>()
  for (const { lineItem, quantity } of order.refunds.flatMap((refund) => refund.refundLineItems)) {
    quantities.set(lineItem.id, (quantities.get(lineItem.id) ?? 0) + quantity)
  }
  return quantities
}

const MILLION = 1_000_000

/** A discount of prices with tax, without its tax. A line that costs nothing knows its tax by the rate alone. */
function withoutTax(discount: Nanos, paid: Nanos, tax: Nanos, line: LineItem, currency: string) {
  if (paid !== 0n) return share(discount, paid - tax, paid, currency)
  const rate = line.taxLines.reduce((total, taxLine) => total + (taxLine.rate ?? 0), 0)
  const whole = BigInt(Math.round((1 + rate) * MILLION))
  return share(discount, BigInt(MILLION), whole, currency)
}

function soldLine(line: LineItem, sold: number, order: OrderRow): SoldLine {
  const { shopMoney } = line.originalUnitPriceSet
  const ofSold = (amount: Nanos) =>
    share(amount, BigInt(sold), BigInt(line.quantity), shopMoney.currencyCode)
  const price = nanosOf(shopMoney.amount) * BigInt(sold)
  // TRICKY: `discountedTotalSet` leaves out discounts on the whole order and by code; the allocations hold all.
  const allocated = line.discountAllocations.map((each) => nanosIn(each.allocatedAmountSet))
  const discount = ofSold(sum(allocated))
  const tax = ofSold(sum(line.taxLines.map(({ priceSet }) => nanosIn(priceSet))))
  const known = { productId: productIdOf(line), name: line.name, quantity: sold, tax }
  if (!order.taxesIncluded) return { ...known, gross: price, discount }
  const paid = price - discount
  const net = withoutTax(discount, paid, tax, line, shopMoney.currencyCode)
  return { ...known, gross: paid - tax + net, discount: net }
}

/**
 * The merchandise of an order: gift cards are paid in advance for a later order and are no sale. What
 * was given back is among it, since a refund takes it off on its own day.
 */
export function soldLines(order: OrderRow): SoldLine[] {
  const refunded = refundedQuantities(order)
  // Cancelling takes everything out of an order; what it would have been is counted as cancelled.
  const left = (line: LineItem) =>
    order.cancelledAt === null
      ? line.quantity - removedOf(line, refunded.get(line.id) ?? 0)
      : line.quantity
  return order.lineItems
    .filter((line) => !line.isGiftCard && left(line) !== 0)
    .map((line) => soldLine(line, left(line), order))
}
