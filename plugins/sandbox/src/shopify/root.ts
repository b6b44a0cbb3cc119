import { PRODUCTS } from '../world/catalogue.ts'
import { CURRENCY, TIME_ZONE } from '../world/world.ts'
import type { Asking } from './asking.ts'
import type { BulkOperations } from './bulk.ts'
import { APP, SHOP_DOMAIN } from './installation.ts'
import { customers, orders, products, type ListArguments } from './listings.ts'
import { customerView } from './views/customer.ts'
import { gid } from './views/money.ts'
import { orderView } from './views/order.ts'
import { productView } from './views/product.ts'

const numberOf = (id: string): number => Number(id.split('/').at(-1))

function orderById(asking: Asking, id: string): object | null {
  asking.mustHaveScope('order', 'read_orders')
  asking.mustHaveOrderData()
  const known = asking.shop.order(numberOf(id))
  return known === undefined ? null : orderView(known, asking)
}

function customerById(asking: Asking, id: string): object | null {
  asking.mustHaveScope('customer', 'read_customers')
  const known = asking.shop.customers().find(({ life }) => life.person.id === numberOf(id))
  return known === undefined ? null : customerView(known, asking)
}

function productById(asking: Asking, id: string): object | null {
  asking.mustHaveScope('product', 'read_products')
  const product = PRODUCTS.find((one) => one.id === numberOf(id))
  return product === undefined ? null : productView(product, asking)
}

/** It was opened long before anything that is simulated. */
const OPENED = '2021-03-01T09:00:00Z'

const shopView = (plan: string) => ({
  __typename: 'Shop',
  id: gid('Shop', 61_000_000_001),
  name: 'Harbour Coffee',
  createdAt: OPENED,
  email: 'hello@harbour-coffee.example',
  contactEmail: 'hello@harbour-coffee.example',
  myshopifyDomain: SHOP_DOMAIN,
  url: 'https://harbour-coffee.example',
  primaryDomain: { host: 'harbour-coffee.example', url: 'https://harbour-coffee.example' },
  currencyCode: CURRENCY,
  ianaTimezone: TIME_ZONE,
  taxesIncluded: true,
  taxShipping: false,
  enabledPresentmentCurrencies: ['EUR', 'CHF', 'GBP', 'USD'],
  plan: { publicDisplayName: plan, partnerDevelopment: false, shopifyPlus: plan === 'Plus' },
})

const installationView = (scopes: readonly string[]) => ({
  __typename: 'AppInstallation',
  id: gid('AppInstallation', 1),
  accessScopes: scopes.map((handle) => ({ handle, description: handle })),
  app: { __typename: 'App', id: gid('App', 1), title: 'AnalyticaFlow', apiKey: APP.clientId },
})

function nodeOf(asking: Asking, bulk: BulkOperations, id: string): object | null {
  const readers: Record<string, () => object | null> = {
    Order: () => orderById(asking, id),
    Customer: () => customerById(asking, id),
    Product: () => productById(asking, id),
    BulkOperation: () => bulk.look(id),
  }
  return readers[id.split('/').at(-2) ?? '']?.() ?? null
}

/** The fields of QueryRoot that are played. */
export function queryRoot(asking: Asking, bulk: BulkOperations): Record<string, unknown> {
  return {
    orders: (given: ListArguments) => orders(asking, given),
    customers: (given: ListArguments) => customers(asking, given),
    products: (given: ListArguments) => products(asking, given),
    order: ({ id }: { id: string }) => orderById(asking, id),
    customer: ({ id }: { id: string }) => customerById(asking, id),
    product: ({ id }: { id: string }) => productById(asking, id),
    node: ({ id }: { id: string }) => nodeOf(asking, bulk, id),
    nodes: ({ ids }: { ids: string[] }) => ids.map((id) => nodeOf(asking, bulk, id)),
    shop: () => shopView(asking.plan),
    bulkOperation: ({ id }: { id: string }) => bulk.look(id),
    currentBulkOperation: () => bulk.latest(),
    currentAppInstallation: () => installationView(asking.session.scopes),
    ...asking.webhooks.queries(),
    bulkOperationRunQuery: (given: { query: string; groupObjects?: boolean }) =>
      bulk.run(given, asking.forBulk()),
    bulkOperationCancel: (given: { id: string }) => bulk.cancel(given),
    ...asking.webhooks.mutations(),
  }
}
