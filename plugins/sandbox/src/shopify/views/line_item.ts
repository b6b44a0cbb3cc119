import { taxRateOf } from '../../world/basket.ts'
import { fullPrice } from '../../world/money.ts'
import type { Line, Order } from '../../world/types.ts'
import type { Asking } from '../asking.ts'
import { bagOf, gid } from './money.ts'
import { productView, variantView } from './product.ts'

export const refundedPieces = (order: Order, lineIndex: number, now: number): number =>
  order.refunds
    .filter(({ at }) => at <= now)
    .flatMap(({ lines }) => lines)
    .reduce((sum, line) => (line.lineIndex === lineIndex ? sum + line.quantity : sum), 0)

const taxLines = (order: Order, line: Line): object[] => {
  const rate = taxRateOf(line, order.country)
  if (rate === 0) return []
  const priceSet = bagOf(order, line.taxCents)
  return [{ title: 'VAT', rate, ratePercentage: rate * 100, source: 'Shopify', priceSet }]
}

const allocations = (order: Order, line: Line): object[] =>
  line.discountCents === 0 ? [] : [{ allocatedAmountSet: bagOf(order, line.discountCents) }]

/**
 * A line. Codes are discounts of the whole order that are allocated to lines: sums of the line hold
 * them only where that is asked for.
 */
export function lineItemView(order: Order, line: Line, asking: Asking): object {
  const index = order.lines.indexOf(line)
  const { product, variant, quantity, unitCents, discountCents } = line
  const full = fullPrice(line)
  const title = variant.title === 'Default Title' ? null : variant.title
  const kept = quantity - refundedPieces(order, index, asking.shop.now)
  return {
    __typename: 'LineItem',
    id: gid('LineItem', line.id),
    sku: variant.sku,
    title: product.title,
    name: title === null ? product.title : `${product.title} - ${title}`,
    variantTitle: title,
    vendor: 'Harbour Coffee',
    quantity,
    currentQuantity: kept,
    refundableQuantity: kept,
    isGiftCard: false,
    requiresShipping: true,
    taxable: true,
    customAttributes: [],
    product: () => productView(product, asking),
    variant: () => variantView(product, variant, asking),
    originalUnitPriceSet: bagOf(order, unitCents),
    originalTotalSet: bagOf(order, full),
    discountedUnitPriceSet: bagOf(order, unitCents),
    discountedUnitPriceAfterAllDiscountsSet: bagOf(
      order,
      Math.round((full - discountCents) / quantity)
    ),
    discountedTotalSet: ({ withCodeDiscounts }: { withCodeDiscounts?: boolean }) =>
      bagOf(order, withCodeDiscounts ? full - discountCents : full),
    totalDiscountSet: bagOf(order, 0),
    discountAllocations: allocations(order, line),
    taxLines: taxLines(order, line),
  }
}
