import type { KpiAnswer } from '../../api/types.ts'
import type { Metric } from './metrics.ts'
import type { Filter } from './use_dashboard_state.ts'

/** A figure somebody asks about: of the whole dashboard, or of one row of the table. */
export interface Explained {
  metric: Metric
  row?: { filter: Filter; label: string }
}

export interface Explanation {
  formula: string | null
  sql: string | null
  parameters: [name: string, value: string][]
}

const written = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value)

/** What an explained report says about one of its metrics. */
export function readExplanation({ meta }: KpiAnswer, metric: string): Explanation {
  const { explain } = meta
  return {
    formula: explain?.metrics[metric]?.formula ?? null,
    sql: explain?.sql ?? null,
    parameters: Object.entries(explain?.parameters ?? {}).map(([name, value]) => [
      name,
      written(value),
    ]),
  }
}
