import type { AttributionPlan } from '../plan.ts'
import type { Naming } from './credits_statement.ts'
import { eligibleConversions } from './eligible.ts'
import { placeOf, playersOf } from './names.ts'
import { nullPaths } from './null_paths.ts'

/**
 * How often a player led to another: all that an order-1 chain asks of the paths, so that memory
 * follows pairs of players and not different paths. Players are places among `names`, 0 is the start
 * of a path and its end.
 */
const transitions = (paths: string) => `SELECT origin, target, count() AS times
FROM (SELECT players FROM (${paths}) WHERE notEmpty(players))
ARRAY JOIN arrayPushFront(players, toUInt16(0)) AS origin, arrayPushBack(players, toUInt16(0)) AS target
GROUP BY origin, target`

/** Of the paths of conversions. */
export function transitionsStatement(plan: AttributionPlan, naming: Naming): string {
  const named = playersOf(plan.grouping.dimension, naming === 'limited')
  const players = `arrayMap(player -> ${placeOf('player')}, ${named})`
  return transitions(eligibleConversions(plan, {}, { players }))
}

/** Of the paths that do not convert. */
export const lostTransitionsStatement = (plan: AttributionPlan, naming: Naming): string =>
  transitions(nullPaths(plan, naming))
