/** What is asked of a shop beyond the amounts. */
export interface Access {
  /** E-mail addresses and telephone numbers: protected customer data of level 2. */
  personal: boolean
}

const MONEY = '{ shopMoney { amount currencyCode } }'
const VISIT = `id occurredAt landingPage referrerUrl source
  utmParameters { source medium campaign content term }`

const LINE_ITEM = `id name sku quantity currentQuantity isGiftCard
  variant { legacyResourceId } product { legacyResourceId }
  originalUnitPriceSet ${MONEY}
  discountAllocations { allocatedAmountSet ${MONEY} }
  taxLines { rate priceSet ${MONEY} }`

const REFUND_LINE_ITEM = `quantity subtotalSet ${MONEY} totalTaxSet ${MONEY}
  lineItem { id isGiftCard variant { legacyResourceId } product { legacyResourceId } sku }`

const REFUND = `id legacyResourceId createdAt processedAt totalRefundedSet ${MONEY}`

/** Fields of an order without its lists: what a bulk operation can give on one line. */
const head = ({ personal }: Access) => `id legacyResourceId name createdAt processedAt updatedAt
  cancelledAt test currencyCode presentmentCurrencyCode taxesIncluded displayFinancialStatus
  sourceName discountCodes ${personal ? 'email phone' : ''}
  totalPriceSet ${MONEY} totalTaxSet ${MONEY} totalShippingPriceSet ${MONEY}
  shippingLine { discountedPriceSet ${MONEY} taxLines { priceSet ${MONEY} } }
  customer { legacyResourceId } shippingAddress { countryCodeV2 } billingAddress { countryCodeV2 }
  transactions { kind status test fees { amount { amount currencyCode } } }`

const journey = (moments: string) => `customerJourneySummary { ready momentsCount { count }
  firstVisit { ${VISIT} } lastVisit { ${VISIT} } ${moments} }`

const PAGE_INFO = 'pageInfo { hasNextPage endCursor }'

/** Pages of the lists inside an order. Most orders fit; the others are completed list by list. */
const NESTED = { lineItems: 20, refundLineItems: 10, moments: 10 }

/** How many rows of one list a completing query asks for. */
const REST = 100

const lineItems = (first: number, after = '') =>
  `lineItems(first: ${first}${after}) { ${PAGE_INFO} nodes { ${LINE_ITEM} } }`
const refundLineItems = (first: number, after = '') =>
  `refundLineItems(first: ${first}${after}) { ${PAGE_INFO} nodes { ${REFUND_LINE_ITEM} } }`
const moments = (first: number, after = '') =>
  `moments(first: ${first}${after}) { ${PAGE_INFO} nodes { ... on CustomerVisit { ${VISIT} } } }`

const whole = (access: Access) => `${head(access)} ${lineItems(NESTED.lineItems)}
  refunds { ${REFUND} ${refundLineItems(NESTED.refundLineItems)} }
  ${journey(moments(NESTED.moments))}`

/** A page of orders, oldest update first. */
export const ordersPage = (access: Access): string => `
  query Orders($first: Int!, $after: String, $filter: String) {
    orders(first: $first, after: $after, query: $filter, sortKey: UPDATED_AT) {
      ${PAGE_INFO} nodes { ${whole(access)} }
    }
  }`

/** One order by its id. */
export const orderById = (access: Access): string => `
  query Order($id: ID!) { order(id: $id) { ${whole(access)} } }`

/** When the order that was changed longest ago was changed: where history begins. */
export const OLDEST_ORDER = `
  query OldestOrder { orders(first: 1, sortKey: UPDATED_AT) { nodes { updatedAt } } }`

/**
 * The orders of a filter, for a bulk operation.
 *
 * TRICKY: a bulk operation refuses a list inside a list that is no connection (refund lines), and
 * connections whose nodes are no Node (moments, shipping lines), so these are asked for afterwards,
 * of the orders that have some. https://shopify.dev/docs/api/usage/bulk-operations/queries
 */
export const ordersInBulk = (access: Access, filter: string): string => `
  { orders(query: ${JSON.stringify(filter)}, sortKey: UPDATED_AT) { edges { node { ${head(access)}
    refunds { ${REFUND} } ${journey('')}
    lineItems { edges { node { ${LINE_ITEM} } } } } } } }`

/** First pages of the lists that a bulk operation leaves out, of several orders. */
export const LISTS_BY_ID = `
  query Lists($ids: [ID!]!) { nodes(ids: $ids) { ... on Order { id
    refunds { id ${refundLineItems(NESTED.refundLineItems)} }
    customerJourneySummary { ${moments(NESTED.moments)} } } } }`

const AFTER = ', after: $after'

/** Further pages of the three lists, by the id of what they belong to. */
export const MORE = {
  lineItems: `query MoreLines($id: ID!, $after: String) {
    node(id: $id) { ... on Order { list: ${lineItems(REST, AFTER)} } } }`,
  refundLineItems: `query MoreRefundLines($id: ID!, $after: String) {
    node(id: $id) { ... on Refund { list: ${refundLineItems(REST, AFTER)} } } }`,
  moments: `query MoreMoments($id: ID!, $after: String) {
    node(id: $id) { ... on Order { journey: customerJourneySummary { list: ${moments(REST, AFTER)} } } } }`,
} as const
