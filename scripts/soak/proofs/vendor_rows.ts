import { startInstallation } from '../../bench/installation.ts'
import { AdVendor, daysRead } from '../../bench/sync_ads.ts'
import { Client } from '../../bench/client.ts'
import type { Proof } from '../proof.ts'
import { mb, peakOf } from '../memory.ts'

/** Ads in each group: some 100,000 and 1,000,000 days of ads in 18 months. */
const SIZES = ['15', '150']
/** What the process may grow between the small account and one ten times its size. */
const MAY_GROW_BY = 200 * 1024 ** 2

/** A first load into an installation of its own: its peak is of this load alone. */
async function load(adsPerGroup: string): Promise<{ rows: number; peak: number; seconds: number }> {
  const vendor = await AdVendor.open(adsPerGroup)
  try {
    const installation = await startInstallation(vendor.environment)
    try {
      const client = new Client(installation.url)
      await client.signUp()
      const projectId = await client.makeProject(`${adsPerGroup} ads to a group`)
      const integration = await client.connect(projectId, await vendor.integration())
      const start = performance.now()
      const rows = await client.sync(integration, daysRead())
      const seconds = (performance.now() - start) / 1000
      return { rows, seconds, peak: peakOf(installation.pid) }
    } finally {
      await installation.stop()
    }
  } finally {
    await vendor.close()
  }
}

const proof: Proof = {
  name: 'vendor-rows',
  claim: 'a million rows of Google Ads are read in as much memory as a tenth of them',
  async run() {
    const loads = []
    for (const size of SIZES) loads.push(await load(size))
    const record = loads
      .map(({ rows, peak, seconds }) => `${rows} rows in ${seconds.toFixed(0)} s, peak ${mb(peak)}`)
      .join('; ')
    const [small = 0, large = 0] = loads.map(({ peak }) => peak)
    if (large - small > MAY_GROW_BY) throw new Error(`memory grew: ${record}`)
    return record
  },
}
export default proof
