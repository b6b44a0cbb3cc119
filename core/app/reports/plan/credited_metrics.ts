import { partsOf } from '../catalogue/metrics.ts'
import type { Metric, TableName } from '../catalogue/types.ts'
import type { Plan } from './types.ts'

const credited: ReadonlySet<TableName> = new Set(['credits', 'credited_items'])

/** Metrics of a plan that follow what the model credits; all others are totals. */
export function creditedMetrics({ metrics, parts }: Pick<Plan, 'metrics' | 'parts'>): Metric[] {
  const own = parts.filter(({ table }) => credited.has(table)).map(({ part }) => part.key)
  return metrics.filter((metric) => partsOf(metric).some((key) => own.includes(key)))
}
