/**
 * The version of the Admin API that everything here is written for. Shopify publishes one a quarter
 * and keeps each for a year; a retired one is answered as the oldest that is left, which would change
 * the meaning of fields without a sound. https://shopify.dev/docs/api/usage/versioning
 */
export const API_VERSION = '2026-10'

/** First day on which Shopify may stop to answer {@link API_VERSION}. */
export const API_SUNSET = '2027-10-01'

/** Where all queries go, below the host of the shop. */
export const GRAPHQL_PATH = `/admin/api/${API_VERSION}/graphql.json`

/** What the queries here cannot do without, by the names of Shopify. */
export const REQUIRED_SCOPES = ['read_orders', 'read_customers', 'read_products'] as const

/** Orders older than 60 days; Shopify grants it on request. https://shopify.dev/docs/api/usage/access-scopes#orders-permissions */
export const ALL_ORDERS_SCOPE = 'read_all_orders'

/** How far back orders reach without {@link ALL_ORDERS_SCOPE}. */
export const ORDER_WINDOW_DAYS = 60

/** What the consent page asks for: changes of unit costs are told only to who may read the inventory. */
export const SCOPES = [...REQUIRED_SCOPES, 'read_inventory', ALL_ORDERS_SCOPE]
