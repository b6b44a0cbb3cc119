import type { Metric } from './metrics.ts'

/** What the table can break figures down by, and the filters that go with it. */
export const DIMENSIONS = ['country', 'product_name', 'channel', 'campaign_name', 'source'] as const
export type Dimension = (typeof DIMENSIONS)[number]

export const isDimension = (key: string | null): key is Dimension =>
  DIMENSIONS.some((dimension) => dimension === key)

const SALES: Metric[] = ['revenue', 'orders', 'aov', 'customers', 'refunds']
const MARKETING: Metric[] = ['revenue', 'orders', 'cost', 'romi', 'customers']

export const COLUMNS: Record<Dimension, readonly Metric[]> = {
  country: SALES,
  product_name: ['revenue', 'orders', 'customers', 'refunds'],
  channel: MARKETING,
  campaign_name: MARKETING,
  source: MARKETING,
}
