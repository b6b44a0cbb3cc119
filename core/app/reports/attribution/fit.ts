import { fitTransitions, PLAYER_LIMIT, type Transition } from '#attribution/public'
import type { Row } from '../queries/run_statement.ts'
import type { Reading } from './reading.ts'
import { namingOf, placesOf, type Names } from './players.ts'
import { lostTransitionsStatement, transitionsStatement } from './sql/transitions_statement.ts'

export interface Fit {
  /** By player, as integers. */
  effects: ReadonlyMap<string, bigint>
  /** Persons who went a way that no conversion followed. */
  nullPaths: number
}

/** Every pair of players, start and end included. */
const PAIRS = (PLAYER_LIMIT + 2) ** 2

function asTransition({ origin, target, times }: Row, names: readonly string[], converts: boolean) {
  const playerAt = (place: Row[string] | undefined) => names[Number(place) - 1] ?? null
  const count = Number(times)
  return {
    from: playerAt(origin),
    to: playerAt(target),
    times: count,
    conversions: converts ? count : 0,
  }
}

/** Removal effects of the players, fitted on what leads where. */
export async function fitMarkov(reading: Reading, names: Names): Promise<Fit> {
  const naming = namingOf(names)
  const places = placesOf(names)
  const { plan } = reading
  const [converting, lost] = await Promise.all([
    reading.run(reading.prepare('transitions', transitionsStatement(plan, naming), places), PAIRS),
    // The same whatever the window: many questions ask for them.
    reading.runOnce(
      reading.prepare('transitions of null paths', lostTransitionsStatement(plan, naming), places),
      PAIRS
    ),
  ])
  const transitions: Transition[] = [
    ...converting.map((row) => asTransition(row, names.names, true)),
    ...lost.map((row) => asTransition(row, names.names, false)),
  ]
  const starts = lost.filter(({ origin }) => Number(origin) === 0)
  return {
    effects: fitTransitions(transitions),
    nullPaths: starts.reduce((sum, { times }) => sum + Number(times), 0),
  }
}
