import { journeysWithin } from '#warehouse/public'
import { condition } from '../../plan/filters.ts'
import type { AttributionPlan } from '../plan.ts'
import { step } from './steps.ts'

/** Which rows of `journeys` are the conversions of the plan. */
export function conversionConditions({ orderFilters }: AttributionPlan): string {
  const filters = orderFilters.map(({ dimension, op }, index) =>
    condition(op, dimension.column, { name: `order_filter_${index}` })
  )
  const own = ['date BETWEEN {date_from:Date} AND {date_to:Date}', 'goal = {goal:String}']
  return [...own, ...filters].join(' AND ')
}

const money = {
  revenue: 'gross - discount - refunded',
  margin: 'gross - discount - refunded - cogs',
}

const opens = 'event_time - toIntervalDay({window_days:UInt32})'

/**
 * The conversions and how many touches they have within the window, ends included. One without any has
 * a single step all the same, which nobody made: so whatever is divided among steps is never lost.
 *
 * @param along what is needed of each step, by the name of its array: arrays along all touches
 */
export function eligibleConversions(
  plan: AttributionPlan,
  along: Readonly<Record<string, string>>
): string {
  const bounded = step(journeysWithin(conversionConditions(plan), plan.window_days), {
    amount: `reinterpret(${money[plan.value]}, 'Int128')`,
    passed: `toInt64(arrayCount(time -> time < ${opens}, touch_time))`,
    reached: 'toInt64(arrayCount(time -> time <= event_time, touch_time))',
  })
  const counted = step(bounded, {
    touches: 'reached - passed',
    steps: 'greatest(reached - passed, 1)',
  })
  const arrays = Object.entries(along).map(([name, array]) => [
    name,
    `arrayResize(arraySlice(${array}, passed + 1, touches), steps)`,
  ])
  return step(counted, Object.fromEntries(arrays) as Record<string, string>)
}
