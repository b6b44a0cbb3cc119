import type { Output } from '../output.ts'
import type { Cells } from '../record_scanner.ts'

/** Writes one column of a line: from a cell, or always the same. */
export interface CellWriter {
  /** Writes the value, or returns false where the cell does not hold one. */
  write(cells: Cells, out: Output): boolean
  /** Why a cell was refused, as the end of the sentence “the cell …”. Only called then. */
  problem(text: string): string
}

/** How a cell that is mapped but empty comes out. */
export interface Emptiness {
  /** The column's value for an empty cell; `undefined`: the cell must not be empty. */
  empty: Uint8Array | undefined
}

export const MUST_NOT_BE_EMPTY = 'is empty'

/** Writes what stands for an empty cell. Returns whether the cell may be empty. */
export function writeEmpty(empty: Uint8Array | undefined, out: Output): boolean {
  if (empty === undefined) return false
  out.copy(empty, 0, empty.length)
  return true
}

/** A cell's text without the spaces around it. */
export function cellText(cells: Cells, cell: number): string {
  return cellBytes(cells, cell).toString('utf8').trim()
}

export function cellBytes(cells: Cells, cell: number): Buffer {
  const { data } = cells
  const start = cells.starts[cell] as number
  return Buffer.from(data.buffer, data.byteOffset + start, (cells.ends[cell] as number) - start)
}

/** A cell shortened for a message. */
export const quoteCell = (text: string): string =>
  `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`
