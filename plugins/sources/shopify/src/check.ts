import { SourceError, z, type Context } from '@analyticaflow/sdk'
import { askOf, type Ask } from './ask.ts'
import type { Config } from './config.ts'
import { granted, Installation } from './scopes.ts'
import { ALL_ORDERS_SCOPE, ORDER_WINDOW_DAYS, REQUIRED_SCOPES } from './vendor.ts'

/** Whose shop this is, and what the app may do there. */
export const SHOP = `
  query Shop {
    shop { name myshopifyDomain currencyCode ianaTimezone }
    currentAppInstallation { accessScopes { handle } }
  }`

/** One of everything that is protected: what the app may not see is refused here and not in the middle of a run. */
export const probe = (personal: boolean): string => `
  query Probe {
    orders(first: 1) { nodes { id ${personal ? 'email phone' : ''} customer { id } } }
    customers(first: 1) { nodes { id ${personal ? 'defaultEmailAddress { emailAddress }' : ''} } }
    products(first: 1) { nodes { id variants(first: 1) { nodes { inventoryItem { unitCost { amount } } } } } }
  }`

const Shop = z.object({
  shop: z.object({
    name: z.string(),
    myshopifyDomain: z.string(),
    currencyCode: z.string(),
    ianaTimezone: z.string(),
  }),
  currentAppInstallation: Installation,
})

function requireScopes(installation: z.output<typeof Installation>): void {
  const missing = REQUIRED_SCOPES.filter((scope) => !granted(installation, scope))
  if (missing.length === 0) return
  throw new SourceError(
    'auth_scope',
    `The app lacks ${missing.join(', ')}. Grant this to the app in Shopify, then connect again.`,
    { scopes: missing }
  )
}

/** Scopes have been checked before: what is refused now is protected, which takes an approval of its own. */
async function requireProtectedData(ask: Ask, personal: boolean): Promise<void> {
  try {
    await ask(probe(personal), z.unknown())
  } catch (error) {
    if (!(error instanceof SourceError) || error.code !== 'auth_scope') throw error
    const goWithout = personal
      ? ' Or switch “Read e-mail addresses and telephone numbers” off in the settings, if the app is approved for the rest.'
      : ''
    throw new SourceError(
      'auth_scope',
      `The scopes are granted, but Shopify has not approved this app for protected customer data. Ask for it in the Partner Dashboard under API access (level 1${personal ? ', and the fields e-mail and phone' : ''}).${goWithout}`,
      { cause: error }
    )
  }
}

/** @throws SourceError that names the cause: domain, token, scope, protected data, state of the shop */
export async function check(context: Context<typeof Config>): Promise<void> {
  const { config, log, timezone, currency } = context
  const ask = askOf(context)
  const { shop, currentAppInstallation } = await ask(SHOP, Shop)
  if (shop.myshopifyDomain !== config.shop) {
    throw new SourceError(
      'config_invalid',
      `These credentials are those of ${shop.myshopifyDomain}. Enter that domain, or connect the other shop.`,
      { field: 'shop' }
    )
  }
  requireScopes(currentAppInstallation)
  await requireProtectedData(ask, config.personal_data)
  if (shop.currencyCode !== currency || shop.ianaTimezone !== timezone) {
    log(
      `The shop counts in ${shop.currencyCode} and ${shop.ianaTimezone}, the project in ${currency} and ${timezone}.`
    )
  }
  if (!granted(currentAppInstallation, ALL_ORDERS_SCOPE)) {
    log(
      `Shopify shows orders of the last ${ORDER_WINDOW_DAYS} days only, until it grants ${ALL_ORDERS_SCOPE}.`
    )
  }
}
