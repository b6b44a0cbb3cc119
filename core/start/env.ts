import { pathToFileURL } from 'node:url'
import { Env } from '@adonisjs/core/env'
import { localSecret } from '#shared/local_secret'
import { repoRoot } from '#shared/paths'

const { schema } = Env

/**
 * Every setting with its meaning in docs/configuration.md. DATABASE_URL and CLICKHOUSE_URL are
 * absent where the embedded databases are used: the embedded provider sets them in process.env
 * later, so read those two from there and not from here.
 */
const env = await Env.create(pathToFileURL(`${repoRoot}/`), {
  NODE_ENV: schema.enum(['development', 'production', 'test'] as const, {
    message: 'must be development, production or test',
  }),
  PORT: schema.number.optional({ message: 'must be a port number, e.g. PORT=3333' }),
  HOST: schema.string.optional({ format: 'host', message: 'must be an address or host name' }),
  LOG_LEVEL: schema.enum.optional(
    ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const,
    { message: 'must be trace, debug, info, warn, error, fatal or silent' }
  ),
  APP_KEY: schema.string.optional(),
  APP_KEY_PREVIOUS: schema.string.optional(),
  APP_URL: schema.string.optional({ format: 'url', tld: false, message: 'must be a URL' }),
  AF_ROLE: schema.enum.optional(['web', 'worker', 'all'] as const, {
    message: 'must be web, worker or all',
  }),
  AF_TRUST_PROXY: schema.string.optional(),
  AF_RATE_LIMIT_API: schema.number.optional({ message: 'must be requests per minute' }),
  AF_RATE_LIMIT_SIGN_IN: schema.number.optional({ message: 'must be attempts per minute' }),
  AF_PLUGINS: schema.string.optional(),
  AF_IMPORT_MAX_BYTES: schema.number.optional({ message: 'must be a number of bytes' }),
  AF_REPORT_MAX_SECONDS: schema.number.optional({ message: 'must be seconds' }),
  AF_REPORT_MAX_MEMORY_MB: schema.number.optional({ message: 'must be megabytes' }),
  AF_REPORT_CONCURRENCY: schema.number.optional({ message: 'must be reports at a time' }),
  AF_RATE_LIMIT_STORE: schema.enum.optional(['memory', 'database'] as const, {
    message: 'must be memory (one web process) or database (several)',
  }),
})

// Adonis's HTTP server reads these two from the process itself.
process.env.PORT ??= '3333'
process.env.HOST ??= '127.0.0.1'

function requireAppKey(): string {
  const key = env.get('APP_KEY')
  if (key !== undefined && key.length < 32) {
    throw new Error('APP_KEY is too short: give at least 32 random characters')
  }
  if (key === undefined && process.env.DATABASE_URL) {
    // With an outside database other processes exist too, and they all must share the key.
    throw new Error('APP_KEY is missing: set it to at least 32 random characters')
  }
  return key ?? localSecret('app_key')
}

/** Signs tokens. Generated once into the data directory in the embedded installation. */
export const appKey = requireAppKey()

/** The key before the last rotation: still verifies, never signs. */
export const previousAppKey = env.get('APP_KEY_PREVIOUS')

export default env
