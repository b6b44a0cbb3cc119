import { OTHER, PLAYER_LIMIT } from '#attribution/public'
import type { Reading } from './reading.ts'
import type { Naming } from './sql/credits_statement.ts'
import { namesStatement, type Others } from './sql/names_statement.ts'

/** The names that players take part under. */
export interface Names {
  names: readonly string[]
  /** Whether there are more players, who are one together. */
  isLimited: boolean
}

/** Values of parameters for what names the players. */
export const placesOf = ({ names }: Pick<Names, 'names'>) => ({
  names,
  name_places: names.map((_, place) => place + 1),
})

/** How the statements name the players. */
export const namingOf = ({ isLimited }: Names): Naming => (isLimited ? 'limited' : 'named')

async function rank(reading: Reading, others: Others): Promise<Names & { weakest: number }> {
  const found = await reading.read('players', namesStatement(reading.plan, others), {
    rows: PLAYER_LIMIT + 1,
  })
  const names = found.slice(0, PLAYER_LIMIT).map(({ player }) => String(player))
  const isLimited = found.length > PLAYER_LIMIT
  return {
    names: isLimited ? [...names, OTHER] : names,
    isLimited,
    weakest: Number(found[PLAYER_LIMIT - 1]?.conversions ?? 0),
  }
}

/**
 * Who the players are. Those that nobody converted by matter to Markov alone, and whether there are too
 * many is seen by all touches of the range; only if so, and if there is room left for some of them, it
 * has to be known which touches no conversion followed.
 */
export async function readNames(reading: Reading): Promise<Names> {
  if (!reading.plan.models.includes('markov')) return rank(reading, 'none')
  const found = await rank(reading, 'touches')
  return found.isLimited && found.weakest === 0 ? rank(reading, 'null_paths') : found
}
