import {
  creditConversion,
  nanoFraction,
  ruleOf,
  type AttributionParameters,
  type Fraction,
  type Model,
  type Step,
  type TouchCredit,
} from '#attribution/public'

/** Removal effects are integers of this. */
const EFFECT = 1e24
/** Weights of time decay are integers of this. */
const DECAY = 2 ** 52
const DAY_MS = 86_400_000

export interface Conversion {
  id: string
  /** In nano-units of the currency. */
  revenue: bigint
  steps: Step[]
}

export interface ModelInputs {
  params: AttributionParameters['params']
  /** Removal effects by player, as integers. */
  effects: ReadonlyMap<string, bigint>
}

/** What a touch weighs in a model, and how that comes about, in figures. */
interface Weight {
  weight: number
  formula: string
}

export interface WeighedTouch extends Weight {
  credit: TouchCredit
  /** Of the whole, before credits are cut off at nine places. */
  share: number
}

export interface Division {
  touches: WeighedTouch[]
  sumOfWeights: number
}

/** Up to six significant digits, without an exponent as long as that is readable. */
export const figure = (value: number): string => String(Number(value.toPrecision(6)))

const fraction = ({ numerator, denominator }: Fraction): number =>
  Number(numerator) / Number(denominator)

/** How often each player stands on the path. */
function repeatsOf(steps: readonly Step[]): (player: string) => number {
  const repeats = new Map<string, number>()
  for (const { player } of steps) repeats.set(player, (repeats.get(player) ?? 0) + 1)
  return (player) => repeats.get(player) ?? 1
}

type Weigher = (
  steps: readonly Step[],
  shares: readonly Fraction[],
  inputs: ModelInputs
) => Weight[]

const allToOne: Weigher = (_, shares) =>
  shares.map((share) => {
    const weight = fraction(share)
    return { weight, formula: String(weight) }
  })

const linear: Weigher = (steps) => steps.map(() => ({ weight: 1, formula: '1' }))

const timeDecay: Weigher = (steps, shares, { params }) => {
  const last = steps.at(-1)?.time ?? 0
  return steps.map(({ time }, place) => {
    const days = figure((last - time) / DAY_MS)
    return {
      weight: Number(shares[place]?.numerator ?? 0n) / DECAY,
      formula: `2^(−${days} ÷ ${figure(params.time_decay.half_life_days)})`,
    }
  })
}

const positionBased: Weigher = (steps, shares, { params }) => {
  const { first, last } = params.position_based
  const middle = `(1 − ${figure(first)} − ${figure(last)}) ÷ ${steps.length - 2}`
  const ofEnds = (place: number) => (place === 0 ? first : last)
  const isEnd = (place: number) => place === 0 || place === steps.length - 1
  return shares.map((share, place) => {
    if (steps.length === 1) return { weight: 1, formula: '1' }
    if (steps.length === 2) return { weight: ofEnds(place), formula: figure(ofEnds(place)) }
    return {
      weight: fraction(share),
      formula: isEnd(place) ? figure(ofEnds(place)) : middle,
    }
  })
}

const shapley: Weigher = (steps) => {
  const repeats = repeatsOf(steps)
  return steps.map(({ player }) => ({
    weight: 1 / repeats(player),
    formula: `1 ÷ ${repeats(player)}`,
  }))
}

const markov: Weigher = (steps, shares, inputs) => {
  const repeats = repeatsOf(steps)
  const effectOf = (player: string) => Number(inputs.effects.get(player) ?? 0n) / EFFECT
  // Where no effect is known, its players share as in Shapley's game.
  if (steps.every(({ player }) => effectOf(player) === 0)) return shapley(steps, shares, inputs)
  return steps.map(({ player }) => ({
    weight: effectOf(player) / repeats(player),
    formula: `${figure(effectOf(player))} ÷ ${repeats(player)}`,
  }))
}

const weighers: Record<Model, Weigher> = {
  first_touch: allToOne,
  last_touch: allToOne,
  last_non_direct: allToOne,
  linear,
  time_decay: timeDecay,
  position_based: positionBased,
  markov,
  shapley,
}

/**
 * How a model divides one conversion: the credits are those of every report, exact to the last
 * billionth; weights and formulas tell where they come from.
 */
export function divide(model: Model, conversion: Conversion, inputs: ModelInputs): Division {
  const rule = ruleOf(model, inputs.params, inputs.effects)
  const credits = creditConversion(conversion, rule)
  if (conversion.steps.length === 0) return { touches: [], sumOfWeights: 0 }
  const shares = rule(conversion.steps)
  const weights = weighers[model](conversion.steps, shares, inputs)
  return {
    sumOfWeights: weights.reduce((sum, { weight }) => sum + weight, 0),
    touches: credits.flatMap((credit, place) => {
      const [weight, share] = [weights[place], shares[place]]
      return weight && share ? [{ ...weight, credit, share: fraction(share) }] : []
    }),
  }
}

/** Whether the two ends have shares at all, which position-based words tell. */
export const restOfEnds = ({ first, last }: { first: number; last: number }): number =>
  Number(1_000_000_000n - nanoFraction(first) - nanoFraction(last)) / 1e9
