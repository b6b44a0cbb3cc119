import { JOURNEY_DAYS } from '#warehouse/public'
import { conversionsOfGoal, convertedPaths, touchesInReach } from './converted_sql.ts'
import { collapsed, isLonger, named, shownSteps } from './path_parts.ts'
import type { JourneysPlan } from './plan.ts'

const TOP_PATHS = 50

/** The greatest number of touches that is told apart; it stands for all greater ones as well. */
export const MOST_TOUCHES = 50

const sinceFirst = 'toUnixTimestamp64Milli(event_time) - toUnixTimestamp64Milli(first_time)'

/** The commonest paths of conversions. */
export const topPathsSql = (plan: JourneysPlan): string => `
SELECT ${named('path')} AS path, is_longer, toFloat64(count) AS conversions, toString(amount) AS revenue, days / count AS avg_days
FROM (
  SELECT path, is_longer, count() AS count, sum(revenue) AS amount, sum(${sinceFirst}) / 86400000 AS days
  FROM (
    SELECT ${collapsed(plan, 'eligible')} AS steps, ${shownSteps(plan)} AS path, ${isLonger} AS is_longer,
      revenue, event_time, first_time
    FROM (${convertedPaths(plan)}) WHERE touches > 0
  )
  GROUP BY path, is_longer ORDER BY count DESC, amount DESC, path, is_longer LIMIT ${TOP_PATHS}
)
ORDER BY conversions DESC, amount DESC, path, is_longer`

/** Conversions by the number of their touches, by the days since the first, and all together. */
export const lengthsSql = (plan: JourneysPlan): string => `
SELECT multiIf(grouping(touch_count) = 0, 'touches', grouping(days) = 0, 'days', 'totals') AS kind,
  if(kind = 'touches', touch_count, days) AS length,
  toFloat64(count()) AS conversions, toString(sum(revenue)) AS revenue, toFloat64(countIf(touches = 0)) AS without_touch
FROM (
  SELECT revenue, touches, toInt32(least(touches, ${MOST_TOUCHES})) AS touch_count,
    if(touches = 0, -1, toInt32(intDiv(${sinceFirst}, 86400000))) AS days
  FROM (${convertedPaths(plan)})
)
GROUP BY GROUPING SETS ((touch_count), (days), ())
ORDER BY kind, length`

/** How steps are shown that go by several names: SQL for `step` and `name` of `{steps}`. */
export function namesSql({ step, include, windowDays }: JourneysPlan): string | undefined {
  if (!step.label) return undefined
  const columns = step.columns.join(', ')
  const arrays = step.columns.map((column) => `touch_${column} AS ${column}`).join(', ')
  const readsTouches = include === 'all' || windowDays > JOURNEY_DAYS
  const found = [
    `SELECT ${columns} FROM (SELECT ${arrays} FROM journeys WHERE ${conversionsOfGoal})
    ARRAY JOIN ${columns} GROUP BY ${columns}`,
    ...(readsTouches
      ? [`SELECT ${columns} FROM touch WHERE ${touchesInReach} GROUP BY ${columns}`]
      : []),
  ]
  return `
SELECT step, ${step.label.shown('step', 'min(own)')} AS name
FROM (
  SELECT ${step.value(...step.columns)} AS step, ${step.label.own(...step.columns)} AS own
  FROM (${found.join('\n  UNION ALL\n  ')})
)
WHERE step IN {steps:Array(String)} GROUP BY step`
}
