import type { OrderRow, Visit } from '../src/orders/rows.ts'
import type { CustomerRow } from '../src/streams/customers.ts'
import type { VariantRow } from '../src/streams/products.ts'

interface PageArguments {
  first?: number | null
  after?: string | null
}

/** A list as the API pages it; without `first`, as a bulk operation reads it, all of it. */
export function pageOf<T>(all: readonly T[], { first, after }: PageArguments) {
  const from = after == null ? 0 : Number(Buffer.from(after, 'base64').toString('utf8'))
  const to = first == null ? all.length : Math.min(all.length, from + first)
  const nodes = all.slice(from, to)
  return {
    nodes,
    edges: nodes.map((node) => ({ node })),
    pageInfo: {
      hasNextPage: to < all.length,
      endCursor: nodes.length > 0 ? Buffer.from(String(to)).toString('base64') : null,
    },
  }
}

interface Updated {
  id: string
  updatedAt: string
}

const byUpdate = (a: Updated, b: Updated) =>
  Date.parse(a.updatedAt) - Date.parse(b.updatedAt) || a.id.localeCompare(b.id)

/** A list by update time. Its cursors name a row's place, so what moves meanwhile shifts no page. */
export function pageByUpdate<T extends Updated>(
  all: readonly T[],
  node: (row: T) => object,
  { first, after }: PageArguments
) {
  const sorted = all.toSorted(byUpdate)
  const place = after == null ? null : (JSON.parse(atob(after)) as Updated)
  const rest = place === null ? sorted : sorted.filter((row) => byUpdate(row, place) > 0)
  const rows = rest.slice(0, first ?? rest.length)
  const nodes = rows.map(node)
  const last = rows.at(-1)
  return {
    nodes,
    edges: nodes.map((each) => ({ node: each })),
    pageInfo: {
      hasNextPage: rows.length < rest.length,
      endCursor: last ? btoa(JSON.stringify({ id: last.id, updatedAt: last.updatedAt })) : null,
    },
  }
}

/** An order in the vendor's own shape, which graphql-js reads fields from. */
export function orderNode(row: OrderRow) {
  const { lineItems, refunds, journey, customer, ...head } = row
  return {
    __typename: 'Order',
    ...head,
    customer: customer && {
      id: `gid://shopify/Customer/${customer.legacyResourceId}`,
      ...customer,
    },
    lineItems: (page: PageArguments) => pageOf(lineItems, page),
    refunds: refunds.map(({ refundLineItems, ...refund }) => ({
      __typename: 'Refund',
      ...refund,
      refundLineItems: (page: PageArguments) => pageOf(refundLineItems, page),
    })),
    customerJourneySummary: journey && {
      ready: journey.ready,
      momentsCount: journey.ready ? { count: journey.visits.length, precision: 'EXACT' } : null,
      firstVisit: visitNode(journey.visits[0] ?? null),
      lastVisit: visitNode(journey.lastVisit),
      moments: (page: PageArguments) => pageOf(journey.visits.map(visitNode), page),
    },
  }
}

const visitNode = (visit: Visit | null) => visit && { __typename: 'CustomerVisit', ...visit }

export const customerNode = (row: CustomerRow) => ({ __typename: 'Customer', ...row })

/** Products of variants, each with its own. */
export function productNodes(rows: readonly VariantRow[]) {
  const byId = new Map(rows.map(({ product }) => [product.id, product]))
  return [...byId.values()].map((product) => {
    const own = rows.filter((row) => row.product.id === product.id).map(variantNode)
    return {
      __typename: 'Product',
      ...product,
      variants: (page: PageArguments) => pageOf(own, page),
    }
  })
}

export function variantNode({ currency: _currency, ...variant }: VariantRow) {
  return { __typename: 'ProductVariant', ...variant }
}
