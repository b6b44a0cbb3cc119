/**
 * Guesses that fill the form; the person sees them and may change them.
 */
import { ALIASES } from './aliases.ts'
import { FIELDS, KINDS, timeField, type Field, type Kind } from './fields.ts'
import type { FileHead } from './read_head.ts'

/** InvoiceNo → invoice no; the aliases are written against this form. */
const plain = (header: string): string =>
  header
    .replace(/([a-zа-я])([A-ZА-Я])/g, '$1 $2')
    .toLowerCase()
    .trim()

export type Columns = Partial<Record<Field, string>>

/** Every field takes the first column that bears its name and is not taken yet. */
export function guessColumns(kind: Kind, headers: readonly string[]): Columns {
  const taken = new Set<string>()
  const columns: Columns = {}
  for (const { field } of FIELDS[kind]) {
    const match =
      headers.find(
        (header) => !taken.has(header) && plain(header).replace(/[\s-]+/g, '_') === field
      ) ?? headers.find((header) => !taken.has(header) && ALIASES[field].test(plain(header)))
    if (match === undefined) continue
    taken.add(match)
    columns[field] = match
  }
  return columns
}

/** The kind most of whose required fields find a column; on a draw the one with more fields. */
export function guessKind(headers: readonly string[]): Kind {
  const score = (kind: Kind): number => {
    const columns = guessColumns(kind, headers)
    const needed = FIELDS[kind].filter((spec) => spec.required)
    const found = needed.filter(({ field }) => columns[field] !== undefined).length
    return found / needed.length + Object.keys(columns).length / 100
  }
  return KINDS.reduce((best, kind) => (score(kind) > score(best) ? kind : best))
}

/** The values of one column in the first rows, empty ones left out. */
export function valuesOf(head: FileHead, column: string | undefined): string[] {
  const index = column === undefined ? -1 : head.columns.indexOf(column)
  return head.rows.map((row) => row[index] ?? '').filter(Boolean)
}

const PARTS = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[ T](\d{1,2}):(\d{2})(:\d{2})?)?/

/** Whether the day comes first, by a value that only one reading allows, else as is usual here. */
function dayFirst(dates: readonly RegExpExecArray[], separator: string): boolean {
  if (dates.some(([, first]) => Number(first) > 12)) return true
  if (dates.some(([, , , second]) => Number(second) > 12)) return false
  return separator !== '/' || !/^en-US|^en$/.test(navigator.language)
}

/** `auto` reads ISO dates alone; any other way of writing has to be named. */
export function guessDateFormat(kind: Kind, columns: Columns, head: FileHead): string {
  const field = timeField(kind)
  const values = field ? valuesOf(head, columns[field]) : []
  const dates = values.map((value) => PARTS.exec(value)).filter((match) => match !== null)
  const [sample] = dates
  if (!sample) return 'auto'
  const [, , separator = '', , , hours, , seconds] = sample
  const date = dayFirst(dates, separator) ? ['DD', 'MM', 'YYYY'] : ['MM', 'DD', 'YYYY']
  const time = hours === undefined ? '' : ` HH:mm${seconds === undefined ? '' : ':ss'}`
  return date.join(separator) + time
}

const NUMBERS: readonly Field[] = ['unit_price', 'total', 'cost', 'amount', 'price']

/** 1.234,56 rather than 1,234.56: a comma followed by other than three digits. */
export function guessDecimalComma(columns: Columns, head: FileHead): boolean {
  return NUMBERS.some((field) =>
    valuesOf(head, columns[field]).some((value) => /^-?[\d.\s]*\d,(\d{1,2}|\d{4,})$/.test(value))
  )
}
