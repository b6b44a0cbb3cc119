import { inSlices } from '#warehouse/public'
import type { AttributionPlan } from '../plan.ts'
import { eligibleConversions } from './eligible.ts'
import { playerOfTouch, playersOf } from './names.ts'
import { allPlayers, lostPlayers } from './null_paths.ts'

/** Where players come from besides the paths that convert. */
export type Others = 'none' | 'touches' | 'null_paths'

const convertedPlayers = (plan: AttributionPlan): string => {
  const players = playersOf(plan.grouping.dimension, false)
  return `SELECT player, count() AS touched
  FROM (SELECT arrayDistinct(players) AS distinct_players FROM (${eligibleConversions(plan, {}, { players })}))
  ARRAY JOIN distinct_players AS player
  GROUP BY player`
}

const without = (players: string) => `UNION ALL SELECT player, toUInt64(0) FROM (${players})`
const others: Readonly<Record<Others, (plan: AttributionPlan) => string>> = {
  none: () => '',
  touches: (plan) => without(allPlayers(plan)),
  null_paths: (plan) => without(lostPlayers(plan)),
}

/** Players of all touches that the project knows of, whatever the range. */
export const everyPlayerStatement = ({ grouping: { dimension } }: AttributionPlan): string =>
  `SELECT DISTINCT player FROM (
  SELECT ${playerOfTouch(dimension, false)} AS player FROM touch WHERE ${inSlices('touch')}
  UNION ALL
  SELECT arrayJoin(${playersOf(dimension, false)}) AS player FROM journeys WHERE ${inSlices('journeys')}
)
ORDER BY player
LIMIT {rows:UInt32}`

/**
 * Players by the conversions that they touched, of equal ones the first by name: those that keep their
 * names come first.
 */
export function namesStatement(plan: AttributionPlan, from: Others): string {
  return `SELECT player, sum(touched) AS conversions
FROM (${convertedPlayers(plan)} ${others[from](plan)})
GROUP BY player
ORDER BY conversions DESC, player
LIMIT {rows:UInt32}`
}
