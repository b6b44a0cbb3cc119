import type { Row, Value } from '../queries/run_statement.ts'

/** What spreadsheets take for a formula: data must never run on the reader's machine. */
const FORMULA = /^[=+\-@\t\r]/

function cell(value: Value): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A table as RFC 4180 describes it, in UTF-8. */
export function toCsv(columns: readonly string[], rows: readonly Row[]): string {
  const lines = [
    columns.map(cell),
    ...rows.map((row) => columns.map((column) => cell(row[column] ?? null))),
  ]
  return `${lines.map((line) => line.join(',')).join('\r\n')}\r\n`
}
