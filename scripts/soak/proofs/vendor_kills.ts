import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from '../../bench/installation.ts'
import type { Proof } from '../proof.ts'

const KILLS_PER_ROUND = 30

const proof: Proof = {
  name: 'vendor-kills',
  claim:
    'workers that read Google Ads and Shopify killed with SIGKILL at random moments: figures are those of the vendors',
  async run() {
    const seed = String(Date.now() % 100_000)
    const test = spawn(
      process.execPath,
      [
        '--import=@poppinss/ts-exec',
        'bin/test.ts',
        'functional',
        '--files',
        'ingestion/tests/functional/sandbox_kill',
      ],
      {
        cwd: join(root, 'core'),
        stdio: 'inherit',
        env: {
          ...process.env,
          NODE_OPTIONS: '--conditions=af-source',
          AF_VENDOR_KILLS: String(KILLS_PER_ROUND),
          AF_VENDOR_DAYS: '60',
          AF_KILL_SEED: seed,
        },
      }
    )
    const [code] = (await once(test, 'exit')) as [number | null]
    if (code !== 0) throw new Error(`the test ended with ${code}, seed ${seed}`)
    return `up to ${3 * KILLS_PER_ROUND} kills, seed ${seed}`
  },
}
export default proof
