import { inSlices, unconvertedPaths } from '#warehouse/public'
import type { AttributionPlan } from '../plan.ts'
import type { Naming } from './credits_statement.ts'
import { placesAlong, playerOfTouch, playersOf } from './names.ts'

/** Paths without a conversion, by the places of their players among the names. */
export const nullPaths = ({ grouping }: AttributionPlan, naming: Naming): string =>
  unconvertedPaths(placesAlong(grouping.dimension, naming === 'limited'))

/** Players of such paths. */
export const lostPlayers = ({ grouping }: AttributionPlan): string =>
  `SELECT player FROM (${unconvertedPaths(playersOf(grouping.dimension, false))})
  ARRAY JOIN steps AS player
  GROUP BY player HAVING sum(sign) > 0`

/** Players of all touches of the range. */
export const allPlayers = ({ grouping }: AttributionPlan): string =>
  `SELECT DISTINCT ${playerOfTouch(grouping.dimension, false)} AS player FROM touch
  WHERE ${inSlices('touch')} AND date BETWEEN {date_from:Date} AND {date_to:Date}`
