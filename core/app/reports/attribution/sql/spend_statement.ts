import { NOT_SET } from '#attribution/public'
import { inSlices } from '#warehouse/public'
import { condition } from '../../plan/filters.ts'
import type { AttributionPlan } from '../plan.ts'
import { foldOf } from './shown.ts'

/** Why the spend of the rows is unknown; undefined where it is known. */
export function noSpend({ grouping, orderFilters, touchFilters }: AttributionPlan) {
  if (grouping.dimension.spend === undefined) return `Ad spend is not recorded by ${grouping.name}`
  const filter = [...orderFilters, ...touchFilters].find(
    ({ dimension }) => dimension.spend === undefined
  )
  return filter && `Ad spend is not recorded by ${filter.dimension.key}, which is filtered by`
}

const named = (value: string) => `if(${value} = '', '${NOT_SET}', ${value})`

/** Ad spend by player, under the filters that it knows. */
export function spendStatement({ grouping, orderFilters, touchFilters }: AttributionPlan): string {
  const { dimension } = grouping
  const ofOrders = orderFilters.map((filter, index) =>
    condition(filter.op, filter.dimension.spend ?? `''`, { name: `order_filter_${index}` })
  )
  const ofTouches = touchFilters.map((filter, index) =>
    condition(filter.op, named(filter.dimension.spend ?? `''`), {
      name: `touch_filter_${index}`,
      ...foldOf(filter.dimension),
    })
  )
  const conditions = [
    inSlices('kpi'),
    'date BETWEEN {date_from:Date} AND {date_to:Date}',
    ...ofOrders,
    ...ofTouches,
  ]
  const own = dimension.label?.own(...dimension.columns) ?? ''
  const label = dimension.label?.shown('player', `min(${own})`) ?? 'player'
  return `SELECT player, ${label} AS label, reinterpret(sum(cost), 'Int128') AS spent
FROM (
  SELECT *, ${named(dimension.spend ?? `''`)} AS player FROM daily_kpi
  WHERE ${conditions.join(' AND ')}
)
GROUP BY player
HAVING spent != 0`
}
