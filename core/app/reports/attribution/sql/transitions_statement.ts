import type { AttributionPlan } from '../plan.ts'
import type { Naming } from './credits_statement.ts'
import { eligibleConversions } from './eligible.ts'
import { placesAlong } from './names.ts'
import { nullPaths } from './null_paths.ts'

/**
 * How often a player led to another: all that an order-1 chain asks of the paths, so that memory
 * follows pairs of players and not different paths. Players are places among `names`, 0 is the start
 * of a path and its end.
 *
 * @param paths with their `steps`
 * @param times SQL for how often a path was seen
 */
const transitions = (paths: string, times: string) => `SELECT origin, target, ${times} AS times
FROM (${paths})
ARRAY JOIN arrayPushFront(steps, 0) AS origin, arrayPushBack(steps, 0) AS target
WHERE notEmpty(steps)
GROUP BY origin, target
HAVING times > 0`

/** Of the paths of conversions. */
export function transitionsStatement(plan: AttributionPlan, naming: Naming): string {
  const path = placesAlong(plan.grouping.dimension, naming === 'limited')
  const conversions = eligibleConversions(plan, {}, { path })
  return transitions(`SELECT path AS steps FROM (${conversions})`, 'count()')
}

/** Of the paths that do not convert. */
export const lostTransitionsStatement = (plan: AttributionPlan, naming: Naming): string =>
  transitions(nullPaths(plan, naming), 'sum(sign)')
