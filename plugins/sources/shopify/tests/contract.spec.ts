import { createHmac } from 'node:crypto'
import { contract, type ContractSpec, type VendorRow } from '@analyticaflow/sdk/testing'
import { test } from '@japa/runner'
import source from '../src/index.ts'
import type { OrderRow } from '../src/orders/rows.ts'
import type { CustomerRow } from '../src/streams/customers.ts'
import type { VariantRow } from '../src/streams/products.ts'
import { FakeShopify } from './fake_shopify.ts'
import { bag, lineItem, orderRow, refundLine, refundRow, visit } from './made_up.ts'

/** An order with everything that one can have. */
function order(number: number, at: Date): OrderRow {
  const id = String(6000 + number)
  const line = lineItem({
    id: `gid://shopify/LineItem/${id}`,
    variant: { legacyResourceId: `7${id}` },
    product: { legacyResourceId: `8${id}` },
  })
  const refund = refundRow('50.0', [refundLine(line, { subtotal: '50.0' })])
  const seen = visit({ id: `gid://shopify/CustomerVisit/${id}` })
  return orderRow({
    id: `gid://shopify/Order/${id}`,
    legacyResourceId: id,
    updatedAt: at.toISOString(),
    lineItems: [line],
    refunds: [{ ...refund, id: `gid://shopify/Refund/9${id}`, legacyResourceId: `9${id}` }],
    journey: { ready: true, visits: [seen], lastVisit: seen },
  })
}

const customer = (number: number, at: Date): CustomerRow => ({
  id: `gid://shopify/Customer/${5000 + number}`,
  legacyResourceId: String(5000 + number),
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: at.toISOString(),
  tags: ['vip'],
  defaultEmailAddress: { emailAddress: `c${number}@example.com` },
  defaultPhoneNumber: null,
  defaultAddress: { countryCodeV2: 'DE' },
})

const variant = (number: number, at: Date): VariantRow => ({
  id: `gid://shopify/ProductVariant/${7000 + number}`,
  legacyResourceId: String(7000 + number),
  title: `No. ${number}`,
  sku: null,
  price: '12.50',
  updatedAt: at.toISOString(),
  product: {
    id: `gid://shopify/Product/${8000 + number}`,
    title: 'Mug',
    vendor: 'Mugs',
    productType: 'Kitchen',
  },
  inventoryItem: {
    updatedAt: at.toISOString(),
    unitCost: { amount: '4.5', currencyCode: 'EUR' },
  },
  currency: 'EUR',
})

interface Asked {
  query: string
  variables: Record<string, unknown>
}

function shopOf(tables: Record<string, VendorRow[]>): FakeShopify {
  const shop = new FakeShopify()
  shop.orders = (tables.orders ?? []) as unknown as OrderRow[]
  shop.customers = (tables.customers ?? []) as unknown as CustomerRow[]
  shop.variants = (tables.products ?? []) as unknown as VariantRow[]
  return shop
}

/** Points that come back after so many seconds. */
function throttled(seconds: number) {
  const throttleStatus = { maximumAvailable: 2000, currentlyAvailable: 0, restoreRate: 100 }
  const cost = { requestedQueryCost: seconds * 100, actualQueryCost: null, throttleStatus }
  const errors = [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }]
  return { json: { errors, extensions: { cost } } }
}

/** The body of a call, as far as subscriptions ask for it. */
function bodyOf(topic: string, { legacyResourceId, updatedAt }: VendorRow): object {
  const id = Number(legacyResourceId)
  if (topic === 'refunds/create') return { id: 1, order_id: id }
  if (topic.startsWith('products/')) return { id: 8, updated_at: updatedAt, variants: [{ id }] }
  return { id, updated_at: updatedAt }
}

const spec: ContractSpec = {
  vendor: ({ body, now }, tables) => {
    const { query, variables } = body as unknown as Asked
    return {
      headers: { date: now.toUTCString() },
      json: shopOf(tables).answer(query, variables),
    }
  },
  config: { shop: 'mugs.myshopify.com' },
  throttled,
  streams: {
    // Three pages each, and orders of less than a week: `history.spec.ts` is about longer ones.
    orders: {
      make: (number, at) => ({ ...order(number, at) }),
      change: (row) => ({ ...row, totalPriceSet: bag('99.0') }),
      rows: 60,
    },
    customers: {
      make: (number, at) => ({ ...customer(number, at) }),
      change: (row) => ({ ...row, tags: ['lost'] }),
      rows: 201,
    },
    products: {
      make: (number, at) => ({ ...variant(number, at) }),
      change: (row) => ({ ...row, price: '13.00' }),
      rows: 101,
    },
  },
  badCases: [
    { name: 'app that was removed', isRevoked: true, code: 'auth_expired' },
    {
      name: 'another shop',
      config: { shop: 'cups.myshopify.com' },
      code: 'config_invalid',
      field: 'shop',
    },
    {
      name: 'no shop of that name',
      reply: () => ({ status: 404 }),
      code: 'config_invalid',
      field: 'shop',
    },
    {
      name: 'a host that is none of the vendor’s',
      config: { shop: 'mugs.example' },
      code: 'config_invalid',
      field: 'shop',
    },
    {
      name: 'no approval for protected data',
      reply: ({ body }) => {
        if (!(body as unknown as Asked).query.includes('Probe')) return undefined
        const errors = [{ path: ['orders', 'email'], extensions: { code: 'ACCESS_DENIED' } }]
        return { json: { data: null, errors } }
      },
      code: 'auth_scope',
    },
    {
      name: 'the page of a storefront',
      reply: () => ({ text: '<!doctype html><title>Password</title>' }),
      code: 'vendor_response',
    },
  ],
  webhooks: {
    call: (topic, row, delivery, clientSecret) => {
      const body = Buffer.from(JSON.stringify(bodyOf(topic, row)))
      return {
        headers: {
          'content-type': 'application/json',
          'x-shopify-topic': topic,
          'x-shopify-webhook-id': delivery,
          'x-shopify-hmac-sha256': createHmac('sha256', clientSecret).update(body).digest('base64'),
        },
        body,
      }
    },
  },
}

/**
 * Calls that the kit has no way to try: that the app was removed tells of no row, and rows of products
 * have no time by which the kit could tell an older one, while a call always reads them as they are.
 */
function tried(): typeof source {
  const { webhooks } = source
  if (webhooks === undefined) throw new Error('There are no calls')
  const topics = Object.entries(webhooks.topics).filter(
    ([name, { stream }]) => name !== 'app/uninstalled' && stream !== 'products'
  )
  return { ...source, webhooks: { ...webhooks, topics: Object.fromEntries(topics) } }
}

test.group('Shopify keeps the contract', () => {
  for (const { id, name, run, exempt } of contract(tried(), spec)) {
    test(name, async ({ assert }) => {
      // There are no reports, and no lists that are replaced as a whole.
      assert.equal(exempt !== undefined, id === 'restatement')
      await run()
    })
  }
})
