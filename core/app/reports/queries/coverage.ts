import { inSlices, versionParams, type Version } from '#warehouse/public'
import type { Period } from '../plan/dates.ts'
import { runStatement } from './run_statement.ts'

const edge = (direction: 'ASC' | 'DESC') =>
  `(SELECT toString(date) FROM daily_kpi WHERE ${inSlices('kpi')} ORDER BY date ${direction} LIMIT 1)`

const inPeriod = 'date BETWEEN {date_from:Date} AND {date_to:Date}'

const coverage = `SELECT
  toFloat64(sum(orders)) AS orders,
  toFloat64(sum(identified)) AS orders_with_customer,
  toFloat64(sum(left_out)) AS unconverted,
  ${edge('ASC')} AS first_date,
  ${edge('DESC')} AS last_date
FROM (
  SELECT count() AS orders, countIf(customer_key != 0) AS identified, 0 AS left_out
  FROM order_facts WHERE ${inSlices('orders')} AND ${inPeriod} AND is_counted
  UNION ALL
  SELECT 0, 0, sum(unconverted) FROM daily_kpi WHERE ${inSlices('kpi')} AND ${inPeriod}
)`

/** How much of the range the figures stand on, and where the project's data begins and ends. */
export interface Coverage {
  orders: number
  orders_with_customer: number
  unconverted: number
  first_date: string | null
  last_date: string | null
}

export async function readCoverage(
  version: Version,
  period: Period,
  queryId: string
): Promise<Coverage> {
  const parameters = { ...versionParams(version), date_from: period.from, date_to: period.to }
  const [row] = await runStatement({ sql: coverage, parameters }, `${queryId}-coverage`)
  return row as unknown as Coverage
}
