import type { Output } from '../output.ts'
import type { Cells } from '../record_scanner.ts'
import { cellText, MUST_NOT_BE_EMPTY, writeEmpty, type CellWriter } from './cell_writer.ts'

/** Longest cell that is remembered, and longest value. */
const LONGEST = 64

/** Reads a trimmed cell: the value as it goes out, or `undefined` if the cell holds none. */
export type CellReader = (text: string) => string | undefined

/**
 * Cells that repeat from row to row (times, currencies, flags): the value of the last cell is kept,
 * so that reading most cells costs a comparison of bytes.
 */
export class MemoWriter implements CellWriter {
  readonly #cell: number
  readonly #empty: Uint8Array | undefined
  readonly #read: CellReader
  readonly #problem: (text: string) => string
  readonly #last = new Uint8Array(LONGEST)
  #lastLength = -1
  #value: Uint8Array = new Uint8Array(0)

  constructor(
    cell: number,
    empty: Uint8Array | undefined,
    read: CellReader,
    problem: (text: string) => string
  ) {
    this.#cell = cell
    this.#empty = empty
    this.#read = read
    this.#problem = problem
  }

  write(cells: Cells, out: Output): boolean {
    const start = cells.starts[this.#cell] as number
    const end = cells.ends[this.#cell] as number
    if (start === end) return writeEmpty(this.#empty, out)
    if (!this.#isLast(cells.data, start, end) && !this.#remember(cells, start, end)) {
      return cellText(cells, this.#cell) === '' && writeEmpty(this.#empty, out)
    }
    out.copy(this.#value, 0, this.#value.length)
    return true
  }

  problem(text: string): string {
    return text === '' ? MUST_NOT_BE_EMPTY : this.#problem(text)
  }

  #isLast(data: Uint8Array, start: number, end: number): boolean {
    const length = end - start
    if (length !== this.#lastLength) return false
    const last = this.#last
    // From the end on: neighbouring times differ in their last digits.
    for (let i = length - 1; i >= 0; i--) if (data[start + i] !== last[i]) return false
    return true
  }

  #remember(cells: Cells, start: number, end: number): boolean {
    this.#lastLength = -1
    const value = this.#read(cellText(cells, this.#cell))
    if (value === undefined) return false
    this.#value = Buffer.from(value)
    if (end - start <= LONGEST) {
      this.#last.set(cells.data.subarray(start, end))
      this.#lastLength = end - start
    }
    return true
  }
}
