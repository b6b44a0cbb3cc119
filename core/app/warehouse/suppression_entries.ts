import { aliasColumn, aliasKey, aliasTypes, documentKey } from './alias_keys.ts'
import { clickhouse, command, rows, type Params } from './client.ts'
import { personsNow } from './identity_versions.ts'
import { personalKinds, type PersonalKind } from './person_conditions.ts'
import {
  ownedFacts,
  personKeys,
  requestParams,
  unlogged,
  type PersonRequest,
} from './person_scope.ts'
import { entryOf, loggedPlace, recordEntry } from './suppression.ts'

/** A value that is not to come in any more, and what stands in its place. */
export interface SuppressionEntry {
  hash: string
  replacement: string
}

const isMine = (key: string) => `${key} IN (${personKeys})`
const order = (column: string) => documentKey.order(column)
/** The order is the person's, or nobody's: another vendor's number, perhaps. */
const isMineOrNobodys = (column: string) =>
  `(${isMine(order(column))} OR ${order(column)} NOT IN (SELECT alias_key FROM (${personsNow()})))`

/** Which values of a column of the person's facts name nobody else. */
function conditionOf(column: string): string {
  const type = aliasTypes.find((alias) => aliasColumn[alias] === column)
  if (type) return isMine(aliasKey[type](column))
  if (column === 'order_id') return isMineOrNobodys(column)
  return column === 'refund_of' ? isMine(order(column)) : 'true'
}

const ofKind = ({ kind }: PersonalKind) =>
  kind.columns
    .map(({ name }) => name)
    .filter((name) => Object.hasOwn(entryOf, name))
    .map(
      (name) => `
      SELECT ${entryOf[name]?.(name, loggedPlace)} AS hash FROM ${kind.log}
      WHERE project_id = {project_id:UInt64} AND ${name} != '' AND ${conditionOf(name)} AND fact_id IN (${ownedFacts(kind.log)})`
    )

const ofRecords = `
  SELECT ${recordEntry('record_key', loggedPlace)} AS hash FROM person_records
  WHERE project_id = {project_id:UInt64} AND request_id = {request_id:UInt64} AND run_id = 0`

const allEntries = `SELECT DISTINCT hash FROM (${[...personalKinds.flatMap(ofKind), ofRecords].join(' UNION ALL ')})`

/** What has to be listed so that the collected person does not come back; hashes only. */
export async function suppressionHashes(scope: PersonRequest): Promise<string[]> {
  const found = await rows<{ hash: string }>(allEntries, requestParams(scope))
  return found.map(({ hash }) => hash)
}

/** Makes the list known inside ClickHouse. Twice the same is once. */
export async function listSuppressed(
  projectId: string,
  entries: readonly SuppressionEntry[]
): Promise<void> {
  if (entries.length === 0) return
  await clickhouse().insert({
    table: 'suppressed',
    format: 'JSONEachRow',
    values: entries.map((entry) => ({ project_id: projectId, ...entry })),
    clickhouse_settings: unlogged,
  })
}

/** Takes an entry off the list; done once no row is compared with it any more. */
export async function unlistSuppressed(projectId: string, hash: string): Promise<void> {
  await command(
    'ALTER TABLE suppressed DELETE WHERE project_id = {project_id:UInt64} AND hash = {hash:String}',
    { params: { project_id: projectId, hash }, settings: { mutations_sync: '2' } }
  )
}

/** How many entries ClickHouse knows of a project. */
export async function countSuppressed(projectId: string): Promise<number> {
  const [found] = await rows<{ n: string }>(
    'SELECT count() AS n FROM suppressed FINAL WHERE project_id = {project_id:UInt64}',
    { project_id: projectId }
  )
  return Number(found?.n ?? 0)
}

/** What a value is listed as, and the key that it is known by; the value itself is kept nowhere. */
export async function identify(
  column: keyof typeof entryOf,
  key: string,
  params: Params
): Promise<{ key: string; hash: string }> {
  const hash =
    entryOf[column]?.('value', { ...loggedPlace, namespace: '{namespace:String}' }) ?? `''`
  const [found] = await rows<{ key: string; hash: string }>(
    `SELECT ${key} AS key, ${hash} AS hash FROM (SELECT {value:String} AS value)`,
    params
  )
  if (!found) throw new Error('ClickHouse answered nothing')
  return found
}
