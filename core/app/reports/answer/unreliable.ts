import type { Plan } from '../plan/types.ts'
import type { Coverage } from '../queries/coverage.ts'

/** Parts that know who is new from what was bought before, and the dimension that does. */
const ofNewcomers = new Set(['new_customers', 'paid_new_customers'])
const BY_NEWCOMERS = 'customer_type'

/**
 * Why figures of the report are not to be relied on, by metric: where history is cut off, who bought
 * before the cut looks new.
 */
export function unreliable(
  { metrics, groupings, filters }: Pick<Plan, 'metrics' | 'groupings' | 'filters'>,
  { history_from: from }: Pick<Coverage, 'history_from'>
): Record<string, string> {
  if (from === null) return {}
  const reason = `A source shows nothing from before ${from.slice(0, 10)}: customers who bought earlier count as new`
  const isSplit = [...groupings, ...filters].some(({ dimension }) => dimension.key === BY_NEWCOMERS)
  const affected = metrics.filter(
    ({ numerator, denominator }) =>
      isSplit || Object.keys({ ...numerator, ...denominator }).some((part) => ofNewcomers.has(part))
  )
  return Object.fromEntries(affected.map(({ key }) => [key, reason]))
}
