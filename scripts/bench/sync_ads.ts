import { startSandbox, type RunningSandbox } from '../demo/child.ts'
import type { Client } from './client.ts'
import { root, type Installation } from './installation.ts'
import { median, timed } from './measure.ts'
import type { Row } from './table.ts'
import { WatchedVendor } from './watched_vendor.ts'

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

/**
 * A first load of an account, from its request until reports show it, against downloading the same
 * answers and inserting their bytes as they come.
 */
export async function benchAdSync(
  { clickhouse }: Installation,
  client: Client,
  vendor: AdVendor,
  rounds: number
): Promise<Row> {
  const { watched } = vendor
  let rows = 0
  const ours = async (round: number): Promise<number> => {
    const projectId = await client.makeProject(`Ads ${round}`)
    const integration = await client.connect(projectId, await vendor.integration())
    watched.questions = []
    return timed(async () => {
      rows = await client.sync(integration, daysRead())
    })
  }
  const floor = async (round: number): Promise<number> => {
    // Asking them again is watched, too.
    const questions = [...watched.questions]
    const table = `bench_ads_${round}`
    const query = `CREATE TABLE ${table} (line String) ENGINE = MergeTree ORDER BY tuple()`
    await clickhouse.command({ query })
    const time = await timed(async () => {
      for (const question of questions) {
        const values = await watched.download(question)
        await clickhouse.insert({ table, values, format: 'TabSeparatedRaw' })
      }
    })
    await clickhouse.command({ query: `DROP TABLE ${table}` })
    return time
  }
  const times = { ours: [] as number[], floor: [] as number[] }
  for (let round = 0; round < rounds; round += 1) {
    // What is downloaded is what the sync before has asked for.
    times.ours.push(await ours(round))
    times.floor.push(await floor(round))
  }
  const floorTime = median(times.floor)
  return {
    name: `sync of ${rows.toLocaleString('en')} rows of ads, against downloading and inserting the same bytes`,
    ours: median(times.ours),
    floor: floorTime,
    goal: { limit: GOAL * floorTime, text: `≤ ${GOAL} ×` },
  }
}
