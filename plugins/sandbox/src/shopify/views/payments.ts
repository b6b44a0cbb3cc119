import { isoOf } from '../../world/calendar.ts'
import { amountsOf } from '../../world/money.ts'
import type { Order, Refund } from '../../world/types.ts'
import type { Asking } from '../asking.ts'
import { page, whole, type Paging } from '../connection.ts'
import { lineItemView } from './line_item.ts'
import { bagOf, gid, moneyOf } from './money.ts'

const isByTransfer = (order: Order): boolean => order.paidAt > order.at

const FEE_RATE = '0.019'

/** Only payments by Shopify's own service have fees. */
function feesOf(order: Order): object[] {
  if (order.feeCents === 0) return []
  return [
    {
      __typename: 'TransactionFee',
      id: gid('TransactionFee', order.id),
      amount: moneyOf(order.feeCents),
      flatFee: moneyOf(25),
      flatFeeName: 'per_transaction',
      rate: FEE_RATE,
      rateName: 'domestic',
      taxAmount: moneyOf(0),
      type: 'processing_fee',
    },
  ]
}

interface Movement {
  id: number
  kind: 'SALE' | 'REFUND'
  at: number
  cents: number
  fees: object[]
}

function movementsOf(order: Order, now: number): Movement[] {
  const { totalCents } = amountsOf(order)
  const sale: Movement = {
    id: order.id * 10,
    kind: 'SALE',
    at: order.paidAt,
    cents: totalCents,
    fees: feesOf(order),
  }
  const refunds = order.refunds.map((refund, index): Movement => ({
    id: order.id * 10 + 1 + index,
    kind: 'REFUND',
    at: refund.at,
    cents: refund.totalCents,
    fees: [],
  }))
  return [sale, ...refunds].filter(({ at }) => at <= now)
}

/** Payments and what was paid back, with the fees of the payment service. */
export function transactionViews(order: Order, now: number): object[] {
  const gateway = isByTransfer(order) ? 'Bank Deposit' : 'shopify_payments'
  return movementsOf(order, now).map(({ id, kind, at, cents, fees }) => ({
    __typename: 'OrderTransaction',
    id: gid('OrderTransaction', id),
    kind,
    status: 'SUCCESS',
    test: order.isTest,
    gateway: order.isTest ? 'bogus' : gateway,
    formattedGateway: gateway,
    createdAt: isoOf(at),
    processedAt: isoOf(at),
    amountSet: bagOf(order, cents),
    fees,
    paymentId: `${order.id}.${kind}`,
    errorCode: null,
  }))
}

function refundLines(order: Order, refund: Refund, asking: Asking) {
  return refund.lines.flatMap(({ lineIndex, quantity, subtotalCents, taxCents }) => {
    const line = order.lines[lineIndex]
    if (line === undefined) return []
    const id = refund.id * 10 + lineIndex
    const view = {
      __typename: 'RefundLineItem',
      id: gid('RefundLineItem', id),
      quantity,
      restockType: order.cancelledAt === null ? 'RETURN' : 'CANCEL',
      restocked: true,
      priceSet: bagOf(order, line.unitCents),
      subtotalSet: bagOf(order, subtotalCents),
      totalTaxSet: bagOf(order, taxCents),
      lineItem: () => lineItemView(order, line, asking),
    }
    return [{ id, view }]
  })
}

function shippingLines(order: Order, refund: Refund) {
  if (refund.shippingCents === 0) return []
  const view = {
    __typename: 'RefundShippingLine',
    id: gid('RefundShippingLine', refund.id),
    subtotalAmountSet: bagOf(order, refund.shippingCents),
    taxAmountSet: bagOf(order, 0),
  }
  return [{ id: refund.id, view }]
}

export function refundView(order: Order, refund: Refund, asking: Asking): object {
  const connection = (items: { id: number; view: object }[]) => (paging: Paging) => {
    const listing = {
      items,
      place: ({ id }: { id: number }) => ({ value: id, id }),
      view: ({ view }: { view: object }) => view,
    }
    return asking.isBulk ? whole(listing) : page(listing, paging)
  }
  return {
    __typename: 'Refund',
    id: gid('Refund', refund.id),
    legacyResourceId: String(refund.id),
    createdAt: isoOf(refund.at),
    processedAt: isoOf(refund.at),
    updatedAt: isoOf(refund.at),
    note: null,
    totalRefundedSet: bagOf(order, refund.totalCents),
    refundLineItems: connection(refundLines(order, refund, asking)),
    refundShippingLines: connection(shippingLines(order, refund)),
    orderAdjustments: connection([]),
  }
}

export function paymentState(order: Order, now: number): Record<string, unknown> {
  const { totalCents } = amountsOf(order)
  const back = order.refunds
    .filter(({ at }) => at <= now)
    .reduce((sum, refund) => sum + refund.totalCents, 0)
  const isPaid = order.paidAt <= now
  const received = isPaid ? totalCents : 0
  const whenPaid = back === 0 ? 'PAID' : back < totalCents ? 'PARTIALLY_REFUNDED' : 'REFUNDED'
  return {
    displayFinancialStatus: isPaid ? whenPaid : 'PENDING',
    fullyPaid: isPaid,
    unpaid: !isPaid,
    totalReceivedSet: bagOf(order, received),
    totalRefundedSet: bagOf(order, back),
    netPaymentSet: bagOf(order, received - back),
    totalOutstandingSet: bagOf(order, totalCents - received),
    paymentGatewayNames: [isByTransfer(order) ? 'Bank Deposit' : 'shopify_payments'],
  }
}
