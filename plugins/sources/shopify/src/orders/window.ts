import { z } from '@analyticaflow/sdk'
import type { Ask } from '../ask.ts'
import { granted, Installation } from '../scopes.ts'
import { ALL_ORDERS_SCOPE, ORDER_WINDOW_DAYS } from '../vendor.ts'

const DAY = 86_400_000

/** Since when there is a shop, and whether all of its orders are shown. */
export const WINDOW = `
  query Window { shop { createdAt } currentAppInstallation { accessScopes { handle } } }`

const Answer = z.object({
  shop: z.object({ createdAt: z.string() }),
  currentAppInstallation: Installation,
})

/**
 * The time before which Shopify hides orders from the app; undefined: it hides none. What is hidden is
 * left out without a word. https://shopify.dev/docs/api/usage/access-scopes#orders-permissions
 */
export async function startOfWindow(ask: Ask, present: string): Promise<string | undefined> {
  const { shop, currentAppInstallation } = await ask(WINDOW, Answer)
  if (granted(currentAppInstallation, ALL_ORDERS_SCOPE)) return undefined
  const start = Date.parse(present) - ORDER_WINDOW_DAYS * DAY
  return Date.parse(shop.createdAt) < start ? new Date(start).toISOString() : undefined
}
