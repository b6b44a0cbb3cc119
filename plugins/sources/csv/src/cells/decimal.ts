import { DOT, MINUS, ZERO } from '../bytes.ts'
import type { Output } from '../output.ts'
import type { Cells } from '../record_scanner.ts'
import { cellText, MUST_NOT_BE_EMPTY, writeEmpty, type CellWriter } from './cell_writer.ts'
import { decimalProblem, MAX_FRACTION, plainDecimal } from './decimal_text.ts'

/** How decimals are read. */
export interface DecimalOptions {
  /** The file writes `1.234,56`. */
  decimalComma: boolean
  /** Drop the sign. */
  absolute: boolean
  /** Digits before the point, at most. */
  maxWhole: number
}

/** Where the digits from `at` on end. */
export function afterDigits(data: Uint8Array, at: number, end: number): number {
  let i = at
  while (i < end && ((data[i] as number) - ZERO) >>> 0 <= 9) i++
  return i
}

/** Is the range a number in the plain form that goes out as it is? */
function isPlain(data: Uint8Array, start: number, end: number, maxWhole: number): boolean {
  const whole = data[start] === MINUS ? start + 1 : start
  const point = afterDigits(data, whole, end)
  const places = point - whole
  if (places === 0 || places > maxWhole) return false
  if (point === end) return true
  if (data[point] !== DOT) return false
  const fraction = end - point - 1
  if (fraction === 0 || fraction > MAX_FRACTION) return false
  return afterDigits(data, point + 1, end) === end
}

/** Amounts and quantities: exact decimals with at most nine places. */
export class DecimalWriter implements CellWriter {
  readonly #cell: number
  readonly #empty: Uint8Array | undefined
  readonly #options: DecimalOptions

  constructor(cell: number, empty: Uint8Array | undefined, options: DecimalOptions) {
    this.#cell = cell
    this.#empty = empty
    this.#options = options
  }

  write(cells: Cells, out: Output): boolean {
    const start = cells.starts[this.#cell] as number
    const end = cells.ends[this.#cell] as number
    if (start === end) return writeEmpty(this.#empty, out)
    const { data } = cells
    // TRICKY: with decimal commas `1.234` is 1234, so only whole numbers are plain there.
    if (
      isPlain(data, start, end, this.#options.maxWhole) &&
      !this.#pointIsGroup(data, start, end)
    ) {
      const signed = this.#options.absolute && data[start] === MINUS
      out.copy(data, signed ? start + 1 : start, end)
      return true
    }
    return this.#writeUnusual(cells, out)
  }

  problem(text: string): string {
    const { decimalComma, maxWhole } = this.#options
    return text === '' ? MUST_NOT_BE_EMPTY : decimalProblem(text, decimalComma, maxWhole)
  }

  #pointIsGroup(data: Uint8Array, start: number, end: number): boolean {
    if (!this.#options.decimalComma) return false
    const digits = data[start] === MINUS ? start + 1 : start
    return afterDigits(data, digits, end) !== end
  }

  #writeUnusual(cells: Cells, out: Output): boolean {
    const text = cellText(cells, this.#cell)
    if (text === '') return writeEmpty(this.#empty, out)
    const { absolute, decimalComma, maxWhole } = this.#options
    const plain = plainDecimal(text, decimalComma, maxWhole)
    if (plain === undefined) return false
    const bytes = Buffer.from(absolute ? plain.replace('-', '') : plain)
    out.copy(bytes, 0, bytes.length)
    return true
  }
}
