import { historyStart } from '#connections/public'
import { inSlices, remembered, versionParams, type Version } from '#warehouse/public'
import type { Period } from '../plan/dates.ts'
import { runStatement } from './run_statement.ts'

/** How much of the range the figures stand on, and where the project's data begins and ends. */
export interface Coverage {
  orders: number
  orders_with_customer: number
  unconverted: number
  first_date: string | null
  last_date: string | null
  /** A source hides what lies before it: who bought earlier counts as new. */
  history_from: string | null
}

const inPeriod = 'date BETWEEN {date_from:Date} AND {date_to:Date}'

const counts = `SELECT
  toFloat64(sum(orders)) AS orders,
  toFloat64(sum(identified)) AS orders_with_customer,
  toFloat64(sum(left_out)) AS unconverted
FROM (
  SELECT count() AS orders, countIf(customer_key != 0) AS identified, 0 AS left_out
  FROM order_facts WHERE ${inSlices('orders')} AND ${inPeriod} AND is_counted
  UNION ALL
  SELECT 0, 0, sum(unconverted) FROM daily_kpi WHERE ${inSlices('kpi')} AND ${inPeriod}
)`

type Counts = Pick<Coverage, 'orders' | 'orders_with_customer' | 'unconverted'>

async function readCounts(version: Version, { from, to }: Period, queryId: string) {
  const parameters = { ...versionParams(version), date_from: from, date_to: to }
  const [row] = await runStatement({ sql: counts, parameters }, `${queryId}-coverage`)
  return row as unknown as Counts
}

const edge = (direction: 'ASC' | 'DESC') =>
  `SELECT toString(date) AS date FROM daily_kpi WHERE ${inSlices('kpi')} ORDER BY project_id ${direction}, date ${direction} LIMIT 1`

async function readEdge(version: Version, direction: 'ASC' | 'DESC', queryId: string) {
  const statement = { sql: edge(direction), parameters: versionParams(version) }
  const [row] = await runStatement(statement, `${queryId}-${direction.toLowerCase()}`)
  return row === undefined ? null : String(row.date)
}

export async function readCoverage(
  version: Version,
  period: Period,
  queryId: string
): Promise<Coverage> {
  const [found, first, last, historyFrom] = await Promise.all([
    remembered(version, `${period.from} ${period.to}`, () => readCounts(version, period, queryId)),
    remembered(version, 'first_date', () => readEdge(version, 'ASC', queryId)),
    remembered(version, 'last_date', () => readEdge(version, 'DESC', queryId)),
    historyStart(version.projectId),
  ])
  return { ...found, first_date: first, last_date: last, history_from: historyFrom }
}
