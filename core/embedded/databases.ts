import { setTimeout as sleep } from 'node:timers/promises'
import {
  findClickHouse,
  restartClickHouse,
  startClickHouse,
  stopClickHouse,
} from './clickhouse/launcher.ts'
import { dataDirectory, prepareDirectory, type DataDirectory } from './directory.ts'
import { EmbeddedError } from './errors.ts'
import { acquireLock, currentOwner } from './lock.ts'
import { findPostgres, startPostgres, stopPostgres } from './postgres/launcher.ts'
import { Supervisor, type EmbeddedDatabase, type Log } from './supervisor.ts'

/** The addresses, and how to give the databases back. */
export interface Databases {
  databaseUrl: string
  clickhouseUrl: string
  /** The owner stops the databases; a guest only leaves. */
  release: () => Promise<void>
}

/** Which of the two are embedded; an address that is given means a server outside. */
export interface Wanted {
  postgres: boolean
  clickhouse: boolean
}

const notEmbedded = () => Promise.resolve({ url: '', stop: () => Promise.resolve() })

async function own(
  start: () => Promise<EmbeddedDatabase>,
  restart: () => Promise<EmbeddedDatabase>,
  stop: (identity: EmbeddedDatabase['process']) => Promise<void>,
  log: Log
): Promise<{ url: string; stop: () => Promise<void> }> {
  const database = await start()
  log('info', `embedded ${database.name} runs as process ${database.process.pid}`)
  const supervisor = new Supervisor(database, {
    log,
    restart,
    stop: (current) => stop(current.process),
  })
  return { url: database.url, stop: () => supervisor.stop() }
}

async function startBoth(directory: DataDirectory, wanted: Wanted, log: Log) {
  const starting = [
    wanted.postgres
      ? own(
          () => startPostgres(directory),
          () => startPostgres(directory),
          stopPostgres,
          log
        )
      : notEmbedded(),
    wanted.clickhouse
      ? own(
          () => startClickHouse(directory),
          () => restartClickHouse(directory),
          stopClickHouse,
          log
        )
      : notEmbedded(),
  ]
  const settled = await Promise.allSettled(starting)
  const started = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const failure = settled.find((one) => one.status === 'rejected')
  if (!failure) return started
  await Promise.all(started.map((one) => one.stop()))
  throw failure.reason
}

/**
 * Starts the embedded databases, or adopts what a killed owner left running, and keeps them
 * running. There is one owner per data directory; a second one is refused.
 */
export async function ownDatabases(dataDir: string, wanted: Wanted, log: Log): Promise<Databases> {
  const directory = dataDirectory(dataDir)
  prepareDirectory(directory)
  const unlock = acquireLock(directory.lock, directory.root)
  try {
    const [postgres, clickhouse] = await startBoth(directory, wanted, log)
    const release = async () => {
      await Promise.all([postgres?.stop(), clickhouse?.stop()])
      unlock()
    }
    return { databaseUrl: postgres?.url ?? '', clickhouseUrl: clickhouse?.url ?? '', release }
  } catch (error) {
    unlock()
    throw error
  }
}

const ATTACH_TIMEOUT_MS = 30_000

/** The databases that another process owns: used, never stopped. */
export async function attachDatabases(dataDir: string, wanted: Wanted): Promise<Databases> {
  const directory = dataDirectory(dataDir)
  // Their owner may just be starting them.
  const until = Date.now() + ATTACH_TIMEOUT_MS
  for (;;) {
    const [postgres, clickhouse] = await Promise.all([
      wanted.postgres ? findPostgres(directory) : notEmbedded(),
      wanted.clickhouse ? findClickHouse(directory) : notEmbedded(),
    ])
    if (postgres && clickhouse) {
      const release = () => Promise.resolve()
      return { databaseUrl: postgres.url, clickhouseUrl: clickhouse.url, release }
    }
    if (!currentOwner(directory.lock) || Date.now() > until) {
      throw new EmbeddedError(
        'no_databases',
        `nothing runs on ${directory.root}; start the application there first (npm start), or set DATABASE_URL and CLICKHOUSE_URL`
      )
    }
    await sleep(100)
  }
}

/** Whether a living process owns the databases of this directory. */
export function isOwned(dataDir: string): boolean {
  return currentOwner(dataDirectory(dataDir).lock) !== undefined
}
