import { countPlayers } from '../players.ts'
import type { Rule } from '../types.ts'
import { shapley } from './shapley.ts'

/** Shares are rounded to 12 places before credits are cut off at 9. */
const PLACES = 10n ** 12n

const rounded = (numerator: bigint, denominator: bigint): bigint =>
  (2n * PLACES * numerator + denominator) / (2n * denominator)

/**
 * Each player of a path in proportion to its removal effect, evenly over its touches; evenly over
 * the players where no effect is known.
 *
 * TRICKY: removal effects come from floating point. Effects of 1/3 and 1/12 give 0.79999…, and cutting
 * that off would lose a nano-credit of 0.8; hence the rounding first.
 *
 * Anderl, Becker, von Wangenheim, Schumann (2016), https://doi.org/10.1016/j.ijresmar.2016.03.001
 */
export const markov =
  (effects: ReadonlyMap<string, bigint>): Rule<{ player: string }> =>
  (touches) => {
    const repeats = countPlayers(touches)
    const sum = [...repeats.keys()].reduce((all, player) => all + (effects.get(player) ?? 0n), 0n)
    if (sum === 0n) return shapley(touches)
    const shares = new Map(
      [...repeats].map(([player, count]) => [
        player,
        { numerator: rounded(effects.get(player) ?? 0n, sum), denominator: PLACES * count },
      ])
    )
    return touches.map(({ player }) => shares.get(player) ?? { numerator: 0n, denominator: 1n })
  }
