import type { Chain } from './transitions.ts'

/** L and U of D − C, where C are the counted moves and D what leaves each state; see {@link factorize}. */
export interface Factors {
  size: number
  /** Below the diagonal −L, above it −U; the diagonal is not used. */
  matrix: Float64Array
  pivots: Float64Array
}

/** Adds to row `to` a multiple of row `from`, right of column `from`. */
function addRow({ size, matrix }: Factors, from: number, to: number, factor: number) {
  for (let column = from + 1; column < size; column++) {
    const place = to * size + column
    matrix[place] = (matrix[place] ?? 0) + factor * (matrix[from * size + column] ?? 0)
  }
}

/** Sum of what stands right of the diagonal. */
function rightOf({ size, matrix }: Factors, row: number): number {
  let sum = 0
  for (let column = row + 1; column < size; column++) sum += matrix[row * size + column] ?? 0
  return sum
}

/**
 * Eliminates state after state: moves into an eliminated state are passed on to where it leads.
 *
 * TRICKY: a pivot is not what subtraction leaves on the diagonal, but the sum of all ways out of the
 * state (Grassmann, Taksar, Heyman 1985). Nothing is ever subtracted, so nothing cancels, and every
 * figure is right to nearly the last bit, however rare its player. Each seen state leads to an end,
 * hence no pivot is zero. Moves from a state to itself drop out: they delay, but lead nowhere else.
 */
export function factorize(chain: Chain): Factors {
  const size = chain.states
  const factors = { size, matrix: chain.moves.slice(), pivots: new Float64Array(size) }
  const ends = chain.ends.slice()
  for (let state = 0; state < size; state++) {
    const pivot = rightOf(factors, state) + (ends[state] ?? 0)
    factors.pivots[state] = pivot
    for (let row = state + 1; row < size; row++) {
      const factor = (factors.matrix[row * size + state] ?? 0) / pivot
      factors.matrix[row * size + state] = factor
      if (factor === 0) continue
      ends[row] = (ends[row] ?? 0) + factor * (ends[state] ?? 0)
      addRow(factors, state, row, factor)
    }
  }
  return factors
}

/** Σ matrix[row, column] · values[column] for columns from … to − 1. */
function dot(factors: Factors, row: number, values: Float64Array, from: number, to: number) {
  let sum = 0
  for (let column = from; column < to; column++) {
    sum += (factors.matrix[row * factors.size + column] ?? 0) * (values[column] ?? 0)
  }
  return sum
}

/**
 * Solves (D − C) x = right for the states from `first` on. `right` must be zero before them; what
 * stands there in the answer is not a solution.
 */
export function solve(factors: Factors, right: Float64Array, first = 0): Float64Array {
  const { size, pivots } = factors
  const x = right.slice()
  for (let row = first; row < size; row++) {
    x[row] = (x[row] ?? 0) + dot(factors, row, x, first, row)
  }
  for (let row = size - 1; row >= first; row--) {
    x[row] = ((x[row] ?? 0) + dot(factors, row, x, row + 1, size)) / (pivots[row] ?? 1)
  }
  return x
}
