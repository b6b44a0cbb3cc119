import type { KpiAnswer } from '../../api/types.ts'

export interface Explanation {
  formula: string | null
  sql: string | null
  params: [name: string, value: string][]
  /** When the newest data of the report was loaded. */
  freshAt: string | null
}

const at = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** What `?explain=1` adds to an answer, for one metric. */
export function readExplanation(answer: KpiAnswer, metric: string): Explanation {
  const explain = at(answer.meta, 'explain')
  const params = at(explain, 'params')
  return {
    formula: text(at(at(at(explain, 'metrics'), metric), 'formula')),
    sql: text(at(explain, 'sql')),
    params: Object.entries(typeof params === 'object' && params !== null ? params : {}).map(
      ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)],
    ),
    freshAt: text(at(at(answer.meta, 'freshness'), 'loaded_at')),
  }
}
