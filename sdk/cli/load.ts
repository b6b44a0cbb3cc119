import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { SourceDefinition } from '../src/index.ts'
import type { ContractSpec } from '../testing/index.ts'

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

/** The source of a package. @throws Error if there is none */
export async function loadSource(folder: string): Promise<SourceDefinition> {
  return (await defaultOf(folder, [mainOf(folder), ...SOURCES], 'source')) as SourceDefinition
}

/** The contract of a package. @throws Error if there is none */
export async function loadContract(folder: string): Promise<ContractSpec> {
  return (await defaultOf(folder, CONTRACTS, 'contract')) as ContractSpec
}
