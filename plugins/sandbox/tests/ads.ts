import type { Bench, Reply } from './support.ts'

export const SHOP = '7205550134'
export const ROOT = '7205550100'
export const WEEK = "segments.date BETWEEN '2026-02-01' AND '2026-02-07'"
export const CAMPAIGNS = `SELECT segments.date, campaign.id, campaign.name, metrics.cost_micros, metrics.impressions, metrics.clicks, metrics.conversions, metrics.conversions_value FROM campaign WHERE ${WEEK}`

/** A row of an answer; what a test does not ask for is not there. */
export interface AdsRow {
  customer: Record<string, string>
  customerClient: Record<string, string | boolean>
  campaign: Record<string, string>
  adGroupAd: { resourceName: string; status: string; ad: Record<string, string> }
  segments: Record<string, string>
  metrics: Record<'costMicros' | 'clicks', string> &
    Record<'conversions' | 'conversionsValue', number>
}

/** Asks the double as a client of Google Ads does. */
export class Ads {
  readonly #bench: Bench
  token = ''

  constructor(bench: Bench) {
    this.#bench = bench
  }

  async accessToken(): Promise<void> {
    this.token ||= await this.#bench.accessToken()
  }

  async ask(path: string, body?: object, headers: Record<string, string> = {}): Promise<Reply> {
    await this.accessToken()
    return this.#bench.ask(`/googleads.googleapis.com${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${this.token}`,
        'login-customer-id': ROOT,
        'content-type': 'application/json',
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    })
  }

  search(query: string, customer = SHOP, more: object = {}): Promise<Reply> {
    return this.ask(`/v26/customers/${customer}/googleAds:search`, { query, ...more })
  }

  stream(query: string, customer = SHOP): Promise<Reply> {
    return this.ask(`/v26/customers/${customer}/googleAds:searchStream`, { query })
  }

  async rows(query: string, customer = SHOP): Promise<AdsRow[]> {
    const { body } = await this.search(query, customer)
    return body.results
  }
}

/** The first error of the Ads API in an answer, as a stream or as an object. */
export function errorOf({ body }: Reply): { code: number; errorCode?: Record<string, string> } {
  const { error } = Array.isArray(body) ? body[0] : body
  const [first] = error.details?.[0]?.errors ?? []
  return { code: error.code, ...(first && { errorCode: first.errorCode }) }
}
