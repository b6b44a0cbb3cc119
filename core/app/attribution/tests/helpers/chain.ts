import type { NamedCount } from '../../types.ts'

interface Transitions {
  players: string[]
  /** Probability of each step by `from` and `to`. */
  probability: (from: string, to: string) => number
}

/** The chain of path counts as probabilities, self-loops included; written apart from the product. */
export function transitionsOf(paths: readonly NamedCount[]): Transitions {
  const counts = new Map<string, Map<string, number>>()
  const count = (from: string, to: string, times: number) => {
    const row = counts.get(from) ?? new Map<string, number>()
    counts.set(from, row.set(to, (row.get(to) ?? 0) + times))
  }
  for (const { players, conversions, nulls } of paths) {
    for (const [times, end] of [
      [conversions, '[converted]'],
      [nulls, '[lost]'],
    ] as const) {
      if (times === 0) continue
      const states = ['[start]', ...players, end]
      states.slice(1).forEach((to, index) => count(states[index] ?? '', to, times))
    }
  }
  const total = (from: string) =>
    [...(counts.get(from)?.values() ?? [])].reduce((sum, times) => sum + times, 0)
  return {
    players: [...counts.keys()].filter((state) => state !== '[start]'),
    probability: (from, to) => (counts.get(from)?.get(to) ?? 0) / total(from),
  }
}

/** Solves a small system by Gauss and Jordan with row exchanges. */
function solve(rows: number[][]): number[] {
  const at = (row: number, column: number) => rows[row]?.[column] ?? NaN
  for (let column = 0; column < rows.length; column++) {
    const below = rows.keys().filter((row) => row >= column)
    const pivot = [...below].reduce((best, row) =>
      Math.abs(at(row, column)) > Math.abs(at(best, column)) ? row : best
    )
    const [first, second] = [rows[column] ?? [], rows[pivot] ?? []]
    rows[column] = second.map((value) => value / (second[column] ?? NaN))
    if (pivot !== column) rows[pivot] = first
    for (let row = 0; row < rows.length; row++) {
      const factor = at(row, column)
      if (row !== column) {
        rows[row] = (rows[row] ?? []).map((value, place) => value - factor * at(column, place))
      }
    }
  }
  return rows.map((row) => row.at(-1) ?? NaN)
}

/** P(start leads to a conversion), what leads to `without` being lost. */
export function conversionRate(paths: readonly NamedCount[], without?: string): number {
  const { players, probability } = transitionsOf(paths)
  const states = ['[start]', ...players.filter((player) => player !== without)]
  const rows = states.map((from) => [
    ...states.map((to) => Number(from === to) - probability(from, to)),
    probability(from, '[converted]'),
  ])
  return solve(rows)[0] ?? NaN
}

/** Removal effects by taking each player out and solving again. */
export function removeEach(paths: readonly NamedCount[]): Map<string, number> {
  const whole = conversionRate(paths)
  const { players } = transitionsOf(paths)
  return new Map(players.map((player) => [player, 1 - conversionRate(paths, player) / whole]))
}

/** Numbers in [0, 1), the same at every run. */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** Removal effects as shares of random walks that convert through a player. */
export function walk(paths: readonly NamedCount[], walks: number): Map<string, number> {
  const random = seededRandom(7)
  const { players, probability } = transitionsOf(paths)
  const states = [...players, '[converted]', '[lost]']
  const next = (from: string) => {
    let left = random()
    return states.find((to) => (left -= probability(from, to)) < 0) ?? '[lost]'
  }
  const through = new Map<string, number>()
  let converted = 0
  for (let walked = 0; walked < walks; walked++) {
    const visited = new Set<string>()
    let state = next('[start]')
    for (; players.includes(state); state = next(state)) visited.add(state)
    if (state !== '[converted]') continue
    converted += 1
    for (const player of visited) through.set(player, (through.get(player) ?? 0) + 1)
  }
  return new Map(players.map((player) => [player, (through.get(player) ?? 0) / converted]))
}
