import { changeBetween, type Change } from '../../components/change.ts'
import type { Formatter } from '../../i18n/format.ts'

/** How a figure is written, and whether more of it is good news. */
interface MetricInfo {
  unit: 'money' | 'count' | 'percent' | 'ratio'
  better: 'up' | 'down' | 'neutral'
  /** Sums over buckets, so that an empty bucket is a zero and not a gap. */
  additive: boolean
}

const info = (
  unit: MetricInfo['unit'],
  better: MetricInfo['better'],
  additive = true
): MetricInfo => ({ unit, better, additive })

export const METRICS = {
  revenue: info('money', 'up'),
  orders: info('count', 'up'),
  aov: info('money', 'up', false),
  customers: info('count', 'up'),
  new_customers: info('count', 'up'),
  returning_customers: info('count', 'up'),
  refunds: info('money', 'down'),
  discounts: info('money', 'neutral'),
  gross_sales: info('money', 'up'),
  cost: info('money', 'neutral'),
  romi: info('percent', 'up', false),
  roas: info('ratio', 'up', false),
  drr: info('percent', 'down', false),
} as const satisfies Record<string, MetricInfo>

export type Metric = keyof typeof METRICS

export const isMetric = (key: string | null): key is Metric => key !== null && key in METRICS

/** The tiles, in reading order: what came in, from whom, what went out. */
export const TILES = [
  'revenue',
  'orders',
  'aov',
  'customers',
  'new_customers',
  'refunds',
  'cost',
  'romi',
] as const satisfies Metric[]

export function formatMetric(
  format: Formatter,
  metric: Metric,
  value: number,
  currency: string
): string {
  switch (METRICS[metric].unit) {
    case 'money':
      return format.money(value, currency)
    case 'count':
      return format.count(value)
    case 'percent':
      return format.percent(value)
    case 'ratio':
      return format.ratio(value)
  }
}

/** For axes: as short as it can be told. */
export function formatShort(
  format: Formatter,
  metric: Metric,
  value: number,
  currency: string
): string {
  switch (METRICS[metric].unit) {
    case 'money':
      return format.moneyShort(value, currency)
    case 'count':
      return format.countShort(value)
    case 'percent':
      return format.percent(value, 0)
    case 'ratio':
      return format.ratio(value)
  }
}

/** The change against the comparison, by what more of the metric means. */
export const changeOf = (
  metric: Metric,
  value: number | null,
  before: number | null
): Change | null => changeBetween(METRICS[metric].better, value, before)

/** A figure of a report row; texts and absent values are no figures. */
export function figure(row: Record<string, unknown> | undefined, metric: string): number | null {
  const value = row?.[metric]
  return typeof value === 'number' ? value : null
}
