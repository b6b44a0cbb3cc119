import { isoOf } from '../../world/calendar.ts'
import { amountsOf } from '../../world/money.ts'
import type { Order } from '../../world/types.ts'
import { CURRENCY } from '../../world/world.ts'
import { page, whole, type Listing, type Paging } from '../connection.ts'
import type { Asking } from '../asking.ts'
import type { KnownOrder } from '../shop.ts'
import { customerView } from './customer.ts'
import { journeyView } from './journey.ts'
import { lineItemView, refundedPieces } from './line_item.ts'
import { bagOf, gid } from './money.ts'
import { paymentState, refundView, transactionViews } from './payments.ts'

const STREETS = 'Musterweg'

function addressView(order: Order): object | null {
  const { person } = order
  if (person === null) return null
  return {
    __typename: 'MailingAddress',
    id: gid('MailingAddress', person.id),
    firstName: person.name.first,
    lastName: person.name.last,
    name: `${person.name.first} ${person.name.last}`,
    address1: `${STREETS} 1`,
    address2: null,
    city: 'Hafenstadt',
    company: null,
    countryCodeV2: order.country,
    country: order.country,
    phone: null,
    province: null,
    provinceCode: null,
    zip: '00000',
  }
}

/** Amounts before and after what was sent back. */
function amountFields(order: Order, now: number): Record<string, unknown> {
  const parts = amountsOf(order)
  const refunds = order.refunds.filter(({ at }) => at <= now)
  const sum = (cents: (refund: (typeof refunds)[number]) => number) =>
    refunds.reduce((total, refund) => total + cents(refund), 0)
  const goods = sum(({ lines }) => lines.reduce((total, line) => total + line.subtotalCents, 0))
  const tax = sum(({ lines }) => lines.reduce((total, line) => total + line.taxCents, 0))
  const subtotal = parts.linesCents - parts.discountsCents
  const onTop = order.areTaxesIncluded ? 0 : tax
  const shippingBack = sum(({ shippingCents }) => shippingCents)
  const bag = (cents: number) => bagOf(order, cents)
  return {
    totalPriceSet: bag(parts.totalCents),
    originalTotalPriceSet: bag(parts.totalCents),
    subtotalPriceSet: bag(subtotal),
    totalDiscountsSet: bag(parts.discountsCents),
    totalTaxSet: bag(parts.taxCents),
    totalShippingPriceSet: bag(parts.shippingCents),
    totalRefundedShippingSet: bag(shippingBack),
    totalTipReceivedSet: bag(0),
    currentTotalPriceSet: bag(parts.totalCents - goods - onTop - shippingBack),
    currentSubtotalPriceSet: bag(subtotal - goods),
    currentTotalTaxSet: bag(parts.taxCents - tax),
    currentShippingPriceSet: bag(parts.shippingCents - shippingBack),
    currentTotalDiscountsSet: bag(parts.discountsCents),
    currentSubtotalLineItemsQuantity: order.lines.reduce(
      (total, line, index) => total + line.quantity - refundedPieces(order, index, now),
      0
    ),
  }
}

function shippingLineView(order: Order): object | null {
  if (order.channel === 'pos') return null
  return {
    __typename: 'ShippingLine',
    id: gid('ShippingLine', order.id),
    title: 'Standard',
    code: 'Standard',
    source: 'shopify',
    isRemoved: false,
    custom: false,
    originalPriceSet: bagOf(order, order.shippingCents),
    discountedPriceSet: bagOf(order, order.shippingCents),
    currentDiscountedPriceSet: bagOf(order, order.shippingCents),
    discountAllocations: [],
    taxLines: [],
  }
}

const listOf = <T extends { id: number }>(
  items: readonly T[],
  view: (item: T) => object
): Listing<T> => ({
  items,
  place: ({ id }) => ({ value: id, id }),
  view,
})

function partFields(order: Order, asking: Asking): Record<string, unknown> {
  const { now } = asking.shop
  const { isBulk } = asking
  const lines = listOf(order.lines, (line) => lineItemView(order, line, asking))
  const refunds = order.refunds.filter(({ at }) => at <= now)
  const shipping = shippingLineView(order)
  const shippingLines = listOf(shipping === null ? [] : [{ id: order.id }], () => shipping ?? {})
  const connect =
    <T>(listing: Listing<T>) =>
    (paging: Paging) =>
      isBulk ? whole(listing) : page(listing, paging)
  return {
    lineItems: connect(lines),
    shippingLines: connect(shippingLines),
    shippingLine: shipping,
    refunds: ({ first }: { first?: number }) =>
      refunds.slice(0, first ?? undefined).map((refund) => refundView(order, refund, asking)),
    transactions: ({ first }: { first?: number }) =>
      transactionViews(order, now).slice(0, first ?? undefined),
    customerJourneySummary: () => journeyView(order, now, isBulk),
  }
}

function personFields(order: Order, asking: Asking): Record<string, unknown> {
  const customer = asking.shop.customerOf(order)
  const isHidden = order.person !== null && asking.shop.isRedacted(order.person.id)
  return {
    customer: () => {
      if (customer === undefined) return null
      asking.mustHaveScope('customer', 'read_customers')
      return customerView(customer, asking)
    },
    email: () => {
      asking.mustHavePersonalData('email')
      return isHidden ? null : (order.person?.email ?? null)
    },
    phone: () => {
      asking.mustHavePersonalData('phone')
      return null
    },
    billingAddress: () => addressView(order),
    // That of the parcel, else that of the bill.
    displayAddress: () => addressView(order),
    shippingAddress: () => (order.channel === 'pos' ? null : addressView(order)),
    customerLocale: order.country === 'DE' ? 'de' : 'en',
    clientIp: null,
  }
}

/** An order as the Admin API shows it at this moment. */
export function orderView({ order, updatedAt }: KnownOrder, asking: Asking): object {
  const { now } = asking.shop
  const isCancelled = order.cancelledAt !== null && order.cancelledAt <= now
  return {
    __typename: 'Order',
    id: gid('Order', order.id),
    legacyResourceId: String(order.id),
    name: `#${order.number}`,
    number: order.number,
    createdAt: isoOf(order.at),
    processedAt: isoOf(order.at),
    updatedAt: isoOf(updatedAt),
    cancelledAt: isCancelled ? isoOf(order.cancelledAt ?? 0) : null,
    cancelReason: isCancelled ? 'CUSTOMER' : null,
    closed: false,
    closedAt: null,
    confirmed: true,
    edited: asking.shop.isEdited(order.id),
    test: order.isTest,
    currencyCode: CURRENCY,
    presentmentCurrencyCode: order.presentment.currency,
    taxesIncluded: order.areTaxesIncluded,
    displayFulfillmentStatus: order.channel === 'pos' ? 'FULFILLED' : 'UNFULFILLED',
    sourceName: order.channel,
    sourceIdentifier: null,
    discountCode: order.discountCode,
    discountCodes: order.discountCode === null ? [] : [order.discountCode],
    note: null,
    tags: [],
    customAttributes: [],
    ...amountFields(order, now),
    ...paymentState(order, now),
    ...personFields(order, asking),
    ...partFields(order, asking),
  }
}
