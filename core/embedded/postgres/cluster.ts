import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { EmbeddedError } from '../errors.ts'
import type { Binaries } from './binaries.ts'
import type { RunAs } from './run_as.ts'

const MAJOR_VERSION = '18'
/** Owner of the cluster; reached only through a socket that nobody else can open. */
export const SUPERUSER = 'analyticaflow'

export const ENVIRONMENT = { PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C.UTF-8' }

/** Runs one of PostgreSQL's programs as the chosen user. */
export function commandLine(
  runAs: RunAs,
  program: string,
  args: readonly string[]
): [string, string[]] {
  const [first = program, ...rest] = [...runAs.prefix, program, ...args]
  return [first, rest]
}

/** Makes a directory that PostgreSQL's user owns. */
export function makeOwnDirectory(path: string, runAs: RunAs): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  if (runAs.user) chownSync(path, runAs.user.uid, runAs.user.gid)
}

function initialise(dir: string, { initdb }: Binaries, runAs: RunAs): void {
  const args = [
    ...['-D', dir, '-U', SUPERUSER, '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8'],
    '--no-instructions',
  ]
  makeOwnDirectory(dir, runAs)
  const done = spawnSync(...commandLine(runAs, initdb, args), {
    ...runAs.user,
    cwd: '/',
    env: ENVIRONMENT,
    encoding: 'utf8',
  })
  if (done.status !== 0) {
    throw new EmbeddedError(
      'database_failed',
      `PostgreSQL's initdb: ${done.error?.message ?? done.stderr}`
    )
  }
}

/**
 * Makes the cluster where there is none. It is made aside and renamed when complete, so that a
 * crash in between leaves no half of one.
 */
export function ensureCluster(dir: string, binaries: Binaries, runAs: RunAs): void {
  const version = join(dir, 'PG_VERSION')
  if (existsSync(version)) {
    const found = readFileSync(version, 'utf8').trim()
    if (found === MAJOR_VERSION) return
    throw new EmbeddedError(
      'database_failed',
      `${dir} was written by PostgreSQL ${found}, this is PostgreSQL ${MAJOR_VERSION}: dump it with ${found} and restore it here`
    )
  }
  const draft = `${dir}.new`
  rmSync(draft, { recursive: true, force: true })
  initialise(draft, binaries, runAs)
  renameSync(draft, dir)
}
