import { dataDir } from '#shared/paths'
import { SettingsError } from '#shared/settings_error'
import { unusableDirectory } from './directory.ts'
import { EmbeddedError } from './errors.ts'

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined

const UNUSABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENOSPC', 'EDQUOT'])

/** A file of the data directory that could not be read or written. */
function explainDirectory(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('path' in error) || typeof error.path !== 'string')
    return undefined
  const directory = dataDir()
  if (!error.path.startsWith(directory) || !UNUSABLE.has(String(codeOf(error)))) return undefined
  return unusableDirectory(directory, error).message
}

function explainListening(error: unknown): string | undefined {
  const { HOST, PORT } = process.env
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return `The port is taken: something else listens on ${HOST}:${PORT}; choose another with PORT=…`
    case 'EADDRNOTAVAIL':
      return `There is no address ${HOST} on this machine; choose another with HOST=…`
    case 'EACCES':
      return `The port ${PORT} is reserved for administrators; choose another with PORT=…`
    default:
      return undefined
  }
}

const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EAI_AGAIN', 'EHOSTUNREACH'])

/** Codes of PostgreSQL (five characters) and of ClickHouse (numbers) about who may enter what. */
const REFUSED = new Map([
  ['28000', 'PostgreSQL refuses the user of DATABASE_URL'],
  ['28P01', 'PostgreSQL refuses the password of DATABASE_URL'],
  ['3D000', 'PostgreSQL has no such database: create the one that DATABASE_URL names'],
  ['516', 'ClickHouse refuses the user or password of CLICKHOUSE_URL'],
  ['81', 'ClickHouse has no such database: create the one that CLICKHOUSE_URL names'],
])

/** A database that was given by its address. The address itself holds a password. */
function explainDatabase(error: unknown): string | undefined {
  const code = String(codeOf(error))
  if (!UNREACHABLE.has(code)) return REFUSED.get(code)
  const { address, port, hostname } = error as Record<string, unknown>
  const place = [address ?? hostname, port].filter(Boolean).join(':')
  return `No database answers at ${place || 'the address given'} (${code}); check DATABASE_URL and CLICKHOUSE_URL`
}

/** What to tell the person who started the application, in one line; nothing for a real defect. */
export function explainBootFailure(error: unknown): string | undefined {
  if (error instanceof EmbeddedError || error instanceof SettingsError) return error.message
  if (error instanceof Error && error.name === 'MigrationChanged') return error.message
  const isListening = error instanceof Error && 'syscall' in error && error.syscall === 'listen'
  return isListening ? explainListening(error) : (explainDirectory(error) ?? explainDatabase(error))
}
