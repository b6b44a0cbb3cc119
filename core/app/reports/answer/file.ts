import type { HttpContext } from '@adonisjs/core/http'
import type { Plan } from '../plan/types.ts'
import type { Row } from '../queries/run_statement.ts'
import type { KpiReport } from '../schemas.ts'
import { toCsv } from './csv.ts'
import { groupColumns, metricColumns } from './shape.ts'
import { toXlsx } from './xlsx.ts'

const CSV = 'text/csv'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
export const fileTypes = [CSV, XLSX]

/** The file that the client wants the table as; undefined where it takes JSON. */
function wantedFile(ctx: HttpContext): string | undefined {
  const accepted = ctx.request.accepts(['application/json', ...fileTypes])
  return accepted === CSV || accepted === XLSX ? accepted : undefined
}

/** A report as a table: what the file is called, its columns and its rows. */
export interface Table {
  name: string
  columns: readonly string[]
  rows: readonly Row[]
}

/** Answers with a file if that is what the client wants, and says whether it did. */
export async function sendTable(ctx: HttpContext, table: () => Table): Promise<boolean> {
  const type = wantedFile(ctx)
  if (type === undefined) return false
  const { name, columns, rows } = table()
  const content = type === CSV ? toCsv(columns, rows) : await toXlsx(columns, rows)
  ctx.response.header('Content-Type', type === CSV ? `${CSV}; charset=utf-8` : type)
  ctx.response.header(
    'Content-Disposition',
    `attachment; filename="${name}.${type === CSV ? 'csv' : 'xlsx'}"`
  )
  ctx.response.send(content)
  return true
}

/** A KPI report as a file, as sendTable. */
export function sendFile(ctx: HttpContext, plan: Plan, report: KpiReport): Promise<boolean> {
  return sendTable(ctx, () => {
    if (report.next_cursor !== null) ctx.response.header('X-Next-Cursor', report.next_cursor)
    const { date_from: from, date_to: to } = report.meta
    const columns = [...groupColumns(plan), ...metricColumns(plan)]
    return { name: `kpi_${from}_${to}`, columns, rows: report.data }
  })
}
