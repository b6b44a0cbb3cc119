import { Instant, z } from '@analyticaflow/sdk'
import { Amount, MoneyBag } from '../amounts.ts'
import { connection } from '../connection.ts'
import { Gid } from '../ids.ts'

const Numbered = z.object({ legacyResourceId: z.string() })
const Sku = z.string().nullable()
const Address = z.object({ countryCodeV2: z.string().nullable() }).nullable()
const TaxLine = z.object({ rate: z.number().nullish(), priceSet: MoneyBag })

/** A line as it was ordered, with what has been removed and given back since. */
export const LineItem = z.object({
  id: Gid,
  name: z.string(),
  sku: Sku,
  /** Ordered, whatever became of it. */
  quantity: z.int(),
  /** Without what was given back or removed by an edit. */
  currentQuantity: z.int(),
  isGiftCard: z.boolean(),
  /** Null once the merchant has deleted it, and for lines that never were a product. */
  variant: Numbered.nullable(),
  product: Numbered.nullable(),
  originalUnitPriceSet: MoneyBag,
  discountAllocations: z.array(z.object({ allocatedAmountSet: MoneyBag })),
  taxLines: z.array(TaxLine),
})
export type LineItem = z.infer<typeof LineItem>

export const RefundLineItem = z.object({
  quantity: z.int(),
  subtotalSet: MoneyBag,
  totalTaxSet: MoneyBag,
  lineItem: LineItem.pick({ id: true, isGiftCard: true, variant: true, product: true, sku: true }),
})
export type RefundLineItem = z.infer<typeof RefundLineItem>

const RefundHead = z.object({
  id: Gid,
  legacyResourceId: z.string(),
  createdAt: z.string().nullable(),
  processedAt: z.string(),
  totalRefundedSet: MoneyBag,
})

export const Visit = z.object({
  id: Gid,
  occurredAt: z.string(),
  landingPage: z.string().nullable(),
  referrerUrl: z.string().nullable(),
  /** What Shopify makes of the referrer: "Google", "direct", a domain. */
  source: z.string(),
  utmParameters: z
    .object({
      source: z.string().nullable(),
      medium: z.string().nullable(),
      campaign: z.string().nullable(),
      content: z.string().nullable(),
      term: z.string().nullable(),
    })
    .nullable(),
})
export type Visit = z.infer<typeof Visit>

/** Moments that are no visits come as empty objects. */
export const Moment = z.union([Visit, z.object({}).strict()])

const JourneyHead = z.object({
  /** False until Shopify has put the visits together, some time after the order. */
  ready: z.boolean(),
  momentsCount: z.object({ count: z.int() }).nullable(),
  firstVisit: Visit.nullable(),
  lastVisit: Visit.nullable(),
})

const Fee = z.object({ amount: z.object({ amount: Amount, currencyCode: z.string() }) })

const Transaction = z.object({
  kind: z.string(),
  status: z.string(),
  test: z.boolean(),
  /** Of Shopify Payments only. */
  fees: z.array(Fee),
})

/** What an order says of itself, without its lists. */
const orderHead = {
  id: Gid,
  legacyResourceId: z.string(),
  name: z.string(),
  createdAt: Instant,
  /** Set by whoever imports an order; one that makes no sense sets the order aside. */
  processedAt: z.string(),
  updatedAt: Instant,
  cancelledAt: z.string().nullable(),
  test: z.boolean(),
  currencyCode: z.string(),
  presentmentCurrencyCode: z.string(),
  taxesIncluded: z.boolean(),
  displayFinancialStatus: z.string().nullable(),
  sourceName: z.string().nullable(),
  discountCodes: z.array(z.string()),
  /** Absent where the settings leave personal data out. */
  email: z.string().nullish(),
  phone: z.string().nullish(),
  totalPriceSet: MoneyBag,
  totalTaxSet: MoneyBag.nullable(),
  totalShippingPriceSet: MoneyBag,
  shippingLine: z
    .object({
      discountedPriceSet: MoneyBag,
      taxLines: z.array(z.object({ priceSet: MoneyBag })),
    })
    .nullable(),
  /** Null for guests, and once the customer is erased. */
  customer: Numbered.nullable(),
  /** Null for goods that are not sent, and in the shop itself. */
  shippingAddress: Address,
  billingAddress: Address,
  transactions: z.array(Transaction),
}

export const LineItems = connection(LineItem)
export const RefundLineItems = connection(RefundLineItem)
export const Moments = connection(Moment)

/** An order as a page of the API has it: with the first page of each of its lists. */
export const PagedOrder = z.object({
  ...orderHead,
  lineItems: LineItems,
  refunds: z.array(RefundHead.extend({ refundLineItems: RefundLineItems })),
  customerJourneySummary: JourneyHead.extend({ moments: Moments.nullable() }).nullable(),
})
export type PagedOrder = z.infer<typeof PagedOrder>

/** An order as a bulk operation has it: without refund lines and moments. */
export const BulkOrder = z.object({
  ...orderHead,
  refunds: z.array(RefundHead),
  customerJourneySummary: JourneyHead.nullable(),
})
export type BulkOrder = z.infer<typeof BulkOrder>

/** An order with all of its lists: the row that is kept and mapped. */
export const OrderRow = z.object({
  ...orderHead,
  lineItems: z.array(LineItem),
  refunds: z.array(RefundHead.extend({ refundLineItems: z.array(RefundLineItem) })),
  journey: z
    .object({ ready: z.boolean(), visits: z.array(Visit), lastVisit: Visit.nullable() })
    .nullable(),
})
export type OrderRow = z.infer<typeof OrderRow>
export type RefundRow = OrderRow['refunds'][number]

/** A page of orders. */
export const OrdersPage = connection(PagedOrder)

/** Where an order goes, else who pays it. */
export const countryOf = ({ shippingAddress, billingAddress }: OrderRow): string | null =>
  (shippingAddress ?? billingAddress)?.countryCodeV2 ?? null
