import { compareText } from '../order.ts'
import type { NamedCount } from '../types.ts'

/** Order-1 chain of players as counts. States are the players by name and, last, the start. */
export interface Chain {
  players: string[]
  states: number
  /** Row by row: how often a state led to another. */
  moves: Float64Array
  /** How often each state led to a conversion. */
  conversions: Float64Array
  /** How often each state was the end of a path, converted or not. */
  ends: Float64Array
}

function emptyChain(players: string[]): Chain {
  const states = players.length + 1
  return {
    players,
    states,
    moves: new Float64Array(states * states),
    conversions: new Float64Array(states),
    ends: new Float64Array(states),
  }
}

const add = (counts: Float64Array, place: number, count: number) => {
  counts[place] = (counts[place] ?? 0) + count
}

/**
 * Counts the transitions of paths, each as often as it was seen. Empty paths and such that were never
 * seen say nothing. The answer does not depend on the order of the paths.
 */
export function countTransitions(paths: readonly NamedCount[]): Chain {
  const seen = paths.filter(
    ({ players, conversions, nulls }) => players.length > 0 && conversions + nulls > 0
  )
  const players = [...new Set(seen.flatMap((path) => path.players))].sort(compareText)
  const chain = emptyChain(players)
  const start = players.length
  const stateOf = new Map(players.map((player, state) => [player, state]))
  for (const path of seen) {
    const count = path.conversions + path.nulls
    let from = start
    for (const player of path.players) {
      const to = stateOf.get(player) ?? start
      add(chain.moves, from * chain.states + to, count)
      from = to
    }
    add(chain.ends, from, count)
    add(chain.conversions, from, path.conversions)
  }
  return chain
}
