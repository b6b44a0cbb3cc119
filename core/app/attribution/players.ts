import { compareText } from './order.ts'
import type { NamedCount, PathCount } from './types.ts'

export const NOT_SET = '(not set)'
export const OTHER = '(other)'

/** Players that a report tells apart; the rest is `(other)`. */
export const PLAYER_LIMIT = 200

const nameOf = (player: string | null): string => player || NOT_SET

/** How many conversions each player has touched. */
function conversionsTouched(paths: readonly PathCount[]): Map<string, number> {
  const touched = new Map<string, number>()
  for (const { players, conversions } of paths) {
    for (const player of new Set(players.map(nameOf))) {
      touched.set(player, (touched.get(player) ?? 0) + conversions)
    }
  }
  return touched
}

/**
 * The names that the players of these paths take part under. Beyond the limit those stay that
 * touched most conversions, of equal ones the first by name.
 */
export function nameTheirPlayers(
  paths: readonly PathCount[],
  limit = PLAYER_LIMIT
): (player: string | null) => string {
  const touched = conversionsTouched(paths)
  if (touched.size <= limit) return nameOf
  const ranked = [...touched].sort(([a, ofA], [b, ofB]) => ofB - ofA || compareText(a, b))
  const kept = new Set(ranked.slice(0, limit).map(([player]) => player))
  return (player) => (kept.has(nameOf(player)) ? nameOf(player) : OTHER)
}

/** Path counts under the names of their players. */
export function nameCounts(paths: readonly PathCount[], limit = PLAYER_LIMIT): NamedCount[] {
  const name = nameTheirPlayers(paths, limit)
  return paths.map((path) => ({ ...path, players: path.players.map(name) }))
}

/** How often each player occurs in a path. */
export function countPlayers(touches: readonly { player: string }[]): Map<string, bigint> {
  const counts = new Map<string, bigint>()
  for (const { player } of touches) counts.set(player, (counts.get(player) ?? 0n) + 1n)
  return counts
}
