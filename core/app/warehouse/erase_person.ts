import { aliasKey } from './alias_keys.ts'
import { command, rows, type Params } from './client.ts'
import {
  movesOfKind,
  replaceFacts,
  replaceHistory,
  replaceMentions,
  replaceRecords,
} from './erased_facts.ts'
import { storedKinds, type StoredKind } from './kinds.ts'
import { personalKinds } from './person_conditions.ts'
import { keptOrder } from './kept_order.ts'
import { eraseRejected } from './rejected_people.ts'
import {
  logsOfPerson,
  personKeys,
  requestParams,
  unlogged,
  type PersonRequest,
} from './person_scope.ts'
import type { SuppressionEntry } from './suppression_entries.ts'

/** An erasure: what is written in place of the person. */
export interface Erasure extends PersonRequest {
  token: string
}

/** Kinds of which the person has facts. */
async function kindsOf(erasure: Erasure): Promise<StoredKind[]> {
  const logs = await logsOfPerson(erasure)
  return Object.values(storedKinds).filter(({ log }) => logs.has(log))
}

const erasureParams = (erasure: Erasure): Params => ({
  ...requestParams(erasure),
  token: erasure.token,
})

/**
 * In one block: it is written whole or not at all, and a statement that is sent again finds what the
 * first one wrote.
 */
const WHOLE = { max_insert_threads: '1', min_insert_block_size_rows: '100000000' } as const

function write(erasure: Erasure, step: string, sql: string): Promise<void> {
  const id = `erasure-${erasure.requestId}-${erasure.version.commitId}-${step}`
  return command(sql, {
    params: erasureParams(erasure),
    queryId: id,
    settings: { ...unlogged, ...WHOLE, insert_deduplication_token: id },
  })
}

/** Waits until no active part holds the rows any more. */
export function remove(erasure: PersonRequest, sql: string): Promise<void> {
  // The text of a mutation is kept on disk: it names numbers of requests, never what somebody is called.
  const { project_id, request_id } = requestParams(erasure)
  return command(sql, {
    params: { project_id, request_id },
    settings: { ...unlogged, mutations_sync: '2' },
  })
}

/** Pseudonyms that cannot be the usual ones; they have to be listed before the moves are planned. */
export async function chosenPseudonyms(erasure: Erasure): Promise<SuppressionEntry[]> {
  const found: SuppressionEntry[] = []
  for (const sql of keptOrder)
    found.push(...(await rows<SuppressionEntry>(sql, erasureParams(erasure))))
  return found
}

/** As `remove`, where numbers have to be computed from what is in a row: the text names integrations too. */
function removeWithPlaces(erasure: Erasure, sql: string): Promise<void> {
  return command(sql, {
    params: requestParams(erasure),
    settings: { ...unlogged, mutations_sync: '2' },
  })
}

/** Finds what takes the place of each fact. After `collectPerson`; what is to be listed is listed. */
export async function planMoves(erasure: Erasure): Promise<void> {
  await command(`ALTER TABLE person_moves DROP PARTITION ID '${BigInt(erasure.requestId)}'`)
  for (const sql of (await kindsOf(erasure)).flatMap(movesOfKind)) {
    await command(sql, { params: erasureParams(erasure), settings: unlogged })
  }
}

/** Lets the facts vanish and others come, in the commit that is open. */
export async function replacePerson(erasure: Erasure): Promise<void> {
  for (const kind of await kindsOf(erasure)) {
    const { gone, come } = replaceFacts(kind)
    await write(erasure, `come-${kind.log}`, come)
    await write(erasure, `gone-${kind.log}`, gone)
  }
}

/**
 * Rewrites what was known of the person at any time.
 *
 * @param copied called wherever both the old and the new rows are there
 */
export async function rewriteHistory(erasure: Erasure, copied: () => Promise<void>): Promise<void> {
  for (const kind of await kindsOf(erasure)) {
    const { copy, remove: removal } = replaceHistory(kind)
    await write(erasure, `history-${kind.log}`, copy)
    await copied()
    await remove(erasure, removal)
  }
  const logs = await logsOfPerson(erasure)
  for (const kind of personalKinds.filter(({ kind: { log } }) => logs.has(log))) {
    const mentions = replaceMentions(kind)
    await write(erasure, `mentions-${kind.kind.log}`, mentions.copy)
    await copied()
    await removeWithPlaces(erasure, mentions.remove)
  }
  await write(erasure, 'records', replaceRecords.copy)
  await copied()
  await remove(erasure, replaceRecords.remove)
  await write(erasure, 'rejected', eraseRejected.note)
  await remove(erasure, eraseRejected.rewrite)
}

/** Columns of derived tables that hold numbers of identifiers, documents and persons. */
const KEY_COLUMNS = [
  ...['alias_key', 'document_key', 'linked_key', 'person_key', 'customer_key', 'fact_key'],
  ...['order_key', 'conversion_key', 'touch_key', 'alias_keys'],
]

interface KeyColumn {
  table: string
  name: string
  type: string
}

const keyColumns = `
  SELECT table, name, type FROM system.columns
  WHERE database = currentDatabase() AND table NOT LIKE 'person\\\\_%' AND table NOT LIKE '%\\\\_log' AND table NOT LIKE 'stage\\\\_%' AND (
    name IN {names:Array(String)} AND type IN ('UInt64', 'Array(UInt64)')
    OR name IN ('customer_id', 'client_id') OR table = 'events' AND name = 'fact_id')
    AND table IN (
      SELECT table FROM system.columns WHERE database = currentDatabase() AND name = 'project_id'
    ) AND table IN (SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree')
  ORDER BY table, name`

const request = 'project_id = {project_id:UInt64} AND request_id = {request_id:UInt64}'
const names = `SELECT key FROM person_keys WHERE ${request} AND type = 'name'`

const holdsKey = ({ name, type }: KeyColumn) => {
  if (name === 'customer_id') return `${aliasKey.customer(name)} IN (${personKeys})`
  if (name === 'client_id') return `${aliasKey.client(name)} IN (${personKeys})`
  if (type.startsWith('Array')) return `arrayExists(key -> key IN (${personKeys}), ${name})`
  if (type === 'UInt64') return `${name} IN (${personKeys})`
  // An order is known by its document's number, everything else by its fact.
  return `toUInt64(${name}) IN (${personKeys}) OR ${name} IN (SELECT fact_id FROM person_moves WHERE ${request})`
}

/** Conditions, by table, on rows of derived tables that still know the person. */
async function leftovers(): Promise<Map<string, string>> {
  const found = await rows<KeyColumn>(keyColumns, { names: KEY_COLUMNS })
  const conditions = new Map<string, string>([
    ['dirty_orders', `cityHash64('name', 'order', order_id) IN (${names})`],
    ['dirty_documents', `cityHash64('name', document_type, document_id) IN (${names})`],
  ])
  for (const column of found) {
    const before = conditions.get(column.table)
    conditions.set(column.table, `${before ? `${before} OR ` : ''}${holdsKey(column)}`)
  }
  return conditions
}

/**
 * Removes the person from all derived tables, in every version that anybody has ever built. By then the
 * published one knows nothing of them.
 */
export async function removeDerived(erasure: Erasure): Promise<void> {
  for (const [table, condition] of await leftovers()) {
    const where = `project_id = {project_id:UInt64} AND (${condition})`
    const found = await rows(
      `SELECT 1 FROM ${table} WHERE ${where} LIMIT 1`,
      requestParams(erasure)
    )
    if (found.length === 0) continue
    // TRICKY: parts are rewritten one after the other; no reader may see a path without what took it back.
    if (table === 'paths') await command('OPTIMIZE TABLE paths FINAL')
    // A part that is marked as deleted may still hold them; see `dropDeletedRows`.
    await removeWithPlaces(erasure, `ALTER TABLE ${table} DELETE WHERE ${where}`)
  }
}

/** Tables in which rows are only marked as deleted, and the words that were theirs still lie. */
const masked = `SELECT DISTINCT table FROM system.parts
  WHERE database = currentDatabase() AND active AND has_lightweight_delete`

/** Physically removes what was deleted before, such as replaced builds of days. */
export async function dropDeletedRows(): Promise<void> {
  for (const { table } of await rows<{ table: string }>(masked)) {
    await command(`ALTER TABLE ${table} APPLY DELETED MASK`, { settings: { mutations_sync: '2' } })
  }
}
