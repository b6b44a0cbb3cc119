/**
 * Fails the build when the JavaScript of a first page grows beyond its budget.
 * What counts: the entry with everything it imports statically, a language, and the page itself,
 * gzipped, as a browser loads them. The chart comes after the figures and does not count.
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

const LANGUAGE = 'src/i18n/ru/index.ts'
/** The bigger of the frames that pages stand in. */
const SHELL = 'src/app/shell/ProjectShell.tsx'
/** Texts of areas, by the pages that wait for them; see the router. */
const AREAS: [pages: RegExp, areas: string[]][] = [
  [/\/imports\//, ['imports']],
  [/\/integrations\//, ['integrations']],
  [/\/(attribution|journeys|people|orders)\//, ['names', 'analysis']],
  [/\/(journeys|people|orders)\//, ['people']],
  [/\/orders\//, ['orders']],
  [/\/privacy\//, ['people', 'privacy']],
  [/\/rules\//, ['rules']],
  [/\/AttributionSettingsPage/, ['names', 'models']],
  [/\/IdentityPage/, ['people']],
]
const textsOf = (page: string): string[] => [
  LANGUAGE,
  ...AREAS.filter(([pages]) => pages.test(page)).flatMap(([, areas]) =>
    areas.map((area) => `src/i18n/ru/areas/${area}.ts`)
  ),
]
const PAGES = Object.keys(manifest).filter((key) => /^src\/features\/.*Page\.tsx$/.test(key))

function firstLoad(page: string): number {
  const shell = page.includes('/auth/') ? '' : SHELL
  const keys = [entry ?? '', ...textsOf(page), shell, page].reduce(
    (seen, key) => closure(key, seen),
    new Set<string>()
  )
  const files = [...keys].map((key) => manifest[key]?.file ?? '')
  return files.filter((file) => file.endsWith('.js')).reduce((sum, file) => sum + gzipped(file), 0)
}

let tooBig = false
for (const page of PAGES) {
  const kb = firstLoad(page)
  tooBig ||= kb > BUDGET_KB
  process.stdout.write(`${kb.toFixed(1).padStart(8)} kB  ${page}\n`)
}
process.stdout.write(`${BUDGET_KB.toFixed(1).padStart(8)} kB  allowed for a first load\n`)
if (tooBig || PAGES.length === 0) process.exit(1)
