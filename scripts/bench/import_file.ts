import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { FILE, type Client } from './client.ts'
import { untilTidy, type Installation } from './installation.ts'
import { sideBySide, timed } from './measure.ts'
import type { Row } from './table.ts'

const GOAL = 5

const table = (name: string) => `CREATE TABLE ${name} (
  InvoiceNo String,
  StockCode String,
  Description String,
  Quantity Int32,
  InvoiceDate DateTime('Europe/London'),
  UnitPrice Decimal(18, 3),
  CustomerID String,
  Country LowCardinality(String)
) ENGINE = MergeTree ORDER BY (InvoiceNo, StockCode)`

/**
 * The file through the API, from the first byte sent until reports show it, against the engine's own
 * insert of the uncompressed file into a typed table.
 */
export async function benchImport(
  installation: Installation,
  client: Client,
  rounds: number
): Promise<{ row: Row; projectId: string }> {
  const { clickhouse } = installation
  const directory = await mkdtemp(join(tmpdir(), 'af-bench-csv-'))
  const csv = join(directory, 'online-retail.csv')
  await pipeline(createReadStream(FILE), createGunzip(), createWriteStream(csv))
  let projectId = ''

  const floor = async (round: number): Promise<number> => {
    await untilTidy(installation)
    const name = `bench_import_${round}`
    await clickhouse.command({ query: table(name) })
    const time = await timed(() =>
      clickhouse.insert({ table: name, values: createReadStream(csv), format: 'CSVWithNames' })
    )
    await clickhouse.command({ query: `DROP TABLE ${name}` })
    return time
  }
  const ours = async (round: number): Promise<number> => {
    projectId = await client.makeProject(`Import ${round}`)
    return timed(() => client.importFile(projectId))
  }
  try {
    const times = await sideBySide(rounds, ours, floor)
    const row = {
      name: 'import of 541,909 order lines, against INSERT … FORMAT CSVWithNames',
      goal: { limit: GOAL * times.floor, text: `≤ ${GOAL} ×` },
      ...times,
    }
    return { row, projectId }
  } finally {
    await rm(directory, { recursive: true })
  }
}
