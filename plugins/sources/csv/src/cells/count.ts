import type { Output } from '../output.ts'
import type { Cells } from '../record_scanner.ts'
import { cellText, MUST_NOT_BE_EMPTY, writeEmpty, type CellWriter } from './cell_writer.ts'
import { afterDigits } from './decimal.ts'
import { plainDecimal } from './decimal_text.ts'

const MAX_DIGITS = 15

/** Whole numbers, 0 or more: clicks, impressions. */
export class CountWriter implements CellWriter {
  readonly #cell: number
  readonly #empty: Uint8Array | undefined

  constructor(cell: number, empty: Uint8Array | undefined) {
    this.#cell = cell
    this.#empty = empty
  }

  write(cells: Cells, out: Output): boolean {
    const start = cells.starts[this.#cell] as number
    const end = cells.ends[this.#cell] as number
    if (start === end) return writeEmpty(this.#empty, out)
    if (end - start <= MAX_DIGITS && afterDigits(cells.data, start, end) === end) {
      out.copy(cells.data, start, end)
      return true
    }
    return this.#writeUnusual(cells, out)
  }

  problem(text: string): string {
    return text === '' ? MUST_NOT_BE_EMPTY : 'is not a whole number, 0 or more'
  }

  #writeUnusual(cells: Cells, out: Output): boolean {
    const text = cellText(cells, this.#cell)
    if (text === '') return writeEmpty(this.#empty, out)
    const whole = /^\d+$/.exec((plainDecimal(text, false) ?? '').replace(/\.0*$/, ''))
    if (whole === null) return false
    const bytes = Buffer.from(whole[0])
    out.copy(bytes, 0, bytes.length)
    return true
  }
}
