import type { Output } from '../output.ts'
import type { Cells } from '../record_scanner.ts'
import type { CellWriter } from './cell_writer.ts'

/** A cell that must not be empty in rows where one of other cells is filled: the currency of amounts. */
export class RequiredWhenAny implements CellWriter {
  readonly #others: readonly number[]
  readonly #required: CellWriter
  readonly #optional: CellWriter

  constructor(others: readonly number[], required: CellWriter, optional: CellWriter) {
    this.#others = others
    this.#required = required
    this.#optional = optional
  }

  write(cells: Cells, out: Output): boolean {
    const filled = this.#others.some((cell) => cells.starts[cell] !== cells.ends[cell])
    return (filled ? this.#required : this.#optional).write(cells, out)
  }

  problem(text: string): string {
    return this.#required.problem(text)
  }
}
