import { inSlices, journeysWithin } from '#warehouse/public'
import { valuesOf } from '../attribution/sql/names.ts'
import { filterConditions } from './filters.ts'
import type { JourneysPlan } from './plan.ts'

const inPeriod = 'date BETWEEN {date_from:Date} AND {date_to:Date}'
const ofGoal = `${inPeriod} AND goal = {goal:String}`

/** All conversions of the range, whatever the filters. */
export const conversionsOfGoal = `${inSlices('journeys')} AND ${ofGoal}`

/** Touches that any conversion of the range may look back to. */
export const touchesInReach = `${inSlices('touch')} AND date BETWEEN {touch_from:Date} AND {date_to:Date}`

/** Which conversions are those of the plan. */
const chosen = ({ filters, customers }: JourneysPlan): string =>
  [ofGoal, ...(customers === 'new' ? ['is_new'] : []), ...filterConditions(filters)].join(
    '\n    AND '
  )

/**
 * Each conversion with its eligible touches: `eligible` are their steps in order, `touches` how many
 * there are, `first_time` is the time of the first.
 */
export function convertedPaths(plan: JourneysPlan): string {
  const contains = `WHERE hasAny(eligible, {contains_step:Array(String)})`
  return `
  SELECT event_time, gross - discount - refunded AS revenue, arraySlice(steps, 1 + skipped) AS eligible,
    length(touch_time) - skipped AS touches, touch_time[1 + skipped] AS first_time
  FROM (
    SELECT *, ${valuesOf(plan.step)} AS steps,
      arrayCount(time -> time < event_time - toIntervalDay({window_days:UInt32}), touch_time) AS skipped
    FROM (${journeysWithin(chosen(plan), plan.windowDays)})
  )
  ${plan.containsStep.length > 0 ? contains : ''}`
}
