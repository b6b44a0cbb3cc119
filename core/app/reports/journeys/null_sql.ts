import { inSlices, withPersons } from '#warehouse/public'
import { conversionsOfGoal } from './converted_sql.ts'
import type { JourneysPlan } from './plan.ts'

/** Steps that are told apart by name; rarer ones are `(other)`. */
const NAMED_STEPS = 10_000
const CONVERSION = 65_535

const touches = (plan: JourneysPlan) => `
    SELECT alias_key, event_time, touch_key, ${plan.step.ofTouch} AS step
    FROM touch WHERE ${inSlices('touch')} AND date BETWEEN {date_from:Date} AND {date_to:Date}`

/** The commonest steps; never an empty list, which could not be looked up in. */
const names = (plan: JourneysPlan) => `
  SELECT if(empty(groupArray(step)), [''], groupArray(toString(step))) FROM (
    SELECT step FROM (${touches(plan)})
    GROUP BY step ORDER BY count() DESC, step LIMIT ${NAMED_STEPS}
  )`

/**
 * A touch in one number, so that sorting numbers sorts touches: its time, its key, and below them the
 * place of its step among the names.
 */
const packed = (time: string, key: string, place: string) =>
  `bitOr(bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(${time})), 80), bitShiftLeft(toUInt128(${key}), 16)), toUInt128(${place}))`

/** Greater than all touches at its time: those are followed by it. */
const LAST_KEY = '0xffffffffffffffff'

/** Who ordered before the range ends cannot become a new customer after its touches. */
const customers = `
    AND person_key NOT IN (
      SELECT customer_key FROM order_facts
      WHERE ${inSlices('orders')} AND is_counted AND date <= {date_to:Date}
    )`

/**
 * Paths of persons that no conversion of the range follows, as `eligible` steps and the number of such
 * `paths`. Conversions are sorted in among the touches; what remains after the last one is the path.
 */
export function nullPaths(plan: JourneysPlan): string {
  const contains = `WHERE hasAny(eligible, {contains_step:Array(String)})`
  return `
  WITH (${names(plan)}) AS names
  SELECT arrayMap(place -> if(place = 0, '(other)', names[place]), places) AS eligible, paths
  FROM (
    SELECT places, count() AS paths FROM (
      SELECT arraySort(groupArray(event)) AS events,
        arrayMap(event -> toUInt16(event), arraySlice(
          events, 1 + arrayLastIndex(event -> toUInt16(event) = ${CONVERSION}, events)
        )) AS places
      FROM (
        SELECT person_key, ${packed('event_time', 'touch_key', 'transform(step, names, range(1, length(names) + 1), 0)')} AS event
        FROM (${withPersons(touches(plan))})
        UNION ALL
        SELECT person_key, ${packed('event_time', LAST_KEY, String(CONVERSION))} AS event
        FROM journeys WHERE ${conversionsOfGoal} AND person_key != 0
      )
      WHERE true ${plan.customers === 'new' ? customers : ''}
      GROUP BY person_key
    )
    WHERE notEmpty(places) GROUP BY places
  )
  ${plan.containsStep.length > 0 ? contains : ''}`
}
