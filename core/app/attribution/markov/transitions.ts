import { compareText } from '../order.ts'
import type { NamedCount, Transition } from '../types.ts'

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

const count = (counts: Float64Array, place: number, times: number): void => {
  counts[place] = (counts[place] ?? 0) + times
}

/** The transitions of a path, as often as it was seen. */
function* transitionsOf({ players, conversions, nulls }: NamedCount): Iterable<Transition> {
  const times = conversions + nulls
  let from: string | null = null
  for (const to of players) {
    yield { from, to, times, conversions: 0 }
    from = to
  }
  yield { from, to: null, times, conversions }
}

/**
 * Counts the transitions of paths, each as often as it was seen. Empty paths and such that were never
 * seen say nothing. The answer does not depend on the order of the paths.
 */
export function countTransitions(paths: readonly NamedCount[]): Chain {
  const seen = paths.filter(
    ({ players, conversions, nulls }) => players.length > 0 && conversions + nulls > 0
  )
  const players = new Set(seen.flatMap((path) => path.players))
  const chain = emptyChain([...players].sort(compareText))
  const add = adder(chain)
  for (const path of seen) for (const transition of transitionsOf(path)) add(transition)
  return chain
}

/** The same of transitions that are counted already, each of them once. */
export function chainOf(transitions: readonly Transition[]): Chain {
  const players = new Set(transitions.flatMap(({ to }) => to ?? []))
  const chain = emptyChain([...players].sort(compareText))
  const add = adder(chain)
  for (const transition of transitions) add(transition)
  return chain
}

function adder(chain: Chain): (transition: Transition) => void {
  const start = chain.players.length
  const states = new Map(chain.players.map((player, state) => [player, state]))
  const stateOf = (player: string | null) =>
    player === null ? start : (states.get(player) ?? start)
  return ({ from, to, times, conversions }) => {
    if (to === null) {
      count(chain.ends, stateOf(from), times)
      count(chain.conversions, stateOf(from), conversions)
    } else count(chain.moves, stateOf(from) * chain.states + stateOf(to), times)
  }
}
