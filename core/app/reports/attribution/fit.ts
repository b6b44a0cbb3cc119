import { fitTransitions, PLAYER_LIMIT, type Transition } from '#attribution/public'
import type { Row } from '../queries/run_statement.ts'
import type { Names } from './players.ts'
import type { Reading } from './reading.ts'
import { transitionsStatement } from './sql/transitions_statement.ts'

export interface Fit {
  /** By player, as integers. */
  effects: ReadonlyMap<string, bigint>
  /** Persons who went a way that no conversion followed. */
  nullPaths: number
}

/** Every pair of players, start and end included. */
const PAIRS = (PLAYER_LIMIT + 2) ** 2

const playerOf = (value: unknown) => (value === '' ? null : String(value))

const asTransition = ({ origin, target, times, conversions }: Row): Transition => ({
  from: playerOf(origin),
  to: playerOf(target),
  times: Number(times),
  conversions: Number(conversions),
})

/** Removal effects of the players, fitted on what leads where. */
export async function fitMarkov(reading: Reading, { names, isLimited }: Names): Promise<Fit> {
  const sql = transitionsStatement(reading.plan, isLimited)
  const found = await reading.run(reading.prepare('transitions', sql, { names }), PAIRS)
  const transitions = found.map(asTransition)
  const lost = transitions
    .filter(({ to }) => to === null)
    .map(({ times, conversions }) => times - conversions)
  return {
    effects: fitTransitions(transitions),
    nullPaths: lost.reduce((sum, times) => sum + times, 0),
  }
}
