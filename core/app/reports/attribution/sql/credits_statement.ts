import type { Model } from '#attribution/public'
import { condition } from '../../plan/filters.ts'
import { channelDimension } from '../dimensions.ts'
import type { AttributionPlan } from '../plan.ts'
import { withUnits } from './apportioned.ts'
import { eligibleConversions } from './eligible.ts'
import { modelSql, prepareModels } from './model_sql.ts'
import { ownLabelsOf, playersOf, valuesOf } from './names.ts'
import { step } from './steps.ts'

/** Models whose credits are those of single conversions: all but Markov as published. */
export function modelsOfConversions({ models, params }: AttributionPlan): Model[] {
  const isGlobal = params.markov.allocation === 'global'
  return models.filter((model) => model !== 'markov' || !isGlobal)
}

/** Arrays along the touches that any statement about credits needs. */
function arraysOf(plan: AttributionPlan, isLimited: boolean): Record<string, string> {
  const { dimension } = plan.grouping
  const labels = ownLabelsOf(dimension)
  const filters = plan.touchFilters.map((filter, index) => [
    `filtered_${index}`,
    valuesOf(filter.dimension),
  ])
  return {
    players: playersOf(dimension, isLimited),
    directs: 'touch_is_direct',
    times: 'arrayMap(time -> toUnixTimestamp64Milli(time), touch_time)',
    channels: valuesOf(channelDimension),
    ...(labels !== undefined && { labels }),
    ...(Object.fromEntries(filters) as Record<string, string>),
  }
}

/** Of what a step shows: the filters on touches. */
export function isShown({ touchFilters }: AttributionPlan): string {
  const conditions = touchFilters.map(({ dimension, op }, index) =>
    condition(op, `step_filtered_${index}`, {
      name: `touch_filter_${index}`,
      ...(dimension.fold && { fold: dimension.fold }),
    })
  )
  return conditions.length === 0 ? 'true' : conditions.map((one) => `(${one})`).join(' AND ')
}

/**
 * The steps of all conversions, each with what it is credited with.
 *
 * @param more further arrays along the touches, by the name that a step has them under
 */
export function stepsSql(
  plan: AttributionPlan,
  isLimited: boolean,
  more: Readonly<Record<string, string>> = {}
): string {
  const arrays = arraysOf(plan, isLimited)
  const further = Object.fromEntries(
    Object.entries(more).map(([name, array]) => [`${name}_along`, array])
  )
  const models = modelsOfConversions(plan)
  const prepared = prepareModels(
    withUnits(eligibleConversions(plan, { ...arrays, ...further })),
    models
  )
  const along = {
    player: 'players',
    place: 'places',
    channel: 'channels',
    ...('labels' in arrays && { own_label: 'labels' }),
    ...Object.fromEntries(plan.touchFilters.map((_, i) => [`step_filtered_${i}`, `filtered_${i}`])),
    ...Object.fromEntries(Object.keys(more).map((name) => [name, `${name}_along`])),
    ...Object.assign({}, ...models.map((model) => modelSql(model).along)),
  } as Record<string, string>
  const joined = Object.entries(along).map(([name, array]) => `${array} AS ${name}`)
  const names = Object.keys(along).join(', ')
  return `SELECT *, ${names}
FROM (${prepared})
ARRAY JOIN ${joined.join(', ')}`
}

/** What rows of one player are told apart by, as bits of `kind`; the answer adds them up again. */
export const kinds = { touched: 1, shown: 2, paid: 4, new: 8 } as const
export const KINDS = 16

/**
 * What each player is credited with by each model, as integers, in one pass over the conversions. The
 * last step closes its conversion, which counts there.
 *
 * @param isLimited whether `names` are bound and every other player is one of the rest
 */
export function creditsStatement(plan: AttributionPlan, isLimited: boolean): string {
  const figures = modelsOfConversions(plan).flatMap((model) => {
    const { credit, amount } = modelSql(model)
    return [`sum(${credit}) AS conversions_${model}`, `sum(${amount}) AS revenue_${model}`]
  })
  const { label } = plan.grouping.dimension
  const columns = [
    'player',
    'kind',
    ...(label ? [`${label.shown('player', 'min(own_label)')} AS label`] : []),
    'sum(place = steps) AS closed',
    'sum(if(place = steps, amount, 0)) AS closed_amount',
    ...(plan.value === 'margin'
      ? [`sum(if(place = steps, reinterpret(cogs, 'Int128'), 0)) AS closed_cogs`]
      : []),
    ...figures,
  ]
  const kind = `(touches > 0) * ${kinds.touched} + (${isShown(plan)}) * ${kinds.shown}
    + (channel IN {paid_channels:Array(String)}) * ${kinds.paid} + is_new * ${kinds.new}`
  return `SELECT ${columns.join(',\n  ')}
FROM (${step(stepsSql(plan, isLimited), { kind: `toUInt8(${kind})` })})
GROUP BY player, kind
ORDER BY player, kind
LIMIT {rows:UInt32}`
}
