import type { HttpContext } from '@adonisjs/core/http'
import type { Plan } from '../plan/types.ts'
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

/** Answers with a file if that is what the client wants, and says whether it did. */
export async function sendFile(ctx: HttpContext, plan: Plan, report: KpiReport): Promise<boolean> {
  const type = wantedFile(ctx)
  if (type === undefined) return false
  const columns = [...groupColumns(plan), ...metricColumns(plan)]
  const content = type === CSV ? toCsv(columns, report.data) : await toXlsx(columns, report.data)
  const { date_from: from, date_to: to } = report.meta
  const name = `kpi_${from}_${to}.${type === CSV ? 'csv' : 'xlsx'}`
  ctx.response.header('Content-Type', type === CSV ? `${CSV}; charset=utf-8` : type)
  ctx.response.header('Content-Disposition', `attachment; filename="${name}"`)
  if (report.next_cursor !== null) ctx.response.header('X-Next-Cursor', report.next_cursor)
  ctx.response.send(content)
  return true
}
