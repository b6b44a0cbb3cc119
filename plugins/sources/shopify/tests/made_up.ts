import type { LineItem, OrderRow, RefundLineItem, RefundRow, Visit } from '../src/orders/rows.ts'

/** An amount as the API has it. */
export const bag = (amount: string, currencyCode = 'EUR') => ({
  shopMoney: { amount, currencyCode },
})

let next = 1000
const numbered = () => String((next += 1))

/** A line of 2 × 50.00 with nothing special about it. */
export function lineItem(changes: Partial<LineItem> = {}): LineItem {
  const number = numbered()
  const quantity = changes.quantity ?? 2
  return {
    id: `gid://shopify/LineItem/${number}`,
    name: 'Mug - Blue',
    sku: 'MUG-B',
    quantity,
    currentQuantity: quantity,
    isGiftCard: false,
    variant: { legacyResourceId: `7${number}` },
    product: { legacyResourceId: `8${number}` },
    originalUnitPriceSet: bag('50.0'),
    discountAllocations: [],
    taxLines: [],
    ...changes,
  }
}

/** An order of one such line, without tax and shipping; the amounts of its head are up to the caller. */
export function orderRow(changes: Partial<OrderRow> = {}): OrderRow {
  return {
    id: 'gid://shopify/Order/61',
    legacyResourceId: '61',
    name: '#1061',
    createdAt: '2026-11-01T09:12:44Z',
    processedAt: '2026-11-01T09:12:43Z',
    updatedAt: '2026-11-01T15:02:10Z',
    cancelledAt: null,
    test: false,
    currencyCode: 'EUR',
    presentmentCurrencyCode: 'EUR',
    taxesIncluded: false,
    displayFinancialStatus: 'PAID',
    sourceName: 'web',
    discountCodes: [],
    email: 'ann@example.com',
    phone: null,
    totalPriceSet: bag('100.0'),
    totalTaxSet: bag('0.0'),
    totalShippingPriceSet: bag('0.0'),
    shippingLine: null,
    customer: { legacyResourceId: '5001' },
    shippingAddress: { countryCodeV2: 'DE' },
    billingAddress: null,
    transactions: [],
    lineItems: [lineItem()],
    refunds: [],
    journey: null,
    ...changes,
  }
}

/** So many pieces of a line given back, for so much. */
export function refundLine(
  line: LineItem,
  changes: { quantity?: number; subtotal: string; tax?: string }
): RefundLineItem {
  const { id, isGiftCard, variant, product, sku } = line
  return {
    quantity: changes.quantity ?? 1,
    subtotalSet: bag(changes.subtotal),
    totalTaxSet: bag(changes.tax ?? '0.0'),
    lineItem: { id, isGiftCard, variant, product, sku },
  }
}

/** A refund of the day after the order. */
export function refundRow(
  total: string,
  lines: RefundLineItem[],
  createdAt: string | null = '2026-11-02T10:00:00Z'
): RefundRow {
  const number = numbered()
  return {
    id: `gid://shopify/Refund/${number}`,
    legacyResourceId: number,
    createdAt,
    processedAt: '2026-11-02T10:00:01Z',
    totalRefundedSet: bag(total),
    refundLineItems: lines,
  }
}

/** A visit an hour before the order, by a paid click. */
export function visit(changes: Partial<Visit> = {}): Visit {
  return {
    id: `gid://shopify/CustomerVisit/${numbered()}`,
    occurredAt: '2026-11-01T08:01:00Z',
    landingPage: 'https://x.example/?utm_source=google',
    referrerUrl: null,
    source: 'google',
    utmParameters: {
      source: 'google',
      medium: 'cpc',
      campaign: 'brand',
      content: null,
      term: null,
    },
    ...changes,
  }
}

/** Orders that changed a minute (or so long) after each other, each with everything that an order can have. */
export function ordersOf(
  count: number,
  since = '2026-11-19T00:00:00Z',
  apartMs = 60_000
): OrderRow[] {
  return Array.from({ length: count }, (_, n) => {
    const line = lineItem()
    const visits = [
      visit(),
      visit({ occurredAt: '2026-11-01T08:30:00Z' }),
      visit({ occurredAt: '2026-11-01T09:00:00Z' }),
    ]
    const at = new Date(Date.parse(since) + n * apartMs).toISOString()
    return orderRow({
      id: `gid://shopify/Order/${1000 + n}`,
      legacyResourceId: String(1000 + n),
      updatedAt: at,
      lineItems: [line, lineItem()],
      refunds: [refundRow('50.0', [refundLine(line, { subtotal: '50.0' })])],
      journey: { ready: true, visits, lastVisit: visits[2] ?? null },
    })
  })
}
