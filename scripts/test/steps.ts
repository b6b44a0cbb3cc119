import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'
import { npmRun, run } from './command.ts'
import { root } from './paths.ts'
import type { PackageName } from './preflight.ts'

export interface Step {
  name: string
  run: () => Promise<void>
  /** Programs that it needs and npm does not bring. */
  programs?: PackageName[]
  /** Without it the steps after it mean nothing. */
  isNeeded?: boolean
}

/** Every process of the tests leaves its coverage here; coverage.mjs reads it. */
const coverage = { env: { NODE_V8_COVERAGE: join(root, 'coverage/raw') } }

/** Specs of packages without a framework, beside each other in one process. */
const specs = (folders: string[], options = {}): Promise<void> =>
  run('node', ['--conditions=af-source', 'scripts/japa.ts', ...folders], options)

async function commits(): Promise<void> {
  if (!existsSync(join(root, '.git'))) {
    process.stdout.write('No git history here: nothing to check.\n')
    return
  }
  // TRICKY: git refuses a clone that belongs to another user, as in containers.
  const trust = { COUNT: '1', KEY_0: 'safe.directory', VALUE_0: root }
  const env = Object.fromEntries(
    Object.entries(trust).map(([name, value]) => [`GIT_CONFIG_${name}`, value])
  )
  await run('commitlint', ['--to', 'HEAD'], { env })
}

const core = (suite: string, programs: PackageName[] = []): Step => ({
  name: `core: ${suite}`,
  programs,
  run: () =>
    run('node', ['--import=@poppinss/ts-exec', 'bin/test.ts', suite], {
      folder: 'core',
      env: { ...coverage.env, NODE_OPTIONS: '--conditions=af-source' },
    }),
})

/** What `npm test` does, in its order; `npm test -- lint e2e` does some of it. */
export const STEPS: Step[] = [
  { name: 'build', run: () => npmRun('build'), isNeeded: true },
  { name: 'typecheck', run: () => npmRun('typecheck') },
  { name: 'lint', run: () => npmRun('lint') },
  { name: 'format', run: () => npmRun('format:check') },
  { name: 'commits', run: commits },
  { name: 'generated', run: () => run('node', ['scripts/generate.ts', '--check'], coverage) },
  {
    name: 'sdk and plugins',
    run: () => specs(['sdk', ...globSync('plugins/sources/*', { cwd: root })], coverage),
  },
  core('unit'),
  core('embedded'),
  core('functional', ['python3']),
  { name: 'coverage', run: () => run('node', ['scripts/test/coverage.mjs']) },
  { name: 'web and scripts', run: () => specs(['web', 'scripts']) },
  { name: 'e2e', programs: ['chromium'], run: () => npmRun('e2e') },
]
