import { findMetric } from './metrics.ts'
import type { Metric, Terms } from './types.ts'

/** Values of parts, by their keys; absent ones are 0. */
export type PartValues = Readonly<Record<string, number>>

const total = (terms: Terms, values: PartValues): number =>
  Object.entries(terms).reduce((sum, [key, sign]) => sum + sign * (values[key] ?? 0), 0)

/** A ratio of sums; what stands for it where its denominator is zero is the metric's own decision. */
export function ratio(numerator: number, denominator: number, atZero?: number): number | null {
  return denominator === 0 ? (atZero ?? null) : numerator / denominator
}

function holds({ condition }: Metric, values: PartValues): boolean {
  if (!condition) return true
  const value = values[condition.part] ?? 0
  return condition.holds === 'not_zero' ? value !== 0 : value <= 1
}

/** The figure that a metric's definition gives for these parts: what the SQL computes, in numbers. */
export function evaluate(metric: Metric, values: PartValues): number | null {
  if (!holds(metric, values)) return null
  const numerator = total(metric.numerator, values) * (metric.factor ?? 1)
  if (!metric.denominator) return numerator
  return ratio(numerator, total(metric.denominator, values), metric.atZero)
}

function evaluateKey(key: string, values: PartValues): number | null {
  const metric = findMetric(key)
  if (!metric) throw new Error(`The catalogue has no metric ${key}`)
  return evaluate(metric, values)
}

/** Return on marketing investment: 0.5 says that every 1.00 spent brought 1.50. Without cost it is 0. */
export function romi(revenue: number, cost: number): number {
  return evaluateKey('romi', { gross: revenue, cost }) ?? 0
}
