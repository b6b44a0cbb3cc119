import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { finished } from 'node:stream/promises'
import { startSandbox, type RunningSandbox } from '../demo/child.ts'
import type { Client } from './client.ts'
import { root, type Installation } from './installation.ts'
import { median, timed } from './measure.ts'
import type { Row } from './table.ts'
import { WatchedVendor, type Question } from './watched_vendor.ts'

const GOAL = 1.6
const DAYS = 548
/** Some 500,000 days of ads in so many days. */
const ADS_PER_GROUP = '72'
const DAY_MS = 86_400_000

const dayBefore = (days: number): string =>
  new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10)

/** The double of a vendor whose ads are read, of a size worth measuring. */
export class AdVendor {
  readonly #sandbox: RunningSandbox
  readonly watched: WatchedVendor

  private constructor(sandbox: RunningSandbox, watched: WatchedVendor) {
    this.#sandbox = sandbox
    this.watched = watched
  }

  static async open(adsPerGroup = ADS_PER_GROUP): Promise<AdVendor> {
    const scale = ['--ads-per-group', adsPerGroup, '--people-per-day', '4']
    const sandbox = await startSandbox(root, dayBefore(DAYS), scale)
    return new AdVendor(sandbox, await WatchedVendor.open(sandbox.url))
  }

  /** Settings that send an installation to it. */
  get environment(): Record<string, string> {
    const { env, url } = this.#sandbox
    const addresses = env.AF_VENDOR_BASE_URLS ?? ''
    return { ...env, AF_VENDOR_BASE_URLS: addresses.replaceAll(url, this.watched.url) }
  }

  /** Body of an integration that reads the account. */
  async integration(): Promise<object> {
    const asked = await fetch(`${this.#sandbox.url}/control/google-identity/service_account`, {
      method: 'POST',
      body: '{}',
    })
    return {
      type: 'google-ads',
      settings: { customer_id: '720-555-0134', login_customer_id: '720-555-0100' },
      credentials: { service_account_key: await asked.text() },
    }
  }

  async close(): Promise<void> {
    this.watched.close()
    await this.#sandbox.stop()
  }
}

/** The days of the account, or the latest of them. */
export const daysRead = (count = DAYS) => ({ from: dayBefore(count - 1), to: dayBefore(1) })

/** The vendor's rows as they are, with types, in the order in which they are asked for. */
const TYPED = `(
  customer Tuple(id String, descriptiveName LowCardinality(String), currencyCode LowCardinality(String)),
  campaign Tuple(id String, name LowCardinality(String), advertisingChannelType LowCardinality(String)),
  adGroup Tuple(id String, name LowCardinality(String)),
  adGroupAd Tuple(ad Tuple(id String, name String)),
  segments Tuple(date Date),
  metrics Tuple(costMicros Int64, impressions UInt64, clicks UInt64, conversions Float64, conversionsValue Float64)
) ENGINE = MergeTree
ORDER BY (tupleElement(segments, 'date'), tupleElement(adGroup, 'id'), tupleElement(tupleElement(adGroupAd, 'ad'), 'id'))`

const FIRST_ROW = '{"results":['
const BEHIND_ROWS = '],"fieldMask"'

/** What lies between the brackets of lists of rows. */
function rowsIn(answer: Buffer): Buffer[] {
  const rows: Buffer[] = []
  let at = answer.indexOf(FIRST_ROW)
  while (at >= 0) {
    const end = answer.indexOf(BEHIND_ROWS, at)
    rows.push(answer.subarray(at + FIRST_ROW.length, end), Buffer.from('\n'))
    at = answer.indexOf(FIRST_ROW, end)
  }
  return rows
}

type Baseline = (
  installation: Installation,
  vendor: AdVendor,
  questions: readonly Question[],
  table: string
) => Promise<void>

/** Downloads each answer and then inserts its rows, which the engine takes apart. */
const insertRows: Baseline = async ({ clickhouse }, { watched }, questions, table) => {
  for (const question of questions) {
    const answer = await buffer(await watched.download(question))
    const values = Readable.from(rowsIn(answer), { objectMode: false })
    const query = `INSERT INTO ${table} FORMAT JSONEachRow`
    const { stream } = await clickhouse.exec({ query, values })
    await finished(stream.resume())
  }
}

/** Inserts the bytes of the answers while they come, into one text, whatever they say. */
const insertBytes: Baseline = async ({ clickhouse }, { watched }, questions, table) => {
  for (const question of questions) {
    const values = await watched.download(question)
    await clickhouse.insert({ table, values, format: 'TabSeparatedRaw' })
  }
}

/** A first load of an account, from its request until reports show it. */
async function load(
  client: Client,
  vendor: AdVendor,
  name: string
): Promise<{ time: number; rows: number; questions: readonly Question[] }> {
  const projectId = await client.makeProject(name)
  const integration = await client.connect(projectId, await vendor.integration())
  vendor.watched.questions = []
  let rows = 0
  const time = await timed(async () => {
    rows = await client.sync(integration, daysRead())
  })
  // Asking them again is watched, too.
  return { time, rows, questions: [...vendor.watched.questions] }
}

/** How long the task takes with a table of its own, in which rows have to be afterwards. */
async function timedInTable(
  { clickhouse }: Installation,
  columns: string,
  task: (table: string) => Promise<void>
): Promise<{ time: number; rows: number }> {
  const table = 'bench_ads'
  await clickhouse.command({ query: `CREATE TABLE ${table} ${columns}` })
  const time = await timed(() => task(table))
  const query = `SELECT count() AS n FROM ${table}`
  const counted = await clickhouse.query({ query, format: 'JSONEachRow' })
  const [found] = await counted.json<{ n: string }>()
  await clickhouse.command({ query: `DROP TABLE ${table} SYNC` })
  return { time, rows: Number(found?.n) }
}

/**
 * A first load beside downloading the same answers and inserting their rows, one after the other, into a
 * typed and sorted table; and beside inserting their bytes while they come, which nobody could report on.
 */
export async function benchAdSync(
  installation: Installation,
  client: Client,
  vendor: AdVendor,
  rounds: number
): Promise<Row[]> {
  const times = { ours: [] as number[], rows: [] as number[], bytes: [] as number[] }
  let rows = 0
  for (let round = 0; round < rounds; round += 1) {
    // What is downloaded is what the sync before has asked for.
    const loaded = await load(client, vendor, `Ads ${round}`)
    rows = loaded.rows
    times.ours.push(loaded.time)
    const { questions } = loaded
    const typed = await timedInTable(installation, TYPED, (table) =>
      insertRows(installation, vendor, questions, table)
    )
    if (typed.rows < rows) throw new Error(`Of ${rows} rows the floor has inserted ${typed.rows}`)
    times.rows.push(typed.time)
    const text = '(line String) ENGINE = MergeTree ORDER BY tuple()'
    const plain = await timedInTable(installation, text, (table) =>
      insertBytes(installation, vendor, questions, table)
    )
    times.bytes.push(plain.time)
  }
  const ours = median(times.ours)
  const floor = median(times.rows)
  const name = `sync of ${rows.toLocaleString('en')} rows of ads`
  return [
    {
      name: `${name}, against downloading them and then inserting them`,
      ours,
      floor,
      goal: { limit: GOAL * floor, text: `≤ ${GOAL} ×` },
    },
    {
      name: `${name}, against inserting the bytes while they come`,
      ours,
      floor: median(times.bytes),
    },
  ]
}
