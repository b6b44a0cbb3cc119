import { inSlices, withPersons } from '#warehouse/public'
import { conversionsOfGoal } from './converted_sql.ts'
import { codeOfTouch, touchesInRange } from './names_sql.ts'
import type { JourneysPlan } from './plan.ts'

/** Beyond the places of all names. */
const CONVERSION = 65_535

/**
 * A touch in one number, so that sorting numbers sorts touches: its time, its key, and below them the
 * place of its step among the names.
 */
const packed = (time: string, key: string, code: string) =>
  `bitOr(bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(${time})), 80), bitShiftLeft(toUInt128(${key}), 16)), toUInt128(${code}))`

/** Greater than all touches at its time: those are followed by it. */
const LAST_KEY = '0xffffffffffffffff'

/** Who ordered before the range ends cannot become a new customer after its touches. */
const newcomers = `WHERE person_key NOT IN (
        SELECT customer_key FROM order_facts
        WHERE ${inSlices('orders')} AND is_counted AND date <= {date_to:Date}
      )`

const touches = (plan: JourneysPlan) =>
  `SELECT alias_key, event_time, touch_key, ${codeOfTouch(plan)} AS code FROM touch WHERE ${touchesInRange}`

const ofAsked = `hasAny(eligible, arrayMap(step -> toUInt16(indexOf(names, step)), {contains_step:Array(String)}))`

/**
 * Paths of persons that no conversion of the range follows: `eligible`, places of their steps among the
 * `names`. Conversions are sorted in among the touches; what remains after the last one is the path.
 */
export const nullPaths = (plan: JourneysPlan): string => `
  SELECT arraySort(groupArray(event)) AS events,
    arrayMap(event -> toUInt16(event), arraySlice(
      events, 1 + arrayLastIndex(event -> toUInt16(event) = ${CONVERSION}, events)
    )) AS eligible
  FROM (
    SELECT person_key, ${packed('event_time', 'touch_key', 'code')} AS event FROM (${withPersons(touches(plan))})
    UNION ALL
    SELECT person_key, ${packed('event_time', LAST_KEY, String(CONVERSION))} AS event
    FROM journeys WHERE ${conversionsOfGoal} AND person_key != 0
  )
  ${plan.customers === 'new' ? newcomers : ''}
  GROUP BY person_key
  HAVING notEmpty(eligible)${plan.containsStep.length > 0 ? ` AND ${ofAsked}` : ''}`
