import { nanoFraction, type Model } from '#attribution/public'
import { creditLayers, endLayers, equalLayers, partOf, whole } from './apportioned.ts'
import { placeOf } from './names.ts'
import { sideBySide, type Columns } from './steps.ts'

/** How a model is computed of conversions whose steps run along arrays. */
export interface ModelSql {
  /** Columns of the conversions that it needs, layer by layer. */
  layers: readonly Columns[]
  /** Arrays that the steps are taken apart with, by what one step has of them. */
  along: Columns
  /** Of one step: its credit, and its part of the amount. */
  credit: string
  amount: string
  /** Shares of all steps as one array, and the layers that it needs; absent: one step has everything. */
  divided?: Divided
}

/** Shares in nano-credits, cut off: what they leave belongs to the last step, whose own is not asked. */
export interface Divided {
  layers: readonly Columns[]
  shares: string
}

/** Everything to one step. */
function toOne(isIt: string, layers: readonly Columns[] = []): ModelSql {
  return {
    layers,
    along: {},
    credit: `if(${isIt}, ${whole}, 0)`,
    amount: `if(${isIt}, amount, 0)`,
  }
}

/** Shares of each step of its own. */
function toEach(model: Model, before: readonly Columns[], shares: string): ModelSql {
  return {
    layers: [...before, ...creditLayers(model, shares)],
    along: { [`${model}_credit`]: `${model}_credits`, [`${model}_rank`]: `${model}_ranks` },
    credit: `${model}_credit`,
    amount: partOf(`${model}_credit`, `${model}_rank >= ${model}_least`),
    divided: { layers: before, shares },
  }
}

const linear: ModelSql = {
  layers: equalLayers('linear', `intDiv(${whole}, steps)`),
  along: {},
  credit: 'if(place = steps, linear_last, linear_each)',
  amount:
    'if(place = steps, linear_amount_last, linear_amount_each + sign * (place > linear_from))',
  divided: { layers: [], shares: `arrayMap(place -> intDiv(${whole}, steps), places)` },
}

/** Of a step of which kind: the last, which is the first of a path of one, the first, or between. */
const byEnd = (last: string, first: string, between: string) =>
  `multiIf(place = steps, ${last}, place = 1, ${first}, ${between})`

const ends = {
  first: 'if(steps = 2, {first_of_two:Int64}, {first:Int64})',
  between: 'intDiv({between:Int64}, greatest(steps - 2, 1))',
}

const positionBased: ModelSql = {
  layers: endLayers('position', ends),
  along: {},
  credit: byEnd('position_last', 'position_first', 'position_between'),
  amount: byEnd(
    'position_amount_last',
    'position_amount_first',
    'position_amount_between + sign * (place > position_from)'
  ),
  divided: {
    layers: [],
    shares: `arrayMap(place -> if(place = 1, ${ends.first}, ${ends.between}), places)`,
  },
}

/** The last step that is not direct; the last of all where there is none. */
const leading = {
  leading: 'least(steps, steps + 1 - toInt64(indexOf(arrayReverse(directs), false)))',
}

const decay: readonly Columns[] = [
  { last_time: 'times[-1]' },
  {
    // The greatest number below a half: added, it never lifts what is less than a half over it.
    weights: `arrayMap(time -> toInt64(
    exp2((time - last_time) / {half_life_ms:Float64}) * ${2 ** 52} + 0.49999999999999994), times)`,
  },
  { weight: 'arraySum(weight -> toInt128(weight), weights)' },
]

/** How often the player of each step occurs in the path: counted from the start and from the end. */
const repeats: readonly Columns[] = [
  {
    occurrences: 'arrayEnumerateUniq(players)',
    occurrences_back: 'arrayReverse(arrayEnumerateUniq(arrayReverse(players)))',
    distinct_players: 'toInt64(arrayUniq(players))',
  },
  {
    repeats: `arrayMap((before, after) -> toInt64(before + after) - 1, occurrences, occurrences_back)`,
  },
]

const evenly = `arrayMap(times_seen -> intDiv(${whole}, distinct_players * times_seen), repeats)`

/** Effects of the players of each step, and of all players of the path together. */
const removals: readonly Columns[] = [
  {
    removals: `arrayMap(player -> arrayMap(effect -> toInt128(effect), {effects:Array(String)})[${placeOf('player')}], players)`,
  },
  {
    removal: `arraySum(arrayMap((effect, occurrence) -> if(occurrence = 1, effect, 0), removals, occurrences))`,
  },
]

/** A share is rounded to 12 places and then cut off at 9. */
const byEffect = `if(removal = 0, ${evenly}, arrayMap(
    (effect, times_seen) -> toInt64(intDiv(
      intDiv(toInt128(${2n * 10n ** 12n}) * effect + removal, 2 * greatest(removal, 1)), 1000 * times_seen)),
    removals, repeats))`

const models: Readonly<Record<Model, ModelSql>> = {
  first_touch: toOne('place = 1'),
  last_touch: toOne('place = steps'),
  last_non_direct: toOne('place = leading', [leading]),
  linear,
  position_based: positionBased,
  time_decay: toEach(
    'time_decay',
    decay,
    `arrayMap(share -> toInt64(intDiv(${whole} * toInt128(share), weight)), weights)`
  ),
  shapley: toEach('shapley', repeats, evenly),
  // The same columns under the same names, where both are asked for.
  markov: toEach('markov', sideBySide([repeats, removals]), byEffect),
}

export const modelSql = (model: Model): ModelSql => models[model]

/** Columns that these models need of each conversion, layer by layer. */
export const layersOf = (wanted: readonly Model[]): Columns[] =>
  sideBySide(wanted.map((model) => modelSql(model).layers))

/** Arrays that these models take the steps apart with. */
export const stepsAlong = (wanted: readonly Model[]): Columns =>
  Object.assign({}, ...wanted.map((model) => modelSql(model).along)) as Columns

/** Values that the statements name, of the parameters of the models. */
export function modelParams(params: {
  time_decay: { half_life_days: number }
  position_based: { first: number; last: number }
}): Record<string, unknown> {
  const first = nanoFraction(params.position_based.first)
  const last = nanoFraction(params.position_based.last)
  return {
    half_life_ms: params.time_decay.half_life_days * 86_400_000,
    first,
    first_of_two: (1_000_000_000n * first) / (first + last),
    between: 1_000_000_000n - first - last,
  }
}
