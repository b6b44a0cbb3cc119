import { apportion } from './exact/apportion.ts'
import { toCredits, WHOLE } from './exact/fraction.ts'
import type { Journey } from './journeys.ts'
import { compareText } from './order.ts'
import type { Credit, Figures, NamedCount, Rule, Step } from './types.ts'

/** What one touch of one conversion is credited with. */
export interface TouchCredit extends Credit {
  conversionId: string
  /** Null where the conversion has no eligible touch: the credit is unattributed. */
  step: Step | null
}

/** The credits of a conversion, which sum to exactly 1 and to exactly its revenue. */
export function creditConversion({ id, revenue, steps }: Journey, rule: Rule): TouchCredit[] {
  if (steps.length === 0) {
    return [{ conversionId: id, step: null, player: null, conversions: WHOLE, revenue }]
  }
  const credits = toCredits(rule(steps))
  const amounts = apportion(revenue, credits)
  return steps.map((step, place) => ({
    conversionId: id,
    step,
    player: step.player,
    conversions: credits[place] ?? 0n,
    revenue: amounts[place] ?? 0n,
  }))
}

const untouched = ({ players }: NamedCount) => players.length === 0

/** Credits of a path as often as it converted; for models that ask for nothing but players. */
export function creditCount(path: NamedCount, rule: Rule<{ player: string }>): Credit[] {
  const { conversions, revenue, players } = path
  if (conversions === 0) return []
  if (untouched(path)) return [{ player: null, conversions: BigInt(conversions) * WHOLE, revenue }]
  const credits = toCredits(rule(players.map((player) => ({ player }))))
  const amounts = apportion(revenue, credits)
  return players.map((player, place) => ({
    player,
    conversions: BigInt(conversions) * (credits[place] ?? 0n),
    revenue: amounts[place] ?? 0n,
  }))
}

function totalOf(paths: readonly NamedCount[]): Figures {
  return paths.reduce(
    (total, path) => ({
      conversions: total.conversions + BigInt(path.conversions) * WHOLE,
      revenue: total.revenue + path.revenue,
    }),
    { conversions: 0n, revenue: 0n }
  )
}

/**
 * Markov as published: all touched conversions together, in proportion to the removal effects of all
 * players. There are no credits of single conversions.
 */
export function creditGlobally(
  paths: readonly NamedCount[],
  effects: ReadonlyMap<string, bigint>
): Credit[] {
  const touched = totalOf(paths.filter((path) => !untouched(path)))
  return creditTotals(touched, totalOf(paths.filter(untouched)), effects)
}

/** The same, of the totals of conversions with touches and of those without. */
export function creditTotals(
  touched: Figures,
  unattributed: Figures,
  effects: ReadonlyMap<string, bigint>
): Credit[] {
  const fitted = [...effects].sort(([one], [other]) => compareText(one, other))
  const weights = fitted.map(([, effect]) => effect)
  const conversions = apportion(touched.conversions, weights)
  const amounts = apportion(touched.revenue, weights)
  return [
    ...fitted.map(([player], place) => ({
      player,
      conversions: conversions[place] ?? 0n,
      revenue: amounts[place] ?? 0n,
    })),
    { player: null, ...unattributed },
  ]
}
