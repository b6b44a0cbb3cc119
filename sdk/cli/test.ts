import { contract } from '../testing/index.ts'
import { loadContract, loadSource } from './load.ts'

/**
 * Runs the contracts of the package in a folder and says how each went.
 *
 * @returns whether all hold
 */
export async function testPackage(folder: string, say: (line: string) => void): Promise<boolean> {
  const source = await loadSource(folder)
  const spec = await loadContract(folder)
  let failed = 0
  for (const { name, exempt, run } of contract(source, spec)) {
    try {
      await run()
      say(exempt === undefined ? `✔ ${name}` : `– ${name} (${exempt})`)
    } catch (error) {
      failed += 1
      say(`✖ ${name}\n    ${error instanceof Error ? error.message : 'failed'}`)
    }
  }
  say(failed === 0 ? 'All contracts hold.' : `${failed} of 10 contracts are broken.`)
  return failed === 0
}
