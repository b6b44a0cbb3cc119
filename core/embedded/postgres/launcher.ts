import { spawn } from 'node:child_process'
import { chmodSync, closeSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { z } from 'zod'
import type { DataDirectory } from '../directory.ts'
import { EmbeddedError } from '../errors.ts'
import { readJson, writeJson } from '../json_file.ts'
import { logTail, openLog } from '../log_file.ts'
import {
  identify,
  isRunning,
  stopProcess,
  type ProcessIdentity,
  type StopStep,
} from '../process.ts'
import type { EmbeddedDatabase } from '../supervisor.ts'
import { findBinaries } from './binaries.ts'
import { commandLine, ensureCluster, ENVIRONMENT, makeOwnDirectory, SUPERUSER } from './cluster.ts'
import { chooseUser } from './run_as.ts'

const DATABASE = 'analyticaflow'
const START_TIMEOUT_MS = 60_000

/** Smart (clients may finish), fast (they are cut off), immediate (recovers at the next start). */
const STOP: readonly StopStep[] = [
  ['SIGTERM', 700],
  ['SIGINT', 15_000],
  ['SIGQUIT', 5_000],
]

const State = z.object({ pid: z.number(), startedAt: z.string(), socketDir: z.string() })
type State = z.infer<typeof State>

function urlOf(socketDir: string, database = DATABASE): string {
  return `postgresql://${SUPERUSER}@localhost/${database}?host=${encodeURIComponent(socketDir)}`
}

const asDatabase = ({ pid, startedAt, socketDir }: State): EmbeddedDatabase => ({
  name: 'PostgreSQL',
  url: urlOf(socketDir),
  process: { pid, startedAt },
})

async function connect(socketDir: string): Promise<pg.Client | undefined> {
  const client = new pg.Client({
    connectionString: urlOf(socketDir, 'postgres'),
    connectionTimeoutMillis: 2000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch {
    await client.end().catch(() => undefined)
    return undefined
  }
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE])
    if (found.rowCount === 0)
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(DATABASE)}`)
  } finally {
    await client.end()
  }
}

/** The first line of `postmaster.pid`, by which PostgreSQL itself locks its directory. */
function postmaster(directory: DataDirectory): ProcessIdentity | undefined {
  try {
    const pid = readFileSync(join(directory.postgres, 'postmaster.pid'), 'utf8').split('\n')[0]
    return identify(Number(pid))
  } catch {
    return undefined
  }
}

/** The server that already runs on this directory, and answers. */
export async function findPostgres(
  directory: DataDirectory
): Promise<EmbeddedDatabase | undefined> {
  const state = State.safeParse(readJson(directory.postgresState)).data
  if (!state || !isRunning(state)) return undefined
  const client = await connect(state.socketDir)
  await client?.end()
  return client && asDatabase(state)
}

function launch(directory: DataDirectory): ProcessIdentity {
  const binaries = findBinaries()
  const runAs = chooseUser(directory.postgres, binaries.postgres)
  // Another user's server must get to its files; secrets beside them protect themselves.
  if (runAs.user) chmodSync(directory.root, 0o711)
  ensureCluster(directory.postgres, binaries, runAs)
  makeOwnDirectory(directory.socketDir, runAs)
  const options = ['listen_addresses=', `unix_socket_directories=${directory.socketDir}`]
  options.push('timezone=UTC', 'log_timezone=UTC', 'unix_socket_permissions=0700')
  const args = ['-D', directory.postgres, ...options.flatMap((option) => ['-c', option])]
  const log = openLog(directory.postgresLog)
  const child = spawn(...commandLine(runAs, binaries.postgres, args), {
    ...runAs.user,
    cwd: '/',
    env: ENVIRONMENT,
    // A process group of its own: Ctrl-C reaches only the application, which stops it last.
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  child.unref()
  // A program that cannot be run shows as a process that is not there.
  child.on('error', () => undefined)
  const identity = child.pid === undefined ? undefined : identify(child.pid)
  if (!identity) throw failed(directory)
  return identity
}

function failed(directory: DataDirectory): EmbeddedError {
  return new EmbeddedError('database_failed', `PostgreSQL: ${logTail(directory.postgresLog)}`)
}

async function waitUntilReady(
  directory: DataDirectory,
  identity: ProcessIdentity
): Promise<pg.Client> {
  for (const until = Date.now() + START_TIMEOUT_MS; Date.now() < until && isRunning(identity);) {
    const client = await connect(directory.socketDir)
    if (client) return client
    await sleep(20)
  }
  await stopProcess(identity, STOP)
  throw failed(directory)
}

/** Starts the server, or adopts the one that a killed owner left behind. */
export async function startPostgres(directory: DataDirectory): Promise<EmbeddedDatabase> {
  const running = await findPostgres(directory)
  if (running) return running
  // One that does not answer (its socket was swept away) cannot be used, only replaced.
  const deaf = postmaster(directory)
  if (
    deaf &&
    State.safeParse(readJson(directory.postgresState)).data?.startedAt === deaf.startedAt
  ) {
    await stopProcess(deaf, STOP)
  }
  const identity = launch(directory)
  await ensureDatabase(await waitUntilReady(directory, identity))
  const state = { ...identity, socketDir: directory.socketDir }
  writeJson(directory.postgresState, state)
  return asDatabase(state)
}

export function stopPostgres(identity: ProcessIdentity): Promise<void> {
  return stopProcess(identity, STOP)
}
