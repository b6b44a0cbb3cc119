/**
 * Writes the files that are generated and committed: the ClickHouse schema and the API types of the
 * web app. `--check` fails when one of them was stale (it is fresh then, and wants committing).
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const GENERATED = ['core/clickhouse/schema.sql', 'web/src/api/schema.d.ts']
const root = resolve(import.meta.dirname, '..')
const scratch = mkdtempSync(join(tmpdir(), 'af-generate-'))

function run(folder: string, args: string[]): void {
  execFileSync(process.execPath, ['--conditions=af-source', ...args], {
    cwd: join(root, folder),
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, AF_DATA_DIR: scratch, DATABASE_URL: '', CLICKHOUSE_URL: '' },
  })
}

function read(file: string): string {
  try {
    return readFileSync(join(root, file), 'utf8')
  } catch {
    return ''
  }
}

const before = GENERATED.map(read)
try {
  const document = join(scratch, 'openapi.json')
  run('core', ['ace.js', 'warehouse:dump'])
  run('core', ['ace.js', 'openapi:dump', document])
  run('web', ['scripts/api_types.ts', document])
  run('.', ['node_modules/prettier/bin/prettier.cjs', '--write', 'web/src/api/schema.d.ts'])
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
const changed = GENERATED.filter((file, index) => read(file) !== before[index])
for (const file of changed) process.stdout.write(`${file} is new\n`)
if (process.argv.includes('--check') && changed.length > 0) {
  process.stderr.write('Generated files were stale. They are fresh now: commit them.\n')
  process.exitCode = 1
}
