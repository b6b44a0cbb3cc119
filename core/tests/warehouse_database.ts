import app from '@adonisjs/core/services/app'
import { closeClickhouse, command, migrateWarehouse, rows } from '#warehouse/public'

export interface TestWarehouse {
  drop: () => Promise<void>
}

let count = 0
/** Emptied ones, for the next groups: emptying costs a hundredth of migrating. */
const free: string[] = []

async function pointTo(url: string): Promise<void> {
  await closeClickhouse()
  process.env.CLICKHOUSE_URL = url
}

/** TRICKY: with its rows a table also forgets which inserts it has seen. */
async function empty(): Promise<void> {
  const filled = await rows<{ table: string }>(
    `SELECT DISTINCT table FROM system.parts
     WHERE database = currentDatabase() AND table != 'schema_migrations'`
  )
  for (const { table } of filled) await command(`TRUNCATE TABLE ${table}`)
}

/** A ClickHouse database with every migration applied, and CLICKHOUSE_URL pointing at it. */
export async function createWarehouse(): Promise<TestWarehouse> {
  const before = process.env.CLICKHOUSE_URL
  if (!before) throw new Error('Tests need ClickHouse: no CLICKHOUSE_URL is set')
  const name = free.pop() ?? `af_test_${process.pid}_${++count}`
  const url = new URL(before)
  url.pathname = `/${name}`

  await command(`CREATE DATABASE IF NOT EXISTS ${name}`)
  await pointTo(url.href)
  await migrateWarehouse(app.makePath('clickhouse/migrations'))

  return {
    drop: async () => {
      await empty()
      free.push(name)
      await pointTo(before)
    },
  }
}

/** Those that are given away to no group any more. */
export async function dropWarehouses(): Promise<void> {
  for (const name of free.splice(0)) await command(`DROP DATABASE ${name}`)
  await closeClickhouse()
}
