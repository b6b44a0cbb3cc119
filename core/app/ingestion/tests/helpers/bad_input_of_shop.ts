import { altered, fault, year, type Case, type Made } from './bad_input.ts'
import type { Vendors } from './sandbox_vendors.ts'

/** Another token of the shop, by which whatever was wrong with the one before is over. */
export async function grant(made: Made, vendors: Vendors, scopes?: string) {
  const token = await vendors.control<{ access_token: string }>('shopify/grant', { scopes })
  const credentials = { access_token: token.access_token }
  await made.call.patch(made.shop, {
    settings: { shop: 'harbour-coffee.myshopify.com' },
    credentials,
  })
}

const shopStatus = (status: number | null) => (_made: Made, vendors: Vendors) =>
  vendors.control('shopify/app', { shop_status: status })
export const other = (shop: string) => (made: Made) =>
  made.call.patch(made.shop, { settings: { shop }, credentials: { access_token: 'shpat_other' } })

/** What goes wrong with a shop, each with its own words. */
export const ofShop: Case[] = [
  {
    name: 'a token that Shopify does not know',
    break: (made) => made.call.patch(made.shop, { credentials: { access_token: 'shpat_nobody' } }),
    mend: (made, vendors) => grant(made, vendors),
    code: 'auth_expired',
    status: 'needs_reauth',
    says: /does not accept the access token/,
  },
  {
    name: 'an app that the merchant has removed',
    break: (_made, vendors) => vendors.control('shopify/uninstall', { tell: false }),
    mend: (made, vendors) => grant(made, vendors),
    code: 'auth_expired',
    status: 'needs_reauth',
    says: /the app was uninstalled/,
  },
  {
    name: 'a scope that is missing',
    break: (made, vendors) => grant(made, vendors, 'read_products'),
    mend: (made, vendors) => grant(made, vendors),
    code: 'auth_scope',
    status: 'needs_reauth',
    says: /Shopify keeps .*orders.* from the app/,
  },
  {
    name: 'a shop that was deleted',
    break: shopStatus(404),
    mend: shopStatus(null),
    code: 'config_invalid',
    field: 'shop',
    says: /it was deleted/,
  },
  {
    name: 'a shop that is frozen',
    break: shopStatus(402),
    mend: shopStatus(null),
    code: 'config_invalid',
    field: 'shop',
    says: /frozen until its owner has paid/,
  },
  {
    name: 'a web page instead of an answer',
    break: fault('shopify', { kind: 'html' }),
    code: 'vendor_response',
    says: /A web page came instead of data/,
  },
  {
    name: 'a redirect into a private network',
    break: fault('shopify', { kind: 'redirected', to: 'http://169.254.169.254/' }),
    code: 'vendor_response',
    says: /leads to http:\/\/169\.254\.169\.254, which the connector does not know/,
  },
  {
    name: 'a field that is missing',
    break: altered('shopify', '"processedAt":', '"processed":'),
    code: 'vendor_response',
    says: /orders\.nodes\.0\.processedAt/,
  },
  {
    name: 'a field of another type',
    break: altered('shopify', '"test":false', '"test":"no"'),
    code: 'vendor_response',
    says: /orders\.nodes\.0\.test/,
  },
  {
    name: 'a currency that nobody knows',
    break: altered('shopify', '"currencyCode":"EUR"', '"currencyCode":"XQQ"'),
    code: 'vendor_response',
    says: /currencyCode/,
  },
  {
    name: 'times of the Islamic calendar',
    break: altered('shopify', `At":"${year}-`, `At":"${Number(year) - 579}-`),
    code: 'vendor_response',
    says: /orders\.nodes\.0\.createdAt/,
  },
  {
    // From here on all history is to be read, which comes as files.
    name: 'a shop that there is not',
    break: other('nobody-here.myshopify.com'),
    mend: (made, vendors) => grant(made, vendors),
    code: 'config_invalid',
    field: 'shop',
    says: /no shop under this domain/,
  },
  {
    name: 'a field that is missing from the history',
    break: altered('shopify', '"processedAt":', '"processed":'),
    code: 'vendor_response',
    says: /“processedAt”/,
  },
  {
    name: 'a history in a currency that nobody knows',
    break: altered('shopify', '"currencyCode":"EUR"', '"currencyCode":"XQQ"'),
    code: 'vendor_response',
    says: /currencyCode”/,
  },
  {
    name: 'a history of the Islamic calendar',
    break: altered('shopify', `At":"${year}-`, `At":"${Number(year) - 579}-`),
    code: 'vendor_response',
    says: /orders\.nodes\.0\.updatedAt/,
  },
]
