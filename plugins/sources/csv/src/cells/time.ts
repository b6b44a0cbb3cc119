import { DOT, ZERO } from '../bytes.ts'
import { dayOf, inRange } from '../date_format.ts'
import type { Output } from '../output.ts'
import type { Cells } from '../record_scanner.ts'
import type { TimeZone } from '../time_zone.ts'
import type { CellWriter } from './cell_writer.ts'

/** The forms that `auto` meets most. */
const ISO_FORMS = ['YYYY-MM-DD HH:mm:ss', 'YYYY-MM-DDTHH:mm:ss', 'YYYY-MM-DD HH:mm', 'YYYY-MM-DD']

/** Where the parts of a date stand in cells of one length; -1 for parts that are not there. */
interface Form {
  length: number
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  literals: { at: number; byte: number }[]
}

function formOf(format: string): Form {
  const literals = [...format.matchAll(/[^YMDHms]/g)].map(({ index }) => ({
    at: index,
    byte: format.charCodeAt(index),
  }))
  return {
    length: format.length,
    year: format.indexOf('YYYY'),
    month: format.indexOf('MM'),
    day: format.indexOf('DD'),
    hour: format.indexOf('HH'),
    minute: format.indexOf('mm'),
    second: format.indexOf('ss'),
    literals,
  }
}

const fits = (form: Form, data: Uint8Array, start: number, length: number): boolean =>
  form.length === length && form.literals.every(({ at, byte }) => data[start + at] === byte)

/** Two digits as a number, NaN if they are none. */
function pair(data: Uint8Array, at: number): number {
  const tens = (data[at] as number) - ZERO
  const ones = (data[at + 1] as number) - ZERO
  return tens >>> 0 <= 9 && ones >>> 0 <= 9 ? tens * 10 + ones : Number.NaN
}

/** As `pair`, 0 for parts that are not there, NaN above the greatest. */
function part(data: Uint8Array, start: number, at: number, greatest: number): number {
  if (at === -1) return 0
  const value = pair(data, start + at)
  return value <= greatest ? value : Number.NaN
}

/**
 * Times in the usual forms, read digit by digit; everything else goes to the `fallback`, which also
 * knows what is wrong with a cell. A day and its offset are worked out once as long as they repeat.
 */
export class TimeWriter implements CellWriter {
  readonly #cell: number
  readonly #forms: Form[]
  readonly #zone: TimeZone
  readonly #fallback: CellWriter
  #date = -1
  #midnight = Number.NaN

  constructor(cell: number, format: string, zone: TimeZone, fallback: CellWriter) {
    this.#cell = cell
    this.#forms = (format === 'auto' ? ISO_FORMS : [format]).map(formOf)
    this.#zone = zone
    this.#fallback = fallback
  }

  write(cells: Cells, out: Output): boolean {
    const instant = this.#instant(cells)
    if (!inRange(instant)) return this.#fallback.write(cells, out)
    out.integer(instant / 1000, 10)
    out.bytes[out.length++] = DOT
    out.bytes[out.length++] = ZERO
    out.bytes[out.length++] = ZERO
    out.bytes[out.length++] = ZERO
    return true
  }

  problem(text: string): string {
    return this.#fallback.problem(text)
  }

  /** Milliseconds since 1970, NaN where the fallback has to look. */
  #instant({ data, starts, ends }: Cells): number {
    const start = starts[this.#cell] as number
    const length = (ends[this.#cell] as number) - start
    const form = this.#forms.find((candidate) => fits(candidate, data, start, length))
    if (form === undefined) return Number.NaN
    const hour = part(data, start, form.hour, 23)
    const minute = part(data, start, form.minute, 59)
    const second = part(data, start, form.second, 59)
    return this.#startOf(data, start, form) + ((hour * 60 + minute) * 60 + second) * 1000
  }

  /** Midnight of the day in the cell; NaN also on days when the clocks change. */
  #startOf(data: Uint8Array, start: number, form: Form): number {
    const year = pair(data, start + form.year) * 100 + pair(data, start + form.year + 2)
    const month = pair(data, start + form.month)
    const date = (year * 100 + month) * 100 + pair(data, start + form.day)
    if (date !== this.#date) {
      const wall = dayOf(year, month, date % 100) ?? Number.NaN
      this.#midnight = wall - this.#zone.offsetOn(wall)
      this.#date = date
    }
    return this.#midnight
  }
}
