import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from '../../bench/installation.ts'
import type { Proof } from '../proof.ts'

/** Each repeat kills nine workers, see core/app/ingestion/tests/functional/kill.spec.ts. */
const KILLS_PER_REPEAT = 9
const REPEATS = Math.ceil(200 / KILLS_PER_REPEAT)

const proof: Proof = {
  name: 'kill-loop',
  claim: '200 workers killed with SIGKILL between all steps: every import right, none doubled',
  async run() {
    const seed = String(Date.now() % 100_000)
    const test = spawn(
      process.execPath,
      [
        '--import=@poppinss/ts-exec',
        'bin/test.ts',
        'functional',
        '--files',
        'ingestion/tests/functional/kill',
      ],
      {
        cwd: join(root, 'core'),
        stdio: 'inherit',
        env: {
          ...process.env,
          NODE_OPTIONS: '--conditions=af-source',
          AF_KILL_REPEATS: String(REPEATS),
          AF_KILL_SEED: seed,
        },
      }
    )
    const [code] = (await once(test, 'exit')) as [number | null]
    if (code !== 0) throw new Error(`the test ended with ${code}, seed ${seed}`)
    return `${REPEATS * KILLS_PER_REPEAT} kills, seed ${seed}`
  },
}
export default proof
