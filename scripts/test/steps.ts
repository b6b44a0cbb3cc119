import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'
import { npmRun, run, type Output } from './command.ts'
import { root } from './paths.ts'
import type { PackageName } from './preflight.ts'

export interface Step {
  name: string
  run: (output: Output) => Promise<void>
  /** Programs that it needs and npm does not bring. */
  programs?: PackageName[]
  /** Runs alone; without it the steps after it mean nothing. */
  isNeeded?: boolean
  /** Runs alone, after everything that stands before it. */
  isLast?: boolean
}

/** Every process of the tests leaves its coverage here; coverage.mjs reads it. */
const coverage = { NODE_V8_COVERAGE: join(root, 'coverage/raw') }

/** Specs of packages without a framework, beside each other in one process. */
const specs = (output: Output, folders: string[], env = {}): Promise<void> =>
  run('node', ['--conditions=af-source', 'scripts/japa.ts', ...folders], { output, env })

async function commits(output: Output): Promise<void> {
  // Outside a clone there is no history to check.
  if (!existsSync(join(root, '.git'))) return
  // TRICKY: git refuses a clone that belongs to another user, as in containers.
  const trust = { COUNT: '1', KEY_0: 'safe.directory', VALUE_0: root }
  const env = Object.fromEntries(
    Object.entries(trust).map(([name, value]) => [`GIT_CONFIG_${name}`, value])
  )
  await run('commitlint', ['--to', 'HEAD'], { env, output })
}

const coreSpecs = (suite: string, files: string[], output: Output): Promise<void> =>
  run(
    'node',
    [
      '--import=@poppinss/ts-exec',
      'bin/test.ts',
      suite,
      ...files.flatMap((file) => ['--files', file]),
    ],
    { folder: 'core', env: { ...coverage, NODE_OPTIONS: '--conditions=af-source' }, output }
  )

const core = (suite: string): Step => ({
  name: `core: ${suite}`,
  run: (output) => coreSpecs(suite, [], output),
})

/** Most of the time goes here: every n-th spec, so that the parts can run beside each other. */
const functional = (part: number, parts: number): Step => ({
  name: `core: functional ${part}`,
  programs: ['python3'],
  run: (output) => {
    const all = globSync('app/**/tests/functional/**/*.spec.ts', { cwd: join(root, 'core') })
    const files = all.sort().filter((_, index) => index % parts === part - 1)
    return coreSpecs('functional', files, output)
  },
})

/** What `npm test` does, the longest first; `npm test -- lint e2e` does some of it. */
export const STEPS: Step[] = [
  { name: 'build', run: (output) => npmRun('build', output), isNeeded: true },
  functional(1, 2),
  functional(2, 2),
  core('embedded'),
  { name: 'e2e', programs: ['chromium'], run: (output) => npmRun('e2e', output) },
  { name: 'lint', run: (output) => npmRun('lint', output) },
  { name: 'typecheck', run: (output) => npmRun('typecheck', output) },
  {
    name: 'sdk and plugins',
    run: (output) =>
      specs(
        output,
        ['sdk', 'plugins/sandbox', ...globSync('plugins/sources/*', { cwd: root })],
        coverage
      ),
  },
  core('unit'),
  { name: 'format', run: (output) => npmRun('format:check', output) },
  { name: 'commits', run: commits },
  {
    name: 'generated',
    run: (output) => run('node', ['scripts/generate.ts', '--check'], { env: coverage, output }),
  },
  { name: 'web and scripts', run: (output) => specs(output, ['web', 'scripts']) },
  {
    name: 'coverage',
    isLast: true,
    run: (output) => run('node', ['scripts/test/coverage.mjs'], { output }),
  },
]
