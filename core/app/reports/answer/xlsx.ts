import writeExcelFile, { type SheetData } from 'write-excel-file/node'
import type { Row } from '../queries/run_statement.ts'

/** A table as an Excel workbook: texts stay texts, so nothing in the data becomes a formula. */
export function toXlsx(columns: readonly string[], rows: readonly Row[]): Promise<Buffer> {
  const head = columns.map((value) => ({ type: String, value, fontWeight: 'bold' as const }))
  const cells = rows.map((row) =>
    columns.map((column) => {
      const value = row[column] ?? null
      if (value === null) return null
      return typeof value === 'number' ? { type: Number, value } : { type: String, value }
    })
  )
  return writeExcelFile([head, ...cells] as SheetData).toBuffer()
}
