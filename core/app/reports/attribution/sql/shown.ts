import { NOT_SET } from '#attribution/public'
import { condition } from '../../plan/filters.ts'
import type { TouchDimension } from '../dimensions.ts'
import type { AttributionPlan } from '../plan.ts'
import { playersOf } from './names.ts'
import type { Columns } from './steps.ts'

const name = (index: number) => `filtered_${index}`

/** Values that the filters on touches ask for, along the touches of a conversion. */
export function shownAlong({ touchFilters }: AttributionPlan): Columns {
  return Object.fromEntries(
    touchFilters.map(({ dimension }, index) => [name(index), playersOf(dimension, false)])
  )
}

/** What a filter gives is folded as values are; a touch without a value is called as in the answer. */
export const foldOf = ({ fold }: TouchDimension) =>
  fold && { fold: (value: string) => `if(${value} = '${NOT_SET}', ${value}, ${fold(value)})` }

const filtersOn = (
  { touchFilters }: AttributionPlan,
  valueOf: (index: number) => string
): string[] =>
  touchFilters.map(({ dimension, op }, index) => {
    const own = { name: `touch_filter_${index}`, ...foldOf(dimension) }
    return `(${condition(op, valueOf(index), own)})`
  })

/** Conditions on what a touch is called; none where nothing is filtered. */
export const shownWhere = (plan: AttributionPlan): string[] =>
  filtersOn(plan, (index) => `toString(${name(index)})`)

/** Whether the row of what is unattributed is shown: to filters it has no value. */
export const showsUnattributed = (plan: AttributionPlan): string =>
  ['1', ...filtersOn(plan, () => `''`)].join(' AND ')
