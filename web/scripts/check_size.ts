/**
 * Fails the build when the JavaScript of the first page grows beyond its budget.
 * What counts: the entry and everything it imports statically, gzipped, as a browser loads it.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const BUDGET_KB = 250
const dist = join(import.meta.dirname, '..', 'dist')

interface Chunk {
  file: string
  imports?: string[]
  isEntry?: boolean
}

const manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8')) as Record<
  string,
  Chunk
>

function closure(key: string, seen: Set<string>): Set<string> {
  const chunk = manifest[key]
  if (!chunk || seen.has(key)) return seen
  seen.add(key)
  for (const next of chunk.imports ?? []) closure(next, seen)
  return seen
}

const gzipped = (file: string): number => gzipSync(readFileSync(join(dist, file))).length / 1000

const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry)
if (!entry) throw new Error('dist/.vite/manifest.json names no entry')

const sizes = [...closure(entry, new Set())]
  .map((key) => manifest[key]?.file ?? '')
  .filter((file) => file.endsWith('.js'))
  .map((file) => ({ file, kb: gzipped(file) }))
const total = sizes.reduce((sum, { kb }) => sum + kb, 0)

for (const { file, kb } of sizes) process.stdout.write(`${kb.toFixed(1).padStart(8)} kB  ${file}\n`)
process.stdout.write(`${total.toFixed(1).padStart(8)} kB  first load, of ${BUDGET_KB} kB allowed\n`)
if (total > BUDGET_KB) process.exit(1)
