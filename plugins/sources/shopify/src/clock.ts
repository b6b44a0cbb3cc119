import { z, type Context } from '@analyticaflow/sdk'
import { GRAPHQL_PATH } from './vendor.ts'

/** Updates of the last seconds are left to the next run: Shopify's index lags behind its rows. */
const LAG_MS = 30_000

/** The cheapest query there is, for the clock in the headers of its answer. */
export const CLOCK = 'query Clock { shop { id } }'

/**
 * Where a read that starts now ends. By Shopify's clock if ours is ahead of it: else what changes
 * while it is read would lie before the end, and stand out of order.
 */
export async function endOfRead({ http, now }: Pick<Context, 'http' | 'now'>): Promise<string> {
  const { headers } = await http.request('POST', GRAPHQL_PATH, z.unknown(), {
    body: { query: CLOCK, variables: {} },
  })
  const theirs = Date.parse(headers.date ?? '')
  const ours = now().getTime()
  const present = Number.isNaN(theirs) ? ours : Math.min(ours, theirs)
  return new Date(present - LAG_MS).toISOString()
}
