import { salesMetrics } from './sales_metrics.ts'
import { spendMetrics } from './spend_metrics.ts'
import type { Metric } from './types.ts'

/** Every figure that reports know. */
export const metrics: readonly Metric[] = [...salesMetrics, ...spendMetrics]

const byKey = new Map(metrics.map((metric) => [metric.key, metric]))

export function findMetric(key: string): Metric | undefined {
  return byKey.get(key)
}

export const metricKeys: readonly string[] = [...byKey.keys()]

/** Keys of the parts that a metric is made of. */
export function partsOf(metric: Metric): string[] {
  const condition = metric.condition ? [metric.condition.part] : []
  return [
    ...new Set([
      ...Object.keys(metric.numerator),
      ...Object.keys(metric.denominator ?? {}),
      ...condition,
    ]),
  ]
}
