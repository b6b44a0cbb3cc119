import { JOURNEY_DAYS, journeysWithin } from '#warehouse/public'
import { condition } from '../../plan/filters.ts'
import type { AttributionPlan } from '../plan.ts'
import { asTheyAre, pick, type Columns } from './steps.ts'

/** Which rows of `journeys` are the conversions of the plan. */
function conversionConditions({ orderFilters }: AttributionPlan): string {
  const filters = orderFilters.map(({ dimension, op }, index) =>
    condition(op, dimension.column, { name: `order_filter_${index}` })
  )
  const own = ['date BETWEEN {date_from:Date} AND {date_to:Date}', 'goal = {goal:String}']
  return [...own, ...filters].join(' AND ')
}

const passed = `arrayCount(time -> time < event_time - toIntervalDay({window_days:UInt32}), touch_time)`

/**
 * The conversions and their eligible touches: no touch lies after its conversion, and of a window as long
 * as journeys are, or longer, none lies before it. `steps` is how many there are.
 *
 * @param own columns of the conversions that are needed, as SQL over `journeys`
 * @param along what is needed of each touch, by the name of its array: arrays along all touches
 */
export function eligibleConversions(plan: AttributionPlan, own: Columns, along: Columns): string {
  const journeys = journeysWithin(conversionConditions(plan), plan.window_days)
  const all = { ...own, steps: 'toInt64(length(touch_time))', ...along }
  if (plan.window_days >= JOURNEY_DAYS) return pick(journeys, all)
  const names = Object.keys(along)
  return pick(pick(journeys, { ...all, passed: `toInt64(${passed})` }), {
    ...asTheyAre(...Object.keys(own)),
    steps: 'steps - passed',
    ...Object.fromEntries(names.map((name) => [name, `arraySlice(${name}, passed + 1)`])),
  })
}
