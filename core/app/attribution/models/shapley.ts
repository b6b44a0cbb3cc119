import { countPlayers } from '../players.ts'
import type { Rule } from '../types.ts'

/**
 * 1/|T| to each of the distinct players T of a path, evenly over the player's touches. That is the
 * exact Shapley value of the game v(S) = conversions whose players all lie in S: each conversion is
 * a unanimity game of its players, and the value is linear in games.
 *
 * Zhao, Mahboobi, Bagheri (2018), https://arxiv.org/abs/1804.05327
 */
export const shapley: Rule<{ player: string }> = (touches) => {
  const repeats = countPlayers(touches)
  const players = BigInt(repeats.size)
  return touches.map(({ player }) => ({
    numerator: 1n,
    denominator: players * (repeats.get(player) ?? 1n),
  }))
}
