import type { Proof } from '../proof.ts'
import { newSeed, runSpec } from '../spec.ts'

const KILLS_PER_ROUND = 30

const proof: Proof = {
  name: 'vendor-kills',
  claim:
    'workers that read Google Ads and Shopify killed with SIGKILL at random moments: figures are those of the vendors',
  async run() {
    const seed = newSeed()
    await runSpec('ingestion/tests/functional/sandbox_kill', {
      AF_VENDOR_KILLS: String(KILLS_PER_ROUND),
      AF_VENDOR_DAYS: '60',
      AF_KILL_SEED: seed,
    })
    return `up to ${3 * KILLS_PER_ROUND} kills, seed ${seed}`
  },
}
export default proof
