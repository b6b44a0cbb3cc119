import { inSlices, JOURNEY_DAYS, withPersons } from '#warehouse/public'
import { filterConditions } from './filters.ts'
import type { JourneysPlan } from './plan.ts'
import { stepOfTouch, stepsOfJourney } from './steps.ts'

const days = (count: string | number) => `toIntervalSecond(86400 * ${count})`
const inPeriod = 'date BETWEEN {date_from:Date} AND {date_to:Date}'

/** All conversions of the range, whatever the filters. */
export const conversionsOfGoal = `${inSlices('journeys')} AND ${inPeriod} AND goal = {goal:String}`

/** Rows of `journeys` that are conversions of the plan. */
function conversionsWhere({ filters, customers }: JourneysPlan): string {
  return [
    conversionsOfGoal,
    ...(customers === 'new' ? ['is_new'] : []),
    ...filterConditions(filters),
  ].join('\n    AND ')
}

const conversions = (plan: JourneysPlan) => `
  SELECT event_time, person_key, gross - discount - refunded AS revenue,
    touch_time AS times, ${stepsOfJourney(plan.step)} AS steps
  FROM journeys
  WHERE ${conversionsWhere(plan)}`

/** Touches that any conversion of the range may look back to. */
export const touchesInReach = `${inSlices('touch')} AND date BETWEEN {touch_from:Date} AND {date_to:Date}`

/** Touches of the same persons that lie too far back for `journeys`. */
const olderTouches = (plan: JourneysPlan) => `
  SELECT person_key, arraySort(groupArray((event_time, touch_key, toString(step)))) AS older
  FROM (${withPersons(`SELECT alias_key, event_time, touch_key, ${stepOfTouch(plan.step)} AS step
    FROM touch WHERE ${touchesInReach}`)})
  WHERE person_key IN (SELECT person_key FROM journeys WHERE ${conversionsWhere(plan)} AND person_key != 0)
  GROUP BY person_key`

const withOlderTouches = (plan: JourneysPlan) => `
  SELECT event_time, revenue, arrayConcat(arrayMap(touch -> touch.1, before), times) AS times,
    arrayConcat(arrayMap(touch -> touch.3, before), CAST(own_steps, 'Array(String)')) AS steps
  FROM (
    SELECT event_time, revenue, times, steps AS own_steps, arrayFilter(
      touch -> touch.1 < event_time - ${days(JOURNEY_DAYS)} AND touch.1 >= event_time - ${days('{window_days:UInt32}')}, older
    ) AS before
    FROM (${conversions(plan)}) AS conversions ANY LEFT JOIN (${olderTouches(plan)}) AS touches USING (person_key)
  )`

/**
 * Each conversion with its eligible touches: `eligible` are their steps in order, `touches` how many
 * there are, `first_time` is the time of the first.
 */
export function convertedPaths(plan: JourneysPlan): string {
  const whole = plan.windowDays > JOURNEY_DAYS ? withOlderTouches(plan) : conversions(plan)
  const contains = `WHERE hasAny(eligible, {contains_step:Array(String)})`
  return `
  SELECT event_time, revenue, arraySlice(steps, 1 + skipped) AS eligible,
    length(times) - skipped AS touches, times[1 + skipped] AS first_time
  FROM (
    SELECT *, arrayCount(time -> time < event_time - ${days('{window_days:UInt32}')}, times) AS skipped
    FROM (${whole})
  )
  ${plan.containsStep.length > 0 ? contains : ''}`
}
