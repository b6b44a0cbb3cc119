import type { Canonical } from '@analyticaflow/sdk'
import { numberOf } from '../ids.ts'
import { countryOf, type OrderRow, type Visit } from './rows.ts'

/**
 * A visit before an order. TRICKY: Shopify's own `source` is left out: it names what it has guessed from
 * the referrer in words of its own ("Google", "an unknown source"), which the rules of channels would
 * take for a UTM source. Referrer and landing page say the same and are read as those of other visits.
 */
function touchpointOf(order: OrderRow, visit: Visit): Canonical['touchpoint'] {
  const utm = visit.utmParameters
  return {
    externalId: numberOf(visit.id),
    at: visit.occurredAt,
    orderId: order.legacyResourceId,
    customerId: order.customer?.legacyResourceId,
    email: order.email,
    phone: order.phone,
    source: utm?.source,
    medium: utm?.medium,
    campaign: utm?.campaign,
    content: utm?.content,
    term: utm?.term,
    referrer: visit.referrerUrl,
    landingPage: visit.landingPage,
    country: countryOf(order),
  }
}

/** The visits that Shopify saw before the order; none yet where the journey is not ready. */
export const touchpointsOf = (order: OrderRow): Canonical['touchpoint'][] =>
  (order.journey?.visits ?? []).map((visit) => touchpointOf(order, visit))
