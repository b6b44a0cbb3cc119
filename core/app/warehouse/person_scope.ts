import { command, rows, type Params } from './client.ts'
import { VENDOR_KEY } from './diff.ts'
import { personsNow } from './identity_versions.ts'
import { storedKinds } from './kinds.ts'
import { personalKinds, type PersonalKind } from './person_conditions.ts'
import { refreshParams, type RefreshSettings } from './refresh.ts'
import type { Version } from './versions.ts'

/** One request about a person, and as of when. */
export interface PersonRequest {
  requestId: string
  version: Version
  settings: RefreshSettings
  /** Of the project, for hashes. */
  salt: string
}

export const workTables = [
  'person_keys',
  'person_facts',
  'person_records',
  'person_moves',
  'person_rows',
] as const

export function requestParams({ requestId, version, settings, salt }: PersonRequest): Params {
  return {
    ...refreshParams(version, settings),
    namespaces_once: [...new Set(settings.sources.map((source) => source.namespace))],
    request_id: requestId,
    salt,
  }
}

const request = 'project_id = {project_id:UInt64} AND request_id = {request_id:UInt64}'
const head = '{project_id:UInt64}, {request_id:UInt64}'

const keysOfType = (...types: string[]) =>
  `SELECT key FROM person_keys WHERE ${request} AND type IN (${types.map((type) => `'${type}'`).join(', ')})`

/** Numbers of the person's identifiers and documents, as far as nobody else has them. */
export const personKeys = `SELECT key FROM (${keysOfType('alias', 'document')})
  WHERE key NOT IN (${keysOfType('shared')})`

const candidates = keysOfType('alias', 'document')

/** Facts of a log that are the person's. */
export const ownedFacts = (log: string): string =>
  `SELECT fact_id FROM person_facts WHERE ${request} AND log = '${log}' AND is_owned AND round = 2`

/** Nothing of what somebody asks is written down, not even by a server that logs its queries. */
export const unlogged = { log_queries: 0 } as const

async function run(scope: PersonRequest, sql: string, more: Params = {}): Promise<void> {
  await command(sql, { params: { ...requestParams(scope), ...more }, settings: unlogged })
}

const blocked = `SELECT alias_key FROM (${personsNow()}) WHERE is_blocked`

/** Identifiers and documents of other people. */
const others = `SELECT alias_key FROM (${personsNow()}) WHERE alias_key NOT IN (${candidates})`

const faces = `
  SELECT {start_key:UInt64} AS key
  UNION ALL SELECT person_key AS key FROM (${personsNow('alias_key = {start_key:UInt64}')})`

/**
 * The person of the key with all that is theirs; an identifier that stands alone is its own person.
 *
 * TRICKY: the identifier that a person is known by has no row of its own.
 */
const membersOf = `
  INSERT INTO person_keys (project_id, request_id, type, key)
  SELECT ${head}, 'alias', key FROM (
    SELECT key FROM (${faces})
    UNION DISTINCT
    SELECT alias_key AS key FROM (${personsNow()}) WHERE NOT is_blocked AND person_key IN (SELECT key FROM (${faces}))
  ) WHERE key NOT IN (${blocked})`

/** Facts that the keys lead to. The newest version tells whose a fact is, also where it says that it is gone. */
const factsOf = ({ kind: { log }, isOf, belongs }: PersonalKind, round: number) => `
  INSERT INTO person_facts (project_id, request_id, log, fact_id, round, integration_id, stream, is_keyed, is_owned)
  SELECT ${head}, '${log}', fact_id, ${round}, any(integration_id), any(stream),
    max(fact_id = xxh3_128(integration_id, stream, record_key)), argMax(${belongs(candidates, others, blocked)}, (commit_id, NOT is_deleted))
  FROM ${log}
  WHERE project_id = {project_id:UInt64} AND fact_id IN (
    SELECT fact_id FROM ${log} WHERE project_id = {project_id:UInt64} AND ${isOf(candidates)}
  )
  GROUP BY fact_id`

const facts = (log: string, round: number) =>
  `SELECT fact_id FROM person_facts WHERE ${request} AND log = '${log}' AND is_owned AND round = ${round}`

/** Numbers by which other rows name the documents of the facts. */
const keysOf = ({ kind: { log } }: PersonalKind, round: number, type: string, keys: string) => `
  INSERT INTO person_keys (project_id, request_id, type, key)
  SELECT DISTINCT ${head}, '${type}', arrayJoin(${keys}) AS key FROM ${log}
  WHERE project_id = {project_id:UInt64} AND fact_id IN (${facts(log, round)}) AND key != 0`

/** Identifiers that nobody else has, such as those of an earlier version. */
const lonelyAliases = (kind: PersonalKind) => {
  const elsewhere = personalKinds.map(
    (other) => `
      SELECT arrayJoin(${other.aliases}) AS key FROM ${other.kind.log}
      WHERE project_id = {project_id:UInt64} AND fact_id NOT IN (${facts(other.kind.log, 2)})`
  )
  return `
    INSERT INTO person_keys (project_id, request_id, type, key)
    SELECT DISTINCT ${head}, 'alias', arrayJoin(${kind.aliases}) AS key FROM ${kind.kind.log}
    WHERE project_id = {project_id:UInt64} AND fact_id IN (${facts(kind.kind.log, 2)}) AND key != 0
      AND key NOT IN (${blocked}) AND key NOT IN (${elsewhere.join(' UNION ALL ')})`
}

/** Identifiers that somebody else's facts name as well, such as the address of a household: they stay theirs. */
const sharedAliases = ({ aliases, kind: { log } }: PersonalKind) => `
  INSERT INTO person_keys (project_id, request_id, type, key)
  SELECT DISTINCT ${head}, 'shared', arrayJoin(newest) AS key FROM (
    SELECT argMax(${aliases}, (commit_id, NOT is_deleted)) AS newest FROM ${log}
    WHERE project_id = {project_id:UInt64} AND fact_id IN (
      SELECT fact_id FROM person_facts WHERE ${request} AND log = '${log}' AND NOT is_owned AND round = 2)
    GROUP BY fact_id
  ) WHERE key IN (${candidates})`

/** Vendor's records behind the facts; a record that is known by the vendor's key is one in every run. */
const recordsOf = (log: string) => `
  INSERT INTO person_records (project_id, request_id, integration_id, stream, run_id, record_key)
  SELECT DISTINCT ${head}, integration_id, stream, if(is_keyed, 0, run_id), if(is_keyed, ${VENDOR_KEY}, record_key)
  FROM ${log} INNER JOIN (
    SELECT fact_id, is_keyed FROM person_facts WHERE ${request} AND log = '${log}' AND is_owned AND round = 2
  ) AS owned USING (fact_id)
  WHERE project_id = {project_id:UInt64}`

/** Records of somebody else's facts that once named the person, in the runs in which they did. */
const recordsOfMentions = ({ mentions, kind: { log } }: PersonalKind) => `
  INSERT INTO person_records (project_id, request_id, integration_id, stream, run_id, record_key)
  SELECT DISTINCT ${head}, integration_id, stream, run_id, record_key FROM ${log}
  WHERE project_id = {project_id:UInt64} AND ${mentions(personKeys)} AND fact_id NOT IN (${facts(log, 2)})`

/** What else was made of these records, such as the products of an order. */
const siblingsOf = (log: string) => `
  INSERT INTO person_facts (project_id, request_id, log, fact_id, round, integration_id, stream, is_keyed, is_owned)
  SELECT ${head}, '${log}', fact_id, 2, any(integration_id), any(stream), true, true
  FROM ${log}
  WHERE project_id = {project_id:UInt64} AND (integration_id, stream, ${VENDOR_KEY}) IN (
    SELECT integration_id, stream, record_key FROM person_records WHERE ${request} AND run_id = 0
  ) AND fact_id NOT IN (${facts(log, 2)}) AND fact_id = xxh3_128(integration_id, stream, record_key)
  GROUP BY fact_id`

/** Removes what a request has noted. */
export async function forgetScope(requestId: string): Promise<void> {
  for (const table of workTables)
    await command(`ALTER TABLE ${table} DROP PARTITION ID '${BigInt(requestId)}'`)
}

const used = (logs: readonly string[]) =>
  logs
    .map(
      (log) =>
        `SELECT '${log}' AS log FROM (SELECT 1 FROM ${log} WHERE project_id = {project_id:UInt64} LIMIT 1)`
    )
    .join(' UNION ALL ')

/** Logs that hold anything of the project. */
async function usedLogs(scope: PersonRequest): Promise<Set<string>> {
  const logs = Object.values(storedKinds).map(({ log }) => log)
  const found = await rows<{ log: string }>(used(logs), requestParams(scope))
  return new Set(found.map(({ log }) => log))
}

/** Logs that hold facts of the collected person. */
export async function logsOfPerson(scope: PersonRequest): Promise<Set<string>> {
  const found = await rows<{ log: string }>(
    `SELECT DISTINCT log FROM person_facts WHERE ${request}`,
    requestParams(scope)
  )
  return new Set(found.map(({ log }) => log))
}

/**
 * Notes everything that belongs to the person of a key: identifiers, documents, facts and the vendor's
 * records behind them. Safe to repeat.
 */
export async function collectPerson(scope: PersonRequest, startKey: string): Promise<void> {
  await forgetScope(scope.requestId)
  await run(scope, membersOf, { start_key: startKey })
  const logs = await usedLogs(scope)
  const kinds = personalKinds.filter(({ kind }) => logs.has(kind.log))
  for (const kind of kinds) await run(scope, factsOf(kind, 1))
  for (const kind of kinds) await run(scope, keysOf(kind, 1, 'document', kind.documents))
  for (const kind of kinds) await run(scope, factsOf(kind, 2))
  for (const kind of kinds) {
    await run(scope, keysOf(kind, 2, 'document', kind.documents))
    await run(scope, keysOf(kind, 2, 'name', kind.names))
    await run(scope, lonelyAliases(kind))
  }
  for (const kind of kinds) await run(scope, sharedAliases(kind))
  for (const kind of kinds) {
    await run(scope, recordsOf(kind.kind.log))
    await run(scope, recordsOfMentions(kind))
  }
  for (const log of logs) await run(scope, siblingsOf(log))
}
