import { inSlices, withPersons } from '#warehouse/public'
import type { AttributionPlan } from '../plan.ts'
import { playerOfTouch } from './names.ts'

/** Conversions of any kind of customer: a filter does not make them unhappen. */
const lastConversions = `
  SELECT person_key, max(event_time) AS converted_at, true AS has_converted FROM journeys
  WHERE ${inSlices('journeys')} AND date BETWEEN {date_from:Date} AND {date_to:Date}
    AND goal = {goal:String} AND person_key != 0
  GROUP BY person_key`

/** Touches of the range that no conversion of the range follows, with their persons and players. */
export function lostTouches({ grouping }: AttributionPlan, isLimited: boolean): string {
  const touches = `SELECT alias_key, event_time, touch_key, ${playerOfTouch(grouping.dimension, isLimited)} AS player
    FROM touch WHERE ${inSlices('touch')} AND date BETWEEN {date_from:Date} AND {date_to:Date}`
  return `SELECT person_key, event_time, touch_key, player
  FROM (${withPersons(touches)}) AS touches ANY LEFT JOIN (${lastConversions}) AS last USING (person_key)
  WHERE NOT has_converted OR event_time > converted_at`
}

/** How many persons have such touches. */
export function nullPathsStatement(plan: AttributionPlan): string {
  return `SELECT uniqExact(person_key) AS paths FROM (${lostTouches(plan, false)})`
}
