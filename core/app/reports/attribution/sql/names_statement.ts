import type { AttributionPlan } from '../plan.ts'
import { inSlices } from '#warehouse/public'
import { eligibleConversions } from './eligible.ts'
import { playerOfTouch, playersOf } from './names.ts'
import { lostTouches } from './null_paths.ts'

/** Where players come from besides the paths that convert. */
export type Others = 'none' | 'touches' | 'null_paths'

const convertedPlayers = (plan: AttributionPlan): string => {
  const conversions = eligibleConversions(
    plan,
    {},
    {
      players: playersOf(plan.grouping.dimension, false),
    }
  )
  return `SELECT player, count() AS touched
  FROM (SELECT arrayDistinct(players) AS distinct_players FROM (${conversions}) WHERE steps > 0)
  ARRAY JOIN distinct_players AS player
  GROUP BY player`
}

function otherPlayers(plan: AttributionPlan, others: Others): string {
  if (others === 'none') return ''
  const player = playerOfTouch(plan.grouping.dimension, false)
  const from =
    others === 'null_paths'
      ? `(${lostTouches(plan, false)})`
      : `(SELECT ${player} AS player FROM touch
         WHERE ${inSlices('touch')} AND date BETWEEN {date_from:Date} AND {date_to:Date})`
  return `UNION ALL SELECT player, toUInt64(0) AS touched FROM ${from} GROUP BY player`
}

/**
 * Players by the conversions that they touched, of equal ones the first by name: those that keep their
 * names come first.
 */
export function namesStatement(plan: AttributionPlan, others: Others): string {
  return `SELECT player, sum(touched) AS conversions
FROM (${convertedPlayers(plan)} ${otherPlayers(plan, others)})
GROUP BY player
ORDER BY conversions DESC, player
LIMIT {rows:UInt32}`
}
