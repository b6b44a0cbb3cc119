import type { Canonical } from '@analyticaflow/sdk'
import { moneyOf, nanosIn, nanosOf, sum, type MoneyBag, type Nanos } from '../amounts.ts'
import { countryOf, type OrderRow, type Visit } from './rows.ts'
import { soldLines } from './sold_line.ts'

/** Nobody has paid, and nobody will: the authorisation was given back or ran out. */
const FAILED = new Set(['VOIDED', 'EXPIRED'])

const taxesIn = (lines: readonly { priceSet: MoneyBag }[]): Nanos =>
  sum(lines.map(({ priceSet }) => nanosIn(priceSet)))

/** Tax that the order has on anything but its lines. */
const otherTax = (order: OrderRow): Nanos =>
  nanosIn(order.totalTaxSet) - sum(order.lineItems.map(({ taxLines }) => taxesIn(taxLines)))

/** Shipping after its own discounts, such as a code for free shipping, and without tax. */
function shippingOf(order: OrderRow): Nanos {
  const { shippingLine: line, taxesIncluded } = order
  const charged = nanosIn(line?.discountedPriceSet ?? order.totalShippingPriceSet)
  if (!taxesIncluded || charged === 0n) return charged
  return charged - (line ? taxesIn(line.taxLines) : otherTax(order))
}

/** What payment providers kept, in the currency of the shop; what they took in another one is not told in it. */
function feesOf(order: OrderRow, currency: string): Nanos {
  const fees = order.transactions
    .filter(({ status, test }) => status === 'SUCCESS' && !test)
    .flatMap((transaction) => transaction.fees)
    .filter(({ amount }) => amount.currencyCode === currency)
  return sum(fees.map(({ amount }) => nanosOf(amount.amount)))
}

const NO_UTM = { source: null, medium: null, campaign: null, content: null, term: null }

/** Where the visit that bought came from. */
function originOf(visit: Visit | null | undefined) {
  const utm = visit?.utmParameters ?? NO_UTM
  return {
    utmSource: utm.source,
    utmMedium: utm.medium,
    utmCampaign: utm.campaign,
    utmContent: utm.content,
    utmTerm: utm.term,
    landingPage: visit?.landingPage,
    referrer: visit?.referrerUrl,
  }
}

/**
 * An order in the currency of the shop. Net sales are the lines after discounts and without tax;
 * tips, duties and gift cards are in none of the amounts.
 */
export function orderOf(order: OrderRow): Canonical['order'] {
  const currency = order.totalPriceSet.shopMoney.currencyCode
  const money = (amount: Nanos) => moneyOf(amount, currency)
  const sold = soldLines(order)
  const [gross, discount] = [sum(sold.map((l) => l.gross)), sum(sold.map((l) => l.discount))]
  const shipping = shippingOf(order)
  // Not that of gift cards and of what an edit took out.
  const tax = otherTax(order) + sum(sold.map((line) => line.tax))
  return {
    externalId: order.legacyResourceId,
    // The day that Shopify's own reports use; it is earlier than `createdAt` for imported orders.
    at: order.processedAt,
    updatedAt: order.updatedAt,
    status: order.displayFinancialStatus,
    isTest: order.test,
    isCancelled: order.cancelledAt !== null || FAILED.has(order.displayFinancialStatus ?? ''),
    total: money(gross - discount + shipping + tax),
    revenue: money(gross - discount),
    gross: money(gross),
    discount: money(discount),
    tax: money(tax),
    shipping: money(shipping),
    fees: money(feesOf(order, currency)),
    customerId: order.customer?.legacyResourceId,
    email: order.email,
    phone: order.phone,
    country: countryOf(order),
    coupon: order.discountCodes.join(', '),
    ...originOf(order.journey?.lastVisit),
    lines: sold.map((line) => ({
      productId: line.productId,
      productName: line.name,
      quantity: line.quantity,
      gross: money(line.gross),
      discount: money(line.discount),
    })),
  }
}
