import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const STAMP = 'core/build/.sources'
/** What the production server consists of. */
const OUTPUTS = ['core/build/bin/server.js', 'core/build/ace.js', 'sdk/dist', 'web/dist/index.html']
const SOURCES = ['package-lock.json', 'sdk', 'plugins', 'core', 'web']
const SKIPPED = new Set(['node_modules', 'build', 'dist', 'tests', 'coverage', 'tmp', '.adonisjs'])

function* filesBelow(path: string): Generator<string> {
  if (!statSync(path).isDirectory()) {
    yield path
    return
  }
  const names = readdirSync(path).filter(
    (name) => !SKIPPED.has(name) && !name.endsWith('.tsbuildinfo')
  )
  for (const name of names.sort()) yield* filesBelow(join(path, name))
}

/** A fingerprint of the sources by name, size and time: some milliseconds for the whole of them. */
function fingerprint(root: string): string {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    for (const file of filesBelow(join(root, source))) {
      const { size, mtimeMs } = statSync(file)
      hash.update(`${file.slice(root.length)} ${size} ${mtimeMs}\n`)
    }
  }
  return hash.digest('hex')
}

/** Whether there is a build, and it was made of these sources. */
export function isBuilt(root: string): boolean {
  const stamp = join(root, STAMP)
  if (![STAMP, ...OUTPUTS].every((output) => existsSync(join(root, output)))) return false
  return readFileSync(stamp, 'utf8') === fingerprint(root)
}

/** Remembers what the build was made of. */
export function markBuilt(root: string): void {
  writeFileSync(join(root, STAMP), fingerprint(root))
}
