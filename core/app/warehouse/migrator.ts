import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { command, rows } from './client.ts'

const APPLIED = `CREATE TABLE IF NOT EXISTS schema_migrations (
  version UInt32,
  name String,
  hash String,
  applied_at DateTime DEFAULT now()
)
ENGINE = MergeTree
ORDER BY version`

interface Migration {
  version: number
  name: string
  hash: string
  statements: string[]
}

/** An applied migration was edited afterwards: a mistake of the developer, never of the data. */
export class MigrationChanged extends Error {
  constructor(name: string) {
    super(`${name} was changed after it had been applied; write a new migration instead`)
    this.name = 'MigrationChanged'
  }
}

/** Splits at semicolons that end a line; comments may hold any text. */
function statementsOf(sql: string): string[] {
  const code = sql.replace(/^--.*$/gm, '').replace(/^ +--.*$/gm, '')
  return code
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{6}_\w+\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8')
      return {
        version: Number(name.slice(0, 6)),
        name,
        hash: createHash('sha256').update(sql).digest('hex'),
        statements: statementsOf(sql),
      }
    })
  )
}

/**
 * Brings the ClickHouse schema up to date. The caller holds a lock, so that two processes do not
 * migrate at once. A crash between two statements of a migration is repaired by running it again:
 * every statement creates `IF NOT EXISTS` by rewriting.
 *
 * @throws MigrationChanged when a migration that had been applied reads otherwise now
 */
export async function migrateWarehouse(folder: string): Promise<string[]> {
  await command(APPLIED)
  const applied = await rows<{ version: number; hash: string }>(
    'SELECT version, hash FROM schema_migrations'
  )
  const hashes = new Map(applied.map(({ version, hash }) => [Number(version), hash]))
  const done: string[] = []
  for (const migration of await readMigrations(folder)) {
    const known = hashes.get(migration.version)
    if (known === migration.hash) continue
    if (known !== undefined) throw new MigrationChanged(migration.name)
    for (const statement of migration.statements) await command(idempotent(statement))
    await command(
      'INSERT INTO schema_migrations (version, name, hash) VALUES ({version:UInt32}, {name:String}, {hash:String})',
      { params: { version: migration.version, name: migration.name, hash: migration.hash } }
    )
    done.push(migration.name)
  }
  return done
}

function idempotent(statement: string): string {
  return statement.replace(
    /^CREATE (TABLE|MATERIALIZED VIEW|VIEW) (?!IF NOT)/,
    'CREATE $1 IF NOT EXISTS '
  )
}

/** The schema as the engine prints it, for the dump that is checked in. */
export async function dumpSchema(): Promise<string> {
  const tables = await rows<{ sql: string }>(
    `SELECT formatQuery(replaceAll(create_table_query, concat(currentDatabase(), '.'), '')) AS sql
     FROM system.tables
     WHERE database = currentDatabase() AND name NOT LIKE '.inner%'
     ORDER BY name`
  )
  return tables.map(({ sql }) => `${sql};\n`).join('\n')
}
