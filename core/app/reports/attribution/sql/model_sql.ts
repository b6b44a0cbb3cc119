import { nanoFraction, type Model } from '#attribution/public'
import { cutOff, whole, withCredits, withEnds } from './apportioned.ts'
import { step } from './steps.ts'

/** How a model is computed of conversions whose steps run along arrays. */
export interface ModelSql {
  /** Adds what the model needs to know of each conversion. */
  prepare: (conversions: string) => string
  /** Arrays that the steps are taken apart with, by what one step has of them. */
  along: Readonly<Record<string, string>>
  /** Of one step: its credit, and its part of the amount. */
  credit: string
  amount: string
  needsRepeats?: true
}

const asTheyAre = (conversions: string): string => conversions

const signed = (size: string) => `if(amount < 0, -(${size}), ${size})`

/** Everything to one step. */
function toOne(isIt: string): ModelSql {
  return {
    prepare: asTheyAre,
    along: {},
    credit: `if(${isIt}, ${whole}, 0)`,
    amount: `if(${isIt}, amount, 0)`,
  }
}

/** Shares of each step of its own. */
function toEach(model: Model, prepare: (conversions: string) => string, shares: string): ModelSql {
  return {
    prepare: (conversions) => withCredits(prepare(conversions), model, shares),
    along: { [`${model}_credit`]: `${model}_credits`, [`${model}_rank`]: `${model}_ranks` },
    credit: `${model}_credit`,
    amount: signed(`${cutOff(`${model}_credit`)} + toInt128(${model}_rank >= ${model}_least)`),
  }
}

/** The same to all steps between the ends. */
function toEnds(model: Model, ends: { first: string; between: string }): ModelSql {
  const choose = (last: string, first: string, between: string) =>
    `multiIf(place = steps, ${last}, place = 1, ${first}, ${between})`
  return {
    prepare: (conversions) => withEnds(conversions, model, ends),
    along: {},
    credit: choose(`${model}_last`, `${model}_first`, `${model}_between`),
    amount: signed(
      choose(
        `${model}_amount_last`,
        `${model}_amount_first`,
        `${model}_amount_between + toInt128(place > ${model}_from)`
      )
    ),
  }
}

/** The last step that is not direct; the last of all where there is none. */
const leading = {
  leading: 'least(steps, steps + 1 - toInt64(indexOf(arrayReverse(directs), false)))',
}

const timeDecay = (conversions: string): string => {
  const aged = step(conversions, { last_time: 'times[-1]' })
  const weighed = step(aged, {
    // The greatest number below a half: added, it never lifts what is less than a half over it.
    weights: `arrayMap(time -> toInt64(
      exp2((time - last_time) / {half_life_ms:Float64}) * ${2 ** 52} + 0.49999999999999994), times)`,
  })
  return step(weighed, { weight: 'toInt128(arraySum(weights))' })
}

/** How often the player of each step occurs in the path: counted from the start and from the end. */
const withRepeats = (conversions: string): string =>
  step(
    step(conversions, {
      occurrences: 'arrayEnumerateUniq(players)',
      distinct_players: 'toInt64(arrayUniq(players))',
    }),
    {
      repeats: `arrayMap((before, after) -> toInt64(before + after) - 1,
        occurrences, arrayReverse(arrayEnumerateUniq(arrayReverse(players))))`,
    }
  )

const evenly = `arrayMap(times_seen -> intDiv(${whole}, distinct_players * times_seen), repeats)`

/** Effects of the players of each step, and of all players of the path together. */
const weighedByEffect = (conversions: string): string =>
  step(
    step(conversions, {
      removals: `arrayMap(player -> arrayMap(effect -> toInt128(effect), {effects:Array(String)})[transform(player, {names:Array(String)}, {name_places:Array(UInt16)}, 0)], players)`,
    }),
    {
      removal: `arraySum(arrayMap((effect, occurrence) -> if(occurrence = 1, effect, 0), removals, occurrences))`,
    }
  )

/** A share is rounded to 12 places and then cut off at 9. */
const byEffect = `if(removal = 0, ${evenly}, arrayMap(
  (effect, times_seen) -> toInt64(intDiv(
    intDiv(toInt128(${2n * 10n ** 12n}) * effect + removal, 2 * greatest(removal, 1)), 1000 * times_seen)),
  removals, repeats))`

const models: Readonly<Record<Model, ModelSql>> = {
  first_touch: toOne('place = 1'),
  last_touch: toOne('place = steps'),
  last_non_direct: {
    ...toOne('place = leading'),
    prepare: (conversions) => step(conversions, leading),
  },
  linear: toEnds('linear', {
    first: `intDiv(${whole}, steps)`,
    between: `intDiv(${whole}, steps)`,
  }),
  position_based: toEnds('position_based', {
    first: 'if(steps = 2, {first_of_two:Int64}, {first:Int64})',
    between: 'intDiv({between:Int64}, greatest(steps - 2, 1))',
  }),
  time_decay: toEach(
    'time_decay',
    timeDecay,
    `arrayMap(share -> toInt64(intDiv(${whole} * toInt128(share), weight)), weights)`
  ),
  shapley: { ...toEach('shapley', asTheyAre, evenly), needsRepeats: true },
  markov: { ...toEach('markov', weighedByEffect, byEffect), needsRepeats: true },
}

export const modelSql = (model: Model): ModelSql => models[model]

/** The conversions with what these models need to know of each. */
export function prepareModels(conversions: string, wanted: readonly Model[]): string {
  const needed = wanted.map(modelSql)
  const counted = needed.some(({ needsRepeats }) => needsRepeats)
    ? withRepeats(conversions)
    : conversions
  return needed.reduce((prepared, { prepare }) => prepare(prepared), counted)
}

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
