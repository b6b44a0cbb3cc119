import { inSlices, unconvertedPaths } from '#warehouse/public'
import { codesAlong } from './names_sql.ts'
import type { JourneysPlan } from './plan.ts'

/** Who ordered before the range ends cannot become a new customer after its touches. */
const newcomers = `person_key NOT IN (
      SELECT customer_key FROM order_facts
      WHERE ${inSlices('orders')} AND is_counted AND date <= {date_to:Date}
    )`

/** What nobody has ever stepped on has no place among the names. */
const ofAsked = `hasAny(steps, arrayFilter(code -> code > 0,
    arrayMap(step -> toUInt16(indexOf({names:Array(String)}, step)), {contains_step:Array(String)})))`

/**
 * Paths of persons that no conversion of the range follows: `eligible`, places of their steps among the
 * `names`. Each counts by its `sign`.
 */
export const nullPaths = (plan: JourneysPlan): string => `
  SELECT sign, steps AS eligible
  FROM (${unconvertedPaths(codesAlong(plan), plan.customers === 'new' ? newcomers : '')})
  WHERE notEmpty(steps)${plan.containsStep.length > 0 ? ` AND ${ofAsked}` : ''}`
