import { defineConfig } from '@adonisjs/lucid'

/**
 * TRICKY: configuration is read before the embedded PostgreSQL has an address, which its provider
 * puts into DATABASE_URL; so the address is a getter, asked when the connection opens.
 */
const connection = {
  get connectionString(): string {
    const url = process.env.DATABASE_URL
    if (!url) throw new Error('DATABASE_URL is not set and no embedded PostgreSQL is running')
    return url
  },
  application_name: 'analyticaflow',
  connectionTimeoutMillis: 5000,
}

const databaseConfig = defineConfig({
  connection: 'postgres',
  connections: {
    postgres: {
      client: 'pg',
      connection,
      pool: { min: 0, max: 20, acquireTimeoutMillis: 8000 },
      migrations: { naturalSort: true, paths: ['database/migrations'] },
    },
  },
})

export default databaseConfig
