import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { SourceDefinition } from '../src/index.ts'
import { contract, type ContractSpec } from '../testing/index.ts'

/** Where the source and its contract may be, the first that is there. */
const SOURCES = ['src/index.ts', 'index.ts', 'dist/index.js', 'index.js']
const CONTRACTS = ['contract.ts', 'tests/contract.ts', 'contract.js']

async function defaultOf(folder: string, files: (string | undefined)[], what: string) {
  const file = files.find((name) => name !== undefined && existsSync(join(folder, name)))
  if (file === undefined)
    throw new Error(`There is no ${what} here: ${files.filter(Boolean).join(', ')}`)
  const loaded = (await import(pathToFileURL(join(folder, file)).href)) as { default?: unknown }
  if (typeof loaded.default === 'object' && loaded.default !== null) return loaded.default
  throw new Error(`${file} has no default export that is a ${what}`)
}

function mainOf(folder: string): string | undefined {
  const path = join(folder, 'package.json')
  if (!existsSync(path)) return undefined
  return (JSON.parse(readFileSync(path, 'utf8')) as { main?: string }).main
}

/**
 * Runs the contracts of the package in a folder and says how each went.
 *
 * @returns whether all hold
 */
export async function testPackage(folder: string, say: (line: string) => void): Promise<boolean> {
  const source = await defaultOf(folder, [mainOf(folder), ...SOURCES], 'source')
  const spec = await defaultOf(folder, CONTRACTS, 'contract')
  let failed = 0
  for (const { name, exempt, run } of contract(source as SourceDefinition, spec as ContractSpec)) {
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
