import { startSandbox, type Sandbox, type SandboxOptions } from '@analyticaflow/sandbox'
import type { Group } from '@japa/runner/core'

interface AdTruth {
  date: string
  campaign_id: string
  ad_id?: string
  cost_micros: number
  clicks: number
  conversions: number
}
export interface OrderTruth {
  id: string
  date: string
  customer_id: string | null
  is_test: boolean
  is_cancelled: boolean
  net_cents: number
  total_cents: number
  fee_cents: number
  refunds: { net_cents: number }[]
}

/** Days as vendors name them. */
export interface Days {
  from: string
  to: string
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** What a test does at the vendors of the sandbox, and knows of them. */
export class Vendors {
  readonly sandbox: Sandbox

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox
  }

  async control<T>(path: string, body?: object): Promise<T> {
    const headers = { 'content-type': 'application/json' }
    const sent = body && { method: 'POST', headers, body: JSON.stringify(body) }
    const response = await fetch(`${this.sandbox.url}/control/${path}`, sent)
    const text = await response.text()
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`)
    return (text === '' ? null : JSON.parse(text)) as T
  }

  /** The vendors' clock stands at this moment. */
  clock(time: number): Promise<unknown> {
    return this.control('clock', { now: new Date(time).toISOString() })
  }

  /** Nothing is in the way of answers any more. */
  clearFaults(): Promise<unknown> {
    return fetch(`${this.sandbox.url}/control/faults`, { method: 'DELETE' })
  }

  ads(level: 'campaign' | 'ad', { from, to }: Days): Promise<AdTruth[]> {
    const customer = 'customer=7205550134'
    return this.control(`truth/google-ads/daily?${customer}&level=${level}&from=${from}&to=${to}`)
  }

  async orders({ from, to }: Days): Promise<OrderTruth[]> {
    const all = await this.control<OrderTruth[]>(`truth/shopify/orders?from=${from}&to=${to}`)
    return all.filter(({ is_test, is_cancelled }) => !is_test && !is_cancelled)
  }

  /** Figures of the KPI report as the shop itself knows them. */
  async sales(days: Days) {
    const orders = await this.orders(days)
    const net = sum(orders.map(({ net_cents }) => net_cents))
    const returned = sum(orders.flatMap(({ refunds }) => refunds).map((one) => one.net_cents))
    return {
      orders: orders.filter(({ total_cents }) => total_cents !== 0).length,
      revenue: (net - returned) / 100,
      refunds: returned / 100,
      payment_fees: sum(orders.map(({ fee_cents }) => fee_cents)) / 100,
    }
  }
}

/** The sandbox for the tests of a group, with the environment that leads to it. */
export function useVendors(
  group: Group,
  options: () => SandboxOptions,
  environment: Record<string, string> = {}
): { vendors: Vendors } {
  const held = {} as { vendors: Vendors }
  const before = { ...process.env }
  const names = ['AF_OUTBOUND_ALLOW', 'AF_VENDOR_BASE_URLS', ...Object.keys(environment)]
  group.setup(async () => {
    held.vendors = new Vendors(await startSandbox(options()))
    Object.assign(process.env, environment, {
      AF_OUTBOUND_ALLOW: '127.0.0.1',
      AF_VENDOR_BASE_URLS: held.vendors.sandbox.vendorBaseUrls,
    })
    // A shop with the widest limits, for less of the tests' time is spent waiting then.
    await held.vendors.control('shopify/app', { plan: 'Enterprise' })
  })
  group.teardown(async () => {
    // An empty setting is one that is not there.
    for (const name of names) process.env[name] = before[name] ?? ''
    await held.vendors.sandbox.close()
  })
  return held
}

/** Days of campaigns, or of ads, as `date id micros clicks conversions`. */
export const linesOf = (truth: readonly AdTruth[]): string[] =>
  truth
    .map((row) =>
      [row.date, row.ad_id ?? row.campaign_id, row.cost_micros, row.clicks, row.conversions].join(
        ' '
      )
    )
    .sort()
