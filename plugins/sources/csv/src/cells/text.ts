import type { Output } from '../output.ts'
import type { Cells } from '../record_scanner.ts'
import { MUST_NOT_BE_EMPTY, writeEmpty, type CellWriter } from './cell_writer.ts'

/** Text as it stands in the file. */
export class TextWriter implements CellWriter {
  readonly #cell: number
  readonly #empty: Uint8Array | undefined

  constructor(cell: number, empty: Uint8Array | undefined) {
    this.#cell = cell
    this.#empty = empty
  }

  write(cells: Cells, out: Output): boolean {
    const cell = this.#cell
    const start = cells.starts[cell] as number
    const end = cells.ends[cell] as number
    if (start === end) return writeEmpty(this.#empty, out)
    if (cells.escapes[cell] === 0) out.copy(cells.data, start, end)
    else out.escaped(cells.data, start, end)
    return true
  }

  problem(): string {
    return MUST_NOT_BE_EMPTY
  }
}
