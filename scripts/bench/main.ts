/**
 * `npm run bench`: each goal side by side with its floor, in one run, in the same engine. Read the
 * ratios; the milliseconds are this machine's.
 *
 * main.ts [rounds of the import] [rounds of each report]
 */
import { cpus, loadavg } from 'node:os'
import { Client } from './client.ts'
import { benchImport } from './import_file.ts'
import { startInstallation } from './installation.ts'
import { benchKpi } from './kpi_report.ts'
import { renderTable } from './table.ts'

const importRounds = Number(process.argv[2] ?? 5)
const reportRounds = Number(process.argv[3] ?? 40)

const load = loadavg()[0] ?? 0
process.stdout.write(`${cpus().length} cores, load ${load.toFixed(1)} at the start\n\n`)

const installation = await startInstallation()
try {
  const client = new Client(installation.url)
  await client.signUp()
  const { row, projectId } = await benchImport(installation, client, importRounds)
  const reports = await benchKpi(installation, client, projectId, reportRounds)
  process.stdout.write(`${renderTable([row, ...reports])}\n`)
} finally {
  await installation.stop()
}
