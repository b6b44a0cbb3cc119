import app from '@adonisjs/core/services/app'
import { closeClickhouse, command, migrateWarehouse } from '#warehouse/public'

export interface TestWarehouse {
  drop: () => Promise<void>
}

let count = 0

/** A ClickHouse database with every migration applied, and CLICKHOUSE_URL pointing at it. */
export async function createWarehouse(): Promise<TestWarehouse> {
  const before = process.env.CLICKHOUSE_URL
  if (!before) throw new Error('Tests need ClickHouse: no CLICKHOUSE_URL is set')
  const name = `af_test_${process.pid}_${++count}`
  const url = new URL(before)
  url.pathname = `/${name}`

  await command(`CREATE DATABASE ${name}`)
  await closeClickhouse()
  process.env.CLICKHOUSE_URL = url.href
  await migrateWarehouse(app.makePath('clickhouse/migrations'))

  return {
    drop: async () => {
      await closeClickhouse()
      process.env.CLICKHOUSE_URL = before
      await command(`DROP DATABASE ${name}`)
      await closeClickhouse()
    },
  }
}
