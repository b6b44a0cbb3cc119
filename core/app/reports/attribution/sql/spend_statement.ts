import { inSlices } from '#warehouse/public'
import { condition } from '../../plan/filters.ts'
import type { AttributionPlan } from '../plan.ts'
import { NOT_SET } from '#attribution/public'

/** Why the spend of the rows is unknown; undefined where it is known. */
export function noSpend({ grouping, orderFilters, touchFilters }: AttributionPlan) {
  if (grouping.dimension.spend === undefined) return `Ad spend is not recorded by ${grouping.name}`
  const filter = [...orderFilters, ...touchFilters].find(
    ({ dimension }) => dimension.spend === undefined
  )
  return filter && `Ad spend is not recorded by ${filter.dimension.key}, which is filtered by`
}

/** Ad spend by player, under the filters that it knows. */
export function spendStatement(plan: AttributionPlan): string {
  const { dimension } = plan.grouping
  const conditionsOf = (kind: 'order' | 'touch') =>
    plan[`${kind}Filters`].map((filter, index) =>
      condition(filter.op, filter.dimension.spend ?? `''`, {
        name: `${kind}_filter_${index}`,
        ...('fold' in filter.dimension && { fold: filter.dimension.fold }),
      })
    )
  const conditions = [
    inSlices('kpi'),
    'date BETWEEN {date_from:Date} AND {date_to:Date}',
    ...conditionsOf('order'),
    ...conditionsOf('touch'),
  ]
  const own = dimension.label?.own(...dimension.columns) ?? ''
  const label = dimension.label?.shown('player', `min(${own})`) ?? 'player'
  return `SELECT player, ${label} AS label, reinterpret(sum(cost), 'Int128') AS spent
FROM (SELECT *, if(${dimension.spend} = '', '${NOT_SET}', ${dimension.spend}) AS player FROM daily_kpi WHERE ${conditions.join(' AND ')})
GROUP BY player
HAVING spent != 0`
}
