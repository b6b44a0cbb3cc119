import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Failed, run } from './command.ts'

interface Program {
  what: string
  /** Of Debian. */
  package: 'chromium' | 'python3'
  found: () => boolean
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const inPath = (name: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, name)))

export type PackageName = Program['package']

/** What tests need and npm does not bring. */
const PROGRAMS: Program[] = [
  {
    what: 'Chromium, for the tests in the browser (or another one, named by CHROMIUM_PATH)',
    package: 'chromium',
    found: () => isExecutable(process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'),
  },
  {
    what: 'Python 3, which counts the expected figures from the raw file',
    package: 'python3',
    found: () => inPath('python3'),
  },
]

function missingOf(packages: ReadonlySet<PackageName>): Program[] {
  return PROGRAMS.filter((program) => packages.has(program.package) && !program.found())
}

const mayInstall = (): boolean => process.getuid?.() === 0 && inPath('apt-get')

async function install(packages: string[]): Promise<void> {
  process.stdout.write(`Installing with apt-get: ${packages.join(', ')}\n`)
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const options = ['-qq', '-o', 'Dpkg::Use-Pty=0']
  await run('apt-get', [...options, 'update'], { env })
  await run('apt-get', [...options, 'install', '-y', '--no-install-recommends', ...packages], {
    env,
  })
}

/** Installs what is missing where that is possible, and says what is missing where it is not. */
export async function preflight(needed: ReadonlySet<PackageName>): Promise<void> {
  if (mayInstall()) {
    const names = missingOf(needed).map((program) => program.package)
    if (names.length > 0) await install(names)
  }
  const missing = missingOf(needed)
  if (missing.length === 0) return
  const packages = missing.map((program) => program.package)
  for (const { what } of missing) process.stderr.write(`Missing: ${what}\n`)
  process.stderr.write(
    `The tests need it, and only root can install it: sudo apt-get install ${packages.join(' ')}\n`
  )
  throw new Failed('preflight')
}
