import type { Proof } from '../proof.ts'
import { newSeed, runSpec } from '../spec.ts'

const proof: Proof = {
  name: 'erasure-kills',
  claim:
    'a worker killed with SIGKILL after every step of an erasure: no trace is left, no total moves',
  async run() {
    const seed = newSeed()
    await runSpec('privacy/tests/functional/kill_erasure', { AF_KILL_SEED: seed })
    return `a kill after each step, seed ${seed}`
  },
}
export default proof
