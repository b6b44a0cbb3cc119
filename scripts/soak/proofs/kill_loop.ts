import type { Proof } from '../proof.ts'
import { newSeed, runSpec } from '../spec.ts'

/** Each repeat kills a worker after each of 13 steps, see core/app/ingestion/tests/functional/kill.spec.ts. */
const KILLS_PER_REPEAT = 13
const REPEATS = Math.ceil(200 / KILLS_PER_REPEAT)

const proof: Proof = {
  name: 'kill-loop',
  claim: '200 workers killed with SIGKILL between all steps: every import right, none doubled',
  async run() {
    const seed = newSeed()
    await runSpec('ingestion/tests/functional/kill', {
      AF_KILL_REPEATS: String(REPEATS),
      AF_KILL_SEED: seed,
    })
    return `${REPEATS * KILLS_PER_REPEAT} kills, seed ${seed}`
  },
}
export default proof
