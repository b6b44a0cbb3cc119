/**
 * `npm run bench`: each goal side by side with its floor, in one run, in the same engine. Read the
 * ratios; the milliseconds are this machine's.
 *
 * main.ts [rounds of imports] [rounds of each report] [millions of events of the made-up shop: 1 or more]
 *   [rounds of reading ads]; 0 leaves out what it counts.
 * With `AF_DATA_DIR` the installation is kept there, and its made-up shop used again by the next bench.
 */
import { cpus, loadavg } from 'node:os'
import { benchAttribution } from './attribution.ts'
import { Client } from './client.ts'
import { benchImport } from './import_file.ts'
import { startInstallation } from './installation.ts'
import { benchKpi } from './kpi_report.ts'
import { ALL_DAYS, MadeUpShop } from './made_up_shop.ts'
import { benchRefresh } from './refresh.ts'
import { AdVendor, benchAdSync } from './sync_ads.ts'
import { renderTable, type Row } from './table.ts'

const importRounds = Number(process.argv[2] ?? 5)
const reportRounds = Number(process.argv[3] ?? 40)
const events = Number(process.argv[4] ?? 10) * 1_000_000
const syncRounds = Number(process.argv[5] ?? 3)

const load = loadavg()[0] ?? 0
process.stdout.write(`${cpus().length} cores, load ${load.toFixed(1)} at the start\n\n`)

const vendor = syncRounds > 0 ? await AdVendor.open() : undefined
const installation = await startInstallation(vendor?.environment)

/** What is asked of a file of order lines. */
async function benchFile(client: Client): Promise<Row[]> {
  const { row, projectId } = await benchImport(installation, client, importRounds)
  return [row, ...(await benchKpi(installation, client, projectId, reportRounds))]
}

/** What is asked of visits and journeys. */
async function benchShop(client: Client): Promise<Row[]> {
  const shop = await MadeUpShop.open(installation.clickhouse, client, events)
  try {
    const projectId = await shop.importDays(ALL_DAYS)
    const reports =
      reportRounds > 0 ? await benchAttribution(installation, client, projectId, reportRounds) : []
    return importRounds > 0
      ? [...reports, await benchRefresh(shop, projectId, importRounds)]
      : reports
  } finally {
    await shop.close()
  }
}

try {
  const client = new Client(installation.url)
  await (installation.isKnown ? client.signIn() : client.signUp())
  const rows = importRounds > 0 ? await benchFile(client) : []
  if (vendor) rows.push(...(await benchAdSync(installation, client, vendor, syncRounds)))
  if (events > 0) rows.push(...(await benchShop(client)))
  process.stdout.write(`${renderTable(rows)}\n`)
} finally {
  await installation.stop()
  await vendor?.close()
}
