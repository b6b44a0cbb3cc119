import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from '../../bench/installation.ts'
import type { Proof } from '../proof.ts'

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
    ]) {
      const test = spawn(
        process.execPath,
        [
          '--import=@poppinss/ts-exec',
          'bin/test.ts',
          'functional',
          '--files',
          file,
          '--timeout',
          '0',
        ],
        {
          cwd: join(root, 'core'),
          stdio: 'inherit',
          env: {
            ...process.env,
            NODE_OPTIONS: '--conditions=af-source',
            AF_PROPERTY_RUNS: String(RUNS),
          },
        }
      )
      const [code] = (await once(test, 'exit')) as [number | null]
      if (code !== 0) throw new Error(`${file} ended with ${code}`)
    }
    return `${RUNS} histories each`
  },
}
export default proof
