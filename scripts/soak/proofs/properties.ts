import type { Proof } from '../proof.ts'
import { runSpec } from '../spec.ts'

const RUNS = 200

const proof: Proof = {
  name: 'properties',
  claim: `${RUNS} random histories of imports, windows, touches and persons: as the model says, and as a rebuild from scratch`,
  async run() {
    for (const file of [
      'warehouse/tests/functional/invariants',
      'warehouse/tests/functional/windows',
      'warehouse/tests/functional/journey_invariants',
      'identity/tests/functional/identity_invariants',
    ])
      await runSpec(file, { AF_PROPERTY_RUNS: String(RUNS) })
    return `${RUNS} histories each`
  },
}
export default proof
