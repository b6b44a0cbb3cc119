import { graphqlSync, parse } from 'graphql'
import type { OrderRow } from '../src/orders/rows.ts'
import type { CustomerRow } from '../src/streams/customers.ts'
import type { VariantRow } from '../src/streams/products.ts'
import { FakeBulk } from './fake_bulk.ts'
import {
  customerNode,
  orderNode,
  pageByUpdate,
  pageOf,
  productNodes,
  variantNode,
} from './fake_data.ts'
import { adminSchema } from './schema.ts'

/** A request as it left the client. */
export interface Asked {
  url: string
  headers: Record<string, string>
  query: string
  variables: Record<string, unknown>
}

interface Updated {
  id: string
  updatedAt: string
}

/** Bounds of a filter such as `updated_at:>='…' AND updated_at:<'…'`; anything else is refused. */
function inFilter(filter: string | null | undefined): (row: Updated) => boolean {
  const bounds = (filter ?? '').split(' AND ').filter(Boolean)
  const tests = bounds.map((bound) => {
    const [, sign, at = ''] = /^updated_at:(>=|<)'([^']+)'$/.exec(bound) ?? []
    if (sign === undefined) throw new Error(`The filter is not understood: ${bound}`)
    const limit = Date.parse(at)
    return sign === '<'
      ? (row: Updated) => Date.parse(row.updatedAt) < limit
      : (row: Updated) => Date.parse(row.updatedAt) >= limit
  })
  return (row) => tests.every((test) => test(row))
}

/** A shop that answers queries by the vendor's own schema, so that neither side can make up a field. */
export class FakeShopify {
  orders: OrderRow[] = []
  customers: CustomerRow[] = []
  variants: VariantRow[] = []
  scopes = ['read_orders', 'read_all_orders', 'read_customers', 'read_products', 'read_inventory']
  domain = 'mugs.myshopify.com'
  createdAt = '2020-01-01T00:00:00Z'
  /** Rows of orders that a page may have before it costs too much. */
  affordableOrders = 250
  /** A field that is kept from the app. */
  denied: string | undefined
  readonly asked: Asked[] = []
  readonly bulk = new FakeBulk()

  /** The answer to a query: what the schema makes of the shop. */
  answer(query: string, variables: Record<string, unknown>): Record<string, unknown> {
    const first = Number(variables.first ?? 0)
    if (query.includes('query Orders') && first > this.affordableOrders) {
      const extensions = {
        code: 'MAX_COST_EXCEEDED',
        cost: (1000 * first) / this.affordableOrders,
        maxCost: 1000,
      }
      return { errors: [{ message: 'Query cost is too high', extensions }] }
    }
    const result = graphqlSync({
      schema: adminSchema,
      source: query,
      variableValues: variables,
      rootValue: this.#root(),
    })
    if (this.denied !== undefined && query.includes(this.denied)) {
      const error = {
        message: 'Denied',
        path: [this.denied],
        extensions: { code: 'ACCESS_DENIED' },
      }
      return { data: null, errors: [error] }
    }
    // As JSON, since graphql-js makes objects without a prototype.
    return JSON.parse(JSON.stringify({ ...result, extensions: { cost: COST } })) as Record<
      string,
      unknown
    >
  }

  #root() {
    const list = <T extends Updated>(rows: T[], node: (row: T) => object) => {
      return ({ query, ...page }: { query?: string; first?: number; after?: string }) =>
        pageByUpdate(rows.filter(inFilter(query)), node, page)
    }
    const find = (id: string) => this.#nodes().find((node) => node.id === id) ?? null
    return {
      shop: {
        id: 'gid://shopify/Shop/1',
        name: 'Mugs',
        myshopifyDomain: this.domain,
        currencyCode: 'EUR',
        ianaTimezone: 'Europe/Berlin',
        createdAt: this.createdAt,
      },
      currentAppInstallation: { accessScopes: this.scopes.map((handle) => ({ handle })) },
      orders: list(this.orders, orderNode),
      customers: list(this.customers, customerNode),
      products: (page: object) => pageOf(productNodes(this.variants), page),
      node: ({ id }: { id: string }) => find(id),
      nodes: ({ ids }: { ids: string[] }) => ids.map(find),
      order: ({ id }: { id: string }) => find(id),
      customer: ({ id }: { id: string }) => find(id),
      bulkOperation: ({ id }: { id: string }) => this.bulk.look(id),
      bulkOperationRunQuery: ({ query }: { query: string }) => {
        parse(query)
        return this.bulk.start(query, () => this.answer(query, {}).data as Record<string, unknown>)
      },
    }
  }

  #nodes(): { id: string }[] {
    const orders = this.orders.map(orderNode)
    return [
      ...orders,
      ...orders.flatMap(({ refunds }) => refunds),
      ...this.customers.map(customerNode),
      ...productNodes(this.variants),
      ...this.variants.map(variantNode),
    ]
  }
}

const COST = {
  requestedQueryCost: 112,
  actualQueryCost: 18,
  throttleStatus: { maximumAvailable: 2000, currentlyAvailable: 1982, restoreRate: 100 },
}
