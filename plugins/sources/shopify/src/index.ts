import { apiKey, defineSource, oauth2 } from '@analyticaflow/sdk'
import { check } from './check.ts'
import { Config } from './config.ts'
import { classify, costOf } from './errors.ts'
import { customers } from './streams/customers.ts'
import { orders } from './streams/orders.ts'
import { products } from './streams/products.ts'
import { API_SUNSET, API_VERSION, SCOPES } from './vendor.ts'
import { calls } from './webhooks/calls.ts'

const TOKEN_HEADER = 'X-Shopify-Access-Token'

const tokens = {
  authorizeUrl: 'https://{shop}/admin/oauth/authorize',
  tokenUrl: 'https://{shop}/admin/oauth/access_token',
  scopes: SCOPES,
  scopeSeparator: ',',
  refresh: 'rotating',
  place: { in: 'header', name: TOKEN_HEADER },
  tokenBody: 'json',
} as const

/** What Shopify signs when it leads back from the installation. https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/authorization-code-grant */
const CALLBACK = {
  hmac: 'hmac',
  // As long as Shopify's own libraries allow.
  timestamp: { name: 'timestamp', withinSeconds: 90 },
  settings: { shop: 'shop' },
}

/** A shop on Shopify. */
export default defineSource({
  id: 'shopify',
  sourceType: 'shopify',
  version: '1.0.0',
  sdk: '^1.0.0',
  title: 'Shopify',
  vendorApi: {
    version: API_VERSION,
    docs: 'https://shopify.dev/docs/api/admin-graphql/2026-10',
    sunset: API_SUNSET,
  },
  auth: [
    // An app that shops install. Its tokens end after an hour and are renewed, as Shopify asks of all since 2027.
    oauth2({ ...tokens, tokenParams: { expiring: '1' }, callback: CALLBACK }),
    // An app of the shop's own organisation, which needs no consent.
    oauth2({ ...tokens, grant: 'client_credentials' }),
    // A custom app made in the admin of the shop.
    apiKey({ in: 'header', name: TOKEN_HEADER, field: 'access_token' }),
  ],
  config: Config,
  http: {
    baseUrl: ({ shop }) => `https://${shop}`,
    // Where the files of bulk operations lie; credentials do not go there.
    hosts: ['storage.googleapis.com'],
    // Of the smallest plan, until the first answer tells that of the shop.
    limit: { bucket: 2000, refillPerSecond: 100, cost: () => 50 },
    classify,
    observe: ({ body }) => {
      const status = costOf(body)?.throttleStatus
      return (
        status && {
          available: status.currentlyAvailable,
          capacity: status.maximumAvailable,
          refillPerSecond: status.restoreRate,
        }
      )
    },
  },
  check,
  streams: { orders, customers, products },
  webhooks: calls,
})
