/**
 * Runs the Japa specs of packages without a framework of their own.
 *
 * node --conditions=af-source scripts/japa.ts sdk plugins/sources/csv --tests "part of a title"
 */
import { relative, resolve } from 'node:path'
import { assert } from '@japa/assert'
import { configure, processCLIArgs, run } from '@japa/runner'
import { atEnd } from './test/at_end.ts'

const root = resolve(import.meta.dirname, '..')
const args = process.argv.slice(2)
const firstFlag = args.findIndex((argument) => argument.startsWith('--'))
const flags = firstFlag === -1 ? [] : args.slice(firstFlag)
const folders = firstFlag === -1 ? args : args.slice(0, firstFlag)
if (folders.length === 0) {
  process.stderr.write('Name the folders whose tests shall run, such as sdk\n')
  process.exit(2)
}

// Globs of Japa are relative to the working directory, wherever the script was called from.
const files = folders.map((folder) => `${relative(root, resolve(folder))}/tests/**/*.spec.ts`)
process.chdir(root)
processCLIArgs(flags)
const endings = async (): Promise<void> => {
  await Promise.all(atEnd.map((end) => end()))
}
configure({ files, plugins: [assert()], timeout: 60_000, teardown: [endings] })
await run()
