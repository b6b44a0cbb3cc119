import { OTHER, PLAYER_LIMIT } from '#attribution/public'
import type { Reading } from './reading.ts'
import type { Naming } from './sql/credits_statement.ts'
import { everyPlayerStatement, namesStatement, type Others } from './sql/names_statement.ts'

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
  const found = await reading.read('players by conversions', namesStatement(reading.plan, others), {
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

/** All that the project knows, if they are so few that each keeps its name in every range. */
async function everyName(reading: Reading): Promise<Names | undefined> {
  const statement = reading.prepare('players', everyPlayerStatement(reading.plan), {
    rows: PLAYER_LIMIT + 1,
  })
  const found = await reading.runOnce(statement)
  if (found.length > PLAYER_LIMIT) return undefined
  return { names: found.map(({ player }) => String(player)), isLimited: false }
}

/**
 * Who the players are. Where the project knows more than may be, those that nobody converted by matter
 * to Markov alone, and whether there are too many is seen by all touches of the range; only if so, and
 * if there is room left for some of them, it has to be known which touches no conversion followed.
 */
export async function readNames(reading: Reading): Promise<Names> {
  const all = await everyName(reading)
  if (all) return all
  if (!reading.plan.models.includes('markov')) return rank(reading, 'none')
  const found = await rank(reading, 'touches')
  return found.isLimited && found.weakest === 0 ? rank(reading, 'null_paths') : found
}
