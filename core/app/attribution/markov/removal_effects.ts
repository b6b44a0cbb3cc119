import { factorize, solve } from './factors.ts'
import type { Chain } from './transitions.ts'

export interface Removal {
  /** Probability that a path of the chain converts. */
  conversionRate: number
  /** By player: the part of it that is lost when whatever leads to the player is lost. */
  effects: Map<string, number>
}

const unit = (size: number, place: number) => new Float64Array(size).fill(1, place, place + 1)

/**
 * Removal effects of all players from one factorization. What is lost without k is what visits k and
 * converts: RE_k = h_k · x_k ÷ x_S, where x is the probability to convert from a state and
 * h_k = N[S,k] ÷ N[k,k] the one to come by k at all, N being the inverse and S the start.
 */
export function removalEffects(chain: Chain): Removal {
  const { players, states, conversions } = chain
  const start = states - 1
  const factors = factorize(chain)
  const toConvert = players.length > 0 ? solve(factors, conversions) : conversions
  const conversionRate = toConvert[start] ?? 0
  const effects = players.map((player, state) => {
    if (conversionRate === 0) return [player, 0] as const
    const column = solve(factors, unit(states, state), state)
    const visited = (column[start] ?? 0) / (column[state] ?? 1)
    return [player, (visited * (toConvert[state] ?? 0)) / conversionRate] as const
  })
  return { conversionRate, effects: new Map(effects) }
}
