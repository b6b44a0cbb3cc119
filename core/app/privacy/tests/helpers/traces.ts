import db from '@adonisjs/lucid/services/db'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { dataDir } from '#shared/paths'
import { rows } from '#warehouse/public'

/** What must be nowhere: words in any spelling, and the numbers made of them. */
export interface Needles {
  words: string[]
  keys: string[]
}

interface Column {
  table: string
  name: string
  type: string
}

const columns = `
  SELECT table, name, type FROM system.columns
  WHERE database = currentDatabase() AND table IN (
    SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree')`

const isText = (type: string) => /String|Map/.test(type)
const isKey = (type: string) => /^(Array\()?UInt(64|128)\)?$/.test(type)

function holds({ name, type }: Column): string {
  if (isText(type)) return `multiSearchAnyCaseInsensitive(toString(${name}), {words:Array(String)})`
  if (type.startsWith('Array'))
    return `hasAny(arrayMap(key -> toString(key), ${name}), {keys:Array(String)})`
  return `has({keys:Array(String)}, toString(${name}))`
}

const KEYS = /_keys?$|^fact_id$|hash$|^found_by$/

/** Numbers that rows with these words are known by: of identifiers, documents, facts, of what they say. */
export async function keysBeside(words: readonly string[]): Promise<string[]> {
  const all = await rows<Column>(columns)
  const found = new Set<string>()
  for (const [table, own] of Map.groupBy(all, ({ table: name }) => name)) {
    const texts = own.filter(({ type }) => isText(type)).map((column) => holds(column))
    // What a product is says nothing of who bought it.
    const isPersonal = (name: string) => table !== 'product_log' || name !== 'row_hash'
    const keys = own.filter(({ name, type }) => isKey(type) && KEYS.test(name) && isPersonal(name))
    if (texts.length === 0 || keys.length === 0) continue
    const lists = keys.map(({ name, type }) => (type.startsWith('Array') ? name : `[${name}]`))
    const list = lists.map((one) => `arrayMap(key -> toString(key), ${one})`).join(', ')
    const rest = await rows<{ key: string }>(
      `SELECT DISTINCT arrayJoin(arrayConcat(${list})) AS key FROM ${table} WHERE ${texts.join(' OR ')}`,
      { words }
    )
    for (const { key } of rest) found.add(key)
  }
  // A touch is known by the lower half of its fact's number.
  const whole = [...found].map(BigInt)
  const [nobody] = await rows<{ key: string }>(`SELECT toString(cityHash64('')) AS key`)
  return [...found, ...whole.map((key) => String(BigInt.asUintN(64, key)))].filter(
    (key) => key !== '0' && key !== nobody?.key
  )
}

/** `table.column: rows` of ClickHouse. */
async function inWarehouse(needles: Needles): Promise<string[]> {
  const searched = (await rows<Column>(columns)).filter(({ type }) => isText(type) || isKey(type))
  const tables = Map.groupBy(searched, ({ table }) => table)
  const found: string[] = []
  for (const [table, own] of tables) {
    const counts = own.map((column, index) => `countIf(${holds(column)}) AS c${index}`)
    const [row] = await rows<Record<string, string>>(`SELECT ${counts.join(', ')} FROM ${table}`, {
      ...needles,
    })
    own.forEach(({ name }, index) => {
      const n = row?.[`c${index}`]
      if (n !== '0') found.push(`${table}.${name}: ${String(n)}`)
    })
  }
  const mutations = await rows<{ table: string; command: string }>(
    `SELECT table, command FROM system.mutations WHERE database = currentDatabase()
       AND multiSearchAnyCaseInsensitive(command, {words:Array(String)})`,
    { ...needles }
  )
  return [...found, ...mutations.map(({ table }) => `mutation of ${table}`)]
}

/** `table.column` of PostgreSQL. */
async function inPostgres({ words, keys }: Needles): Promise<string[]> {
  const { rows: all } = await db.rawQuery<{
    rows: { schema: string; table: string; name: string }[]
  }>(
    `select table_schema as schema, table_name as table, column_name as name from information_schema.columns
     where table_schema in ('public', 'graphile_worker')
       and data_type in ('text', 'json', 'jsonb', 'character varying', 'character', 'ARRAY')`
  )
  const found: string[] = []
  for (const { schema, table, name } of all) {
    for (const needle of [...words, ...keys]) {
      const { rows: hits } = await db.rawQuery<{ rows: unknown[] }>(
        `select 1 from ${schema}.${table} where position(lower(:needle) in lower("${name}"::text)) > 0 limit 1`,
        { needle }
      )
      if (hits.length > 0) found.push(`${table}.${name}`)
    }
  }
  return [...new Set(found)]
}

/** Names of uploaded or exported files. */
async function inFiles(projectId: string, { words }: Needles): Promise<string[]> {
  const folder = join(dataDir(), 'uploads', projectId)
  const names = await readdir(folder).catch(() => [])
  const found: string[] = []
  for (const name of names) {
    const text = (await readFile(join(folder, name), 'utf8')).toLowerCase()
    if (words.some((word) => text.includes(word.toLowerCase()))) found.push(name)
  }
  return found
}

/** Every place that still holds one of them. */
export async function traces(projectId: string, needles: Needles): Promise<string[]> {
  return [
    ...(await inWarehouse(needles)),
    ...(await inPostgres(needles)),
    ...(await inFiles(projectId, needles)),
  ].sort()
}
