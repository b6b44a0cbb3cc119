import type { Client } from './client.ts'
import type { Installation } from './installation.ts'
import { sideBySide, timed } from './measure.ts'
import { reportGoal, type Row } from './table.ts'

const GOAL = 1.3

const period = { date_from: '2010-12-01', date_to: '2011-12-31' }

interface Case {
  name: string
  request: Record<string, unknown>
  /** Hashes exactly the columns that the report needs, of the same rows. */
  floor: string
  /** Whether it is answered from the daily sums alone, for which the goal is. */
  fromRollup: boolean
}

const inProject = 'WHERE project_id = {project_id:UInt64}'
const kpiColumns = 'gross, discount, refunded_by_order_date, orders'
const hashed = (columns: string, from: string) =>
  `(SELECT sum(cityHash64(${columns})) FROM ${from} ${inProject})`

const cases: Case[] = [
  {
    name: 'KPI report by country, sums only',
    request: { metrics: ['revenue', 'orders', 'aov', 'refunds'], group_by: 'country' },
    floor: `SELECT ${hashed(`date, country, ${kpiColumns}`, 'daily_kpi')}`,
    fromRollup: true,
  },
  {
    name: 'KPI report by month, with distinct customers',
    request: {
      metrics: ['revenue', 'orders', 'aov', 'refunds', 'customers', 'new_customers'],
      group_by: 'date',
      granularity: 'month',
    },
    floor: `SELECT ${hashed(`date, ${kpiColumns}, new_customers`, 'daily_kpi')}, ${hashed('date, customer_key, is_counted', 'order_facts')}`,
    fromRollup: false,
  },
  {
    name: 'KPI report by product, from the orders’ items',
    request: { metrics: ['revenue', 'orders', 'refunds'], group_by: 'product' },
    floor: `SELECT ${hashed('date, kind, state, is_converted, is_counted, order_key, gross, discount, refunded, item_product_id, item_product_name, item_gross, item_discount', 'order_facts')}`,
    fromRollup: false,
  },
]

const PAUSE_MS = 200

/** Until the engine has merged what imports have written: that is the import's work, not a report's. */
async function untilMerged({ clickhouse }: Installation): Promise<void> {
  for (;;) {
    const query = 'SELECT count() AS running FROM system.merges'
    const found = await clickhouse.query({ query, format: 'JSONEachRow' })
    const [merges] = await found.json<{ running: string }>()
    if (Number(merges?.running) === 0) return
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}

/** Reports over HTTP against hashing the columns that they need. */
export async function benchKpi(
  installation: Installation,
  client: Client,
  projectId: string,
  rounds: number
): Promise<Row[]> {
  const { clickhouse } = installation
  const rows: Row[] = []
  await untilMerged(installation)
  for (const { name, request, floor, fromRollup } of cases) {
    const readFloor = async () => {
      const found = await clickhouse.query({
        query: floor,
        query_params: { project_id: projectId },
        format: 'JSONEachRow',
      })
      await found.json()
    }
    const report = () => client.kpi(projectId, { ...period, ...request })
    for (let warmUp = 0; warmUp < 5; warmUp += 1) await Promise.all([readFloor(), report()])
    const times = await sideBySide(
      rounds,
      () => timed(report),
      () => timed(readFloor)
    )
    rows.push({ name, ...times, ...(fromRollup && { goal: reportGoal(GOAL, times.floor) }) })
  }
  return rows
}
