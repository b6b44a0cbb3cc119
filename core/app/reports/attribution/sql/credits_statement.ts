import type { Model } from '#attribution/public'
import { channelDimension } from '../dimensions.ts'
import type { AttributionPlan } from '../plan.ts'
import { amountInUnits } from './apportioned.ts'
import { eligibleConversions } from './eligible.ts'
import { layersOf, modelSql, stepsAlong } from './model_sql.ts'
import { ownLabelsOf, playersOf, valuesOf } from './names.ts'
import { shownAlong, shownWhere, showsUnattributed } from './shown.ts'
import { addNeededLayers, asTheyAre, sideBySide, type Columns } from './steps.ts'

/** Models whose credits are those of single conversions: all but Markov as published. */
export function modelsOfConversions({ models, params }: AttributionPlan): Model[] {
  const isGlobal = params.markov.allocation === 'global'
  return models.filter((model) => model !== 'markov' || !isGlobal)
}

/** Which players take part in the models, and how they are named. */
export type Naming = 'as they are' | 'named' | 'limited'

const money = {
  revenue: 'gross - discount - refunded',
  margin: 'gross - discount - refunded - cogs',
}

/** In nano-units of the currency. */
const nanos = (amount: string) => `reinterpret(${amount}, 'Int128')`

/** What of a conversion is divided: SQL over a row of `journeys`. */
export const amountOf = ({ value }: AttributionPlan): string => nanos(money[value])

/** What of a step is known by arrays along the touches, under the name that a step has it by. */
function alongSteps(plan: AttributionPlan, naming: Naming, models: readonly Model[]): Columns {
  const { dimension } = plan.grouping
  const labels = ownLabelsOf(dimension)
  return {
    player:
      naming === 'as they are' ? valuesOf(dimension) : playersOf(dimension, naming === 'limited'),
    ...(dimension !== channelDimension && { channel: valuesOf(channelDimension) }),
    ...(labels !== undefined && { own_label: labels }),
    ...(models.includes('last_non_direct') && { direct: 'touch_is_direct' }),
    ...(models.includes('time_decay') && {
      time: 'arrayMap(time -> toUnixTimestamp64Milli(time), touch_time)',
    }),
    ...shownAlong(plan),
  }
}

/** What is asked of the steps besides their credits. */
export interface Asked {
  /** Columns of the conversions. */
  own?: Columns
  /** Arrays along the touches, by the name that a step has them under. */
  along?: Columns
  /** SQL for what is selected of each step. */
  selected: readonly string[]
}

const plural = (name: string) => `${name}s`

/**
 * Whence the steps of all conversions are read that have any, each with what it is credited with: `FROM`
 * and what follows it.
 */
export function fromSteps(
  plan: AttributionPlan,
  naming: Naming,
  { own = {}, along = {}, selected }: Asked
): string {
  const models = modelsOfConversions(plan)
  const arrays = { ...alongSteps(plan, naming, models), ...along }
  const ofConversions = { is_new: 'is_new', amount: amountOf(plan), ...own }
  const ofTouches = Object.fromEntries(
    Object.entries(arrays).map(([name, array]) => [plural(name), array])
  )
  const conversions = eligibleConversions(plan, ofConversions, ofTouches)
  const touched = `SELECT * FROM (${conversions}) WHERE steps > 0`
  const first = { ...amountInUnits, places: 'arrayEnumerate(players)' }
  const joined = {
    ...Object.fromEntries(Object.keys(arrays).map((name) => [name, plural(name)])),
    place: 'places',
    ...stepsAlong(models),
  }
  const shown = shownWhere(plan)
  const steps = addNeededLayers(
    touched,
    [...Object.keys(ofConversions), 'steps', ...Object.keys(ofTouches)],
    sideBySide([[first], layersOf(models)]),
    [...selected, ...shown, ...Object.values(joined)]
  )
  return `FROM (${steps})
ARRAY JOIN ${Object.entries(joined)
    .map(([name, array]) => `${array} AS ${name}`)
    .join(', ')}
${shown.length > 0 ? `WHERE ${shown.join(' AND ')}` : ''}`
}

/** Whether a player's touches may have come by paid channels and by others. */
const isMixed = ({ grouping }: AttributionPlan) => grouping.dimension !== channelDimension

/**
 * What each player is credited with by each model, as integers, in one pass over the conversions: a row
 * for the touches of paid channels and one for all others.
 */
export function creditsStatement(plan: AttributionPlan, naming: Naming): string {
  const figures = modelsOfConversions(plan).flatMap((model) => {
    const { credit, amount } = modelSql(model)
    return [
      `sum(${credit}) AS conversions_${model}`,
      `sumIf(${credit}, is_new) AS new_${model}`,
      `sum(${amount}) AS revenue_${model}`,
    ]
  })
  const { label } = plan.grouping.dimension
  const columns = [
    'player',
    ...(isMixed(plan) ? ['channel IN {paid_channels:Array(String)} AS is_paid'] : []),
    ...(label ? [`${label.shown('toString(player)', 'min(own_label)')} AS label`] : []),
    ...figures,
  ]
  const keys = isMixed(plan) ? 'player, is_paid' : 'player'
  return `SELECT ${columns.join(',\n  ')}
${fromSteps(plan, naming, { selected: columns })}
GROUP BY ${keys}
ORDER BY ${keys}
LIMIT {rows:UInt32}`
}

/** All conversions together, whatever the filters on touches show. */
export function totalsStatement(plan: AttributionPlan): string {
  const own = { amount: amountOf(plan), costs: nanos('cogs'), ...asTheyAre('is_new') }
  return `SELECT toUInt64(count()) AS conversions, sum(amount) AS revenue,
  countIf(steps > 0) AS touched, sumIf(amount, steps > 0) AS touched_revenue,
  countIf(is_new) AS new, countIf(is_new AND steps = 0) AS new_untouched, sum(costs) AS cogs,
  ${showsUnattributed(plan)} AS shows_unattributed
FROM (${eligibleConversions(plan, own, {})})`
}
