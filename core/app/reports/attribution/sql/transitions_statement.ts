import type { AttributionPlan } from '../plan.ts'
import { eligibleConversions } from './eligible.ts'
import { playersOf } from './names.ts'
import { lostTouches } from './null_paths.ts'

const lostPaths = (plan: AttributionPlan, isLimited: boolean): string => `
  SELECT arrayMap(touch -> touch.3, arraySort(groupArray((event_time, touch_key, player)))) AS players, false AS converts
  FROM (${lostTouches(plan, isLimited)})
  GROUP BY person_key`

/**
 * How often a player led to another: all that an order-1 chain asks of the paths, so that memory
 * follows pairs of players and not different paths. '' is the start of a path, and its end.
 */
export function transitionsStatement(plan: AttributionPlan, isLimited: boolean): string {
  const converting = eligibleConversions(
    plan,
    {},
    {
      players: playersOf(plan.grouping.dimension, isLimited),
    }
  )
  return `SELECT origin, target, count() AS times, sum(converts) AS conversions
FROM (
  SELECT players, true AS converts FROM (${converting}) WHERE steps > 0
  UNION ALL
  ${lostPaths(plan, isLimited)}
)
ARRAY JOIN arrayPushFront(players, '') AS origin, arrayPushBack(players, '') AS target
GROUP BY origin, target`
}
