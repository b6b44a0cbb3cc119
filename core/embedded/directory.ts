import { accessSync, chmodSync, constants, mkdirSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { EmbeddedError } from './errors.ts'

/** Places inside AF_DATA_DIR. */
export interface DataDirectory {
  root: string
  lock: string
  postgres: string
  postgresState: string
  postgresLog: string
  socketDir: string
  clickhouse: string
  clickhouseState: string
  clickhouseLog: string
  clickhouseScratch: string
}

/** A socket's whole path may have 103 bytes on macOS and 107 on Linux; the name takes 16. */
const LONGEST_SOCKET_DIR = 86

function socketDir(root: string): string {
  const inside = join(root, 'run', 'pg')
  if (Buffer.byteLength(inside) <= LONGEST_SOCKET_DIR) return inside
  const id = createHash('sha256').update(root).digest('hex').slice(0, 12)
  return join(tmpdir(), `analyticaflow-${id}`)
}

/** Only the names; nothing is made. */
export function dataDirectory(path: string): DataDirectory {
  const root = resolve(path)
  const run = join(root, 'run')
  const logs = join(root, 'logs')
  return {
    root,
    lock: join(run, 'owner.json'),
    postgres: join(root, 'postgres'),
    postgresState: join(run, 'postgres.json'),
    postgresLog: join(logs, 'postgres.log'),
    socketDir: socketDir(root),
    clickhouse: join(root, 'clickhouse'),
    clickhouseState: join(run, 'clickhouse.json'),
    clickhouseLog: join(logs, 'clickhouse.log'),
    clickhouseScratch: join(run, 'clickhouse'),
  }
}

/** The one line about a data directory that cannot be used. */
export function unusableDirectory(root: string, error: unknown): EmbeddedError {
  const reason = error instanceof Error ? error.message : String(error)
  return new EmbeddedError(
    'directory_not_writable',
    `${root} (${reason}); choose another with AF_DATA_DIR`
  )
}

/** Makes the directory, or says in one line why it cannot be used. */
export function prepareDirectory(directory: DataDirectory): void {
  try {
    mkdirSync(join(directory.root, 'run'), { recursive: true })
    mkdirSync(join(directory.root, 'logs'), { recursive: true, mode: 0o700 })
    // Searchable, because PostgreSQL may run as another user; its files protect themselves.
    chmodSync(join(directory.root, 'run'), 0o711)
    accessSync(directory.root, constants.W_OK)
  } catch (error) {
    throw unusableDirectory(directory.root, error)
  }
}
