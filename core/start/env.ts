import { pathToFileURL } from 'node:url'
import { Env, errors } from '@adonisjs/core/env'
import { localSecret } from '#shared/local_secret'
import { repoRoot } from '#shared/paths'
import { outboundSettings } from '#shared/outbound/settings'
import { parsePublicUrl } from '#shared/public_url'
import { SettingsError } from '#shared/settings_error'

const { schema } = Env

function publicAddress(name: string, value?: string): string | undefined {
  if (value === undefined || value === '') return undefined
  try {
    return parsePublicUrl(value)
  } catch (cause) {
    throw new Error(`${name} must look like https://analytics.example.com`, { cause })
  }
}

function positive(name: string, value?: string): number | undefined {
  if (value === undefined || value === '') return undefined
  if (Number(value) > 0) return Number(value)
  throw new Error(`${name} must be a positive number`)
}

function oneOf<const Choice extends string>(name: string, choices: readonly Choice[]) {
  return schema.enum.optional(choices, { message: `${name} must be one of ${choices.join(', ')}` })
}

/**
 * DATABASE_URL and CLICKHOUSE_URL are absent where the embedded databases are used: their provider
 * sets them in process.env later, so those two are read from there and not from here.
 */
const settings = {
  NODE_ENV: oneOf('NODE_ENV', ['development', 'production', 'test']),
  PORT: schema.number.optional({ message: 'PORT must be a port number, e.g. PORT=3333' }),
  HOST: schema.string.optional({
    format: 'host',
    message: 'HOST must be an address or a host name',
  }),
  LOG_LEVEL: oneOf('LOG_LEVEL', ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
  APP_KEY: schema.string.optional(),
  APP_KEY_PREVIOUS: schema.string.optional(),
  AF_ROLE: oneOf('AF_ROLE', ['web', 'worker', 'all']),
  AF_TRUST_PROXY: schema.string.optional(),
  AF_RATE_LIMIT_API: positive,
  AF_RATE_LIMIT_SIGN_IN: positive,
  AF_RATE_LIMIT_STORE: oneOf('AF_RATE_LIMIT_STORE', ['memory', 'database']),
  AF_PLUGINS: schema.string.optional(),
  AF_PUBLIC_URL: publicAddress,
  AF_OUTBOUND_ALLOW: schema.string.optional(),
  AF_VENDOR_BASE_URLS: schema.string.optional(),
  AF_IMPORT_MAX_BYTES: positive,
  AF_LEASE_SECONDS: positive,
  AF_ROWS_PER_COMMIT: positive,
  AF_REPORT_MAX_SECONDS: positive,
  AF_REPORT_MAX_MEMORY_MB: positive,
  AF_REPORT_CONCURRENCY: positive,
}

async function readEnvironment() {
  try {
    return await Env.create(pathToFileURL(`${repoRoot}/`), settings)
  } catch (error) {
    if (!(error instanceof errors.E_INVALID_ENV_VARIABLES)) throw error
    throw new SettingsError(error.help.split('\n').map((line) => line.replace(/^- /, '')))
  }
}

const env = await readEnvironment()

// Adonis's HTTP server reads these two from the process itself.
process.env.PORT ??= '3333'
process.env.HOST ??= '127.0.0.1'

function requireAddresses(): void {
  const { DATABASE_URL: postgres, CLICKHOUSE_URL: clickhouse } = process.env
  const faults: string[] = []
  if (postgres && !/^postgres(ql)?:\/\//.test(postgres)) {
    faults.push('DATABASE_URL must look like postgres://user:password@host:5432/database')
  }
  if (clickhouse && !/^https?:\/\//.test(clickhouse)) {
    faults.push('CLICKHOUSE_URL must look like http://user:password@host:8123/database')
  }
  if (faults.length > 0) throw new SettingsError(faults)
}

function requireAppKey(): string {
  const key = env.get('APP_KEY')
  if (key !== undefined && key.length < 32) {
    throw new SettingsError(['APP_KEY is too short: give at least 32 random characters'])
  }
  if (key === undefined && process.env.DATABASE_URL) {
    // With an outside database other processes exist too, and they all must share the key.
    throw new SettingsError(['APP_KEY is missing: set it to at least 32 random characters'])
  }
  return key ?? localSecret('app_key')
}

requireAddresses()
outboundSettings()

/** Signs tokens. Generated once into the data directory in the embedded installation. */
export const appKey = requireAppKey()

/** The key before the last rotation: still verifies, never signs. */
export const previousAppKey = env.get('APP_KEY_PREVIOUS')

export default env
