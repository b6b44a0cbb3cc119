import { setTimeout as sleep } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import limiter from '@adonisjs/limiter/services/main'
import db from '@adonisjs/lucid/services/db'
import type { Group } from '@japa/runner/core'
import pg from 'pg'
import { migrate } from '#shared/migrate'
import { createWarehouse, type TestWarehouse } from './warehouse_database.ts'

/** The server as it was given; while a group runs, DATABASE_URL names the group's database. */
let serverUrl: string | undefined
let template: Promise<string> | undefined
let count = 0

function server(): string {
  serverUrl ??= process.env.DATABASE_URL
  if (serverUrl === undefined) throw new Error('Tests need PostgreSQL: no DATABASE_URL is set')
  return serverUrl
}

/** TRICKY: `postgres://app@/name?host=/socket` has no host, so URL cannot take it apart. */
const databaseUrl = (name: string): string =>
  server().replace(/^(\w+:\/\/[^/]*\/)[^?]*/, `$1${name}`)

async function onServer<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: server() })
  await client.connect()
  try {
    return (await client.query<Row>(sql, values)).rows
  } finally {
    await client.end()
  }
}

/** Points Lucid at another database; the address is asked again when it opens. */
async function switchTo(url: string): Promise<void> {
  await db.manager.close('postgres')
  process.env.DATABASE_URL = url
}

async function makeTemplate(): Promise<string> {
  const name = `af_template_${process.pid}`
  await onServer(`create database ${name}`)
  await switchTo(databaseUrl(name))
  await migrate(app, db)
  await switchTo(server())
  return name
}

/** Migrating once and cloning is what makes a database per group affordable. */
async function createDatabase(): Promise<string> {
  template ??= makeTemplate()
  const name = `af_test_${process.pid}_${++count}`
  await onServer(`create database ${name} template ${await template}`)
  return name
}

async function openConnections(name: string): Promise<string[]> {
  const rows = await onServer<{ who: string }>(
    `select concat_ws(' ', application_name, left(query, 80)) as who
       from pg_stat_activity where datname = $1`,
    [name]
  )
  return rows.map(({ who }) => who)
}

/** Drops the database; whoever still holds a connection to it has leaked it. */
async function dropDatabase(name: string): Promise<void> {
  let leaked = await openConnections(name)
  // A closed connection takes the server a moment to forget.
  for (let attempt = 0; leaked.length > 0 && attempt < 40; attempt++) {
    await sleep(25)
    leaked = await openConnections(name)
  }
  await onServer(`drop database ${name} with (force)`)
  if (leaked.length > 0) throw new Error(`Connections left open: ${leaked.join('; ')}`)
}

/**
 * Gives the group a PostgreSQL database of its own, migrated and empty, and on request one of
 * ClickHouse. `close` stops what the group itself connected (workers, pools) before the leak check.
 */
export function useDatabases(
  group: Group,
  options: { clickhouse?: boolean; close?: () => Promise<void> } = {}
): void {
  let name: string
  let warehouse: TestWarehouse | undefined
  group.setup(async () => {
    name = await createDatabase()
    await switchTo(databaseUrl(name))
    if (options.clickhouse) warehouse = await createWarehouse()
    await limiter.clear(['memory'])
  })
  group.teardown(async () => {
    await options.close?.()
    await warehouse?.drop()
    await switchTo(server())
    await dropDatabase(name)
  })
}

/** PostgreSQL as unreachable as after a crash, while `run` runs. */
export async function withoutPostgres(run: () => Promise<void>): Promise<void> {
  const url = process.env.DATABASE_URL ?? ''
  await switchTo('postgres://app@/app?host=/nowhere')
  try {
    await run()
  } finally {
    await switchTo(url)
  }
}

export async function dropTemplate(): Promise<void> {
  if (template !== undefined) await onServer(`drop database ${await template}`)
}
