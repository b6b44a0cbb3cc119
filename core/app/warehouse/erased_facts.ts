import { aliasColumn, aliasTypes } from './alias_keys.ts'
import { logColumns, rowHash, VENDOR_KEY } from './diff.ts'
import { erased, ERASED_PAYLOAD, erasedKey, erasedPayload, TOKEN } from './erased_columns.ts'
import type { StoredKind } from './kinds.ts'
import type { PersonalKind } from './person_conditions.ts'
import { ownedFacts, personKeys } from './person_scope.ts'
import { beforeCommit, currentFacts } from './versions.ts'

/** Equal rows of one file that are told apart; more of them are one. */
const MOST_EQUAL = 1000

const request = 'project_id = {project_id:UInt64} AND request_id = {request_id:UInt64}'

export const movesOf = (log: string): string =>
  `SELECT fact_id, new_fact_id, is_keyed FROM person_moves WHERE ${request} AND log = '${log}'`
const moved = (log: string) => `SELECT fact_id FROM (${movesOf(log)})`

const head = `project_id, integration_id, stream, fact_id, commit_id, is_deleted, run_id, record_key, vendor_updated_at, observed_at`
const namesOf = (kind: StoredKind) => kind.columns.map(({ name }) => name).join(', ')

/** Rows of a log as they are once their person is erased; `more` are columns to carry along. */
function erasedRows(kind: StoredKind, rows: string, more = ''): string {
  const renamed = kind.columns.map(({ name }) => `${name} AS old_${name}`)
  const rewritten = kind.columns.map(({ name }) => `${erased(name, `old_${name}`)} AS ${name}`)
  return `SELECT ${head}, old_hash, ${TOKEN}, ${rewritten.join(', ')} ${more}
    FROM (SELECT ${head}, row_hash AS old_hash, {token:String} AS ${TOKEN}, ${renamed.join(', ')} ${more} FROM (${rows}))`
}

const insertMoves = (log: string, select: string) => `
  INSERT INTO person_moves (project_id, request_id, log, fact_id, new_fact_id, is_keyed)
  SELECT {project_id:UInt64}, {request_id:UInt64}, '${log}', fact_id, new_fact_id, is_keyed FROM (${select})`

/** A fact that is known by its vendor's key is known by another key now. */
const keyedMoves = ({ log }: StoredKind) =>
  insertMoves(
    log,
    `SELECT fact_id, any(xxh3_128(integration_id, stream, ${erasedKey(VENDOR_KEY, 'record_key')})) AS new_fact_id, true AS is_keyed
    FROM (SELECT *, {token:String} AS ${TOKEN} FROM ${log} WHERE project_id = {project_id:UInt64} AND fact_id IN (${ownedFacts(log)}))
    WHERE fact_id = xxh3_128(integration_id, stream, record_key)
    GROUP BY fact_id`
  )

/**
 * Facts that are known by what their line of a file says, as they will be without their person, with the
 * line's payload and which of its equals it is.
 */
export const ownLines = (kind: StoredKind): string => {
  const { log } = kind
  const lines = `
    SELECT facts.*, payload FROM (
      SELECT * FROM ${log} WHERE project_id = {project_id:UInt64} AND NOT is_deleted AND fact_id IN (${ownedFacts(log)})
        AND fact_id != xxh3_128(integration_id, stream, record_key)
    ) AS facts
    INNER JOIN (
      SELECT integration_id, stream, run_id, record_key, payload FROM records
      WHERE project_id = {project_id:UInt64} AND (integration_id, stream, run_id, record_key) IN (
        SELECT integration_id, stream, run_id, record_key FROM person_records WHERE ${request} AND run_id != 0)
    ) AS lines USING (integration_id, stream, run_id, record_key)`
  const ordinal = `arrayFirst(
    number -> xxh3_128(integration_id, stream, xxh3_128(payload), old_hash, toUInt64(number)) = fact_id, range(1, ${MOST_EQUAL}))`
  return `SELECT *, toUInt64(${ordinal}) AS ordinal FROM (${erasedRows(kind, lines, ', payload')}) WHERE ordinal != 0`
}

/** The id of such a fact, over what its line says instead. */
export const lineId = (kind: StoredKind, payload: string): string =>
  `xxh3_128(integration_id, stream, xxh3_128(${payload}), ${rowHash(kind)}, ordinal)`

const contentMoves = (kind: StoredKind) =>
  insertMoves(
    kind.log,
    `SELECT fact_id, any(${lineId(kind, erasedPayload('payload'))}) AS new_fact_id, false AS is_keyed
    FROM (${ownLines(kind)}) GROUP BY fact_id`
  )

/** Facts of which nothing else is known. */
const otherMoves = ({ log }: StoredKind) =>
  insertMoves(
    log,
    `SELECT DISTINCT fact_id, xxh3_128({token:String}, {salt:String}, fact_id) AS new_fact_id, false AS is_keyed
    FROM (${ownedFacts(log)}) WHERE fact_id NOT IN (${moved(log)})`
  )

/** Which facts take the place of those that were collected, by statements in order. */
export const movesOfKind = (kind: StoredKind): string[] => [
  keyedMoves(kind),
  contentMoves(kind),
  otherMoves(kind),
]

const newKey = `if(is_keyed, ${erasedKey(VENDOR_KEY, 'record_key')}, record_key)`

/** Rows under their new facts, as columns of the log. */
const rewritten = (kind: StoredKind, rows: string, commit: string) => `
  SELECT project_id, integration_id, stream, new_fact_id, ${commit}, is_deleted, ${rowHash(kind)}, run_id, ${newKey} AS new_record_key,
    vendor_updated_at, observed_at, ${namesOf(kind)}
  FROM (${erasedRows(kind, rows)}) AS facts INNER JOIN (${movesOf(kind.log)}) AS moves USING (fact_id)`

/** The facts as they stand are gone with the commit, and others have come. */
export function replaceFacts(kind: StoredKind): { gone: string; come: string } {
  const { log, grain } = kind
  const current = currentFacts(log, grain, '*', `${beforeCommit} AND fact_id IN (${moved(log)})`)
  return {
    gone: `INSERT INTO ${log} ${logColumns(kind)}
      SELECT project_id, integration_id, stream, fact_id, {commit_id:UInt64}, true, row_hash, run_id, record_key,
        vendor_updated_at, observed_at, ${namesOf(kind)}
      FROM (${current})`,
    come: `INSERT INTO ${log} ${logColumns(kind)} ${rewritten(kind, current, '{commit_id:UInt64}')}`,
  }
}

/**
 * The history of the facts, under the new ones. What was written already is not written again, so that a
 * process which was killed can be followed by another one.
 */
export function replaceHistory(kind: StoredKind): { copy: string; remove: string } {
  const { log } = kind
  const version = 'fact_id, commit_id, is_deleted, run_id, record_key'
  const history = `SELECT * FROM ${log}
    WHERE project_id = {project_id:UInt64} AND commit_id < {commit_id:UInt64} AND commit_id NOT IN {aborted:Array(UInt64)}
      AND fact_id IN (${moved(log)})`
  const columns = logColumns(kind)
  return {
    copy: `INSERT INTO ${log} ${columns}
      SELECT * FROM (${rewritten(kind, history, 'commit_id')})
      WHERE (new_fact_id, commit_id, is_deleted, run_id, new_record_key) NOT IN (
        SELECT ${version} FROM ${log}
        WHERE project_id = {project_id:UInt64} AND fact_id IN (SELECT new_fact_id FROM (${movesOf(log)})))`,
    remove: `ALTER TABLE ${log} DELETE
      WHERE project_id = {project_id:UInt64} AND fact_id IN (${moved(log)})`,
  }
}

/**
 * Former versions of somebody else's facts that named the person: they go on, without identifiers. As
 * `replaceHistory`.
 */
export function replaceMentions({ kind, mentions }: PersonalKind): {
  copy: string
  remove: string
} {
  const { log } = kind
  const version = 'fact_id, commit_id, is_deleted, run_id'
  const own = `project_id = {project_id:UInt64} AND fact_id NOT IN (${ownedFacts(log)})`
  const rows = `SELECT *, {token:String} AS ${TOKEN} FROM ${log}
    WHERE ${own} AND ${mentions(personKeys)} AND commit_id NOT IN {aborted:Array(UInt64)}`
  const isAlias = (name: string) => aliasTypes.some((type) => aliasColumn[type] === name)
  const instead = (name: string) => (isAlias(name) ? erased(name, name) : name)
  return {
    copy: `INSERT INTO ${log} ${logColumns(kind)}
      SELECT project_id, integration_id, stream, fact_id, commit_id, is_deleted, 0, run_id, record_key,
        vendor_updated_at, observed_at, ${kind.columns.map(({ name }) => instead(name)).join(', ')}
      FROM (${rows})
      WHERE (${version}) NOT IN (SELECT ${version} FROM ${log} WHERE ${own} AND NOT ${mentions(personKeys)})`,
    remove: `ALTER TABLE ${log} DELETE WHERE ${own} AND ${mentions(personKeys)}`,
  }
}

const records = 'project_id = {project_id:UInt64}'
const ofRecords = `${records} AND NOT startsWith(payload, '${ERASED_PAYLOAD}') AND (
  (integration_id, stream, ${VENDOR_KEY}) IN (
    SELECT integration_id, stream, record_key FROM person_records WHERE ${request} AND run_id = 0)
  OR (integration_id, stream, run_id, record_key) IN (
    SELECT integration_id, stream, run_id, record_key FROM person_records WHERE ${request} AND run_id != 0))`
const isKeyed = `(integration_id, stream, ${VENDOR_KEY}) IN (
    SELECT integration_id, stream, record_key FROM person_records WHERE ${request} AND run_id = 0)`

/** The vendor's records behind them, as `replaceHistory`. */
export const replaceRecords = {
  copy: `INSERT INTO records
    SELECT project_id, integration_id, stream, run_id, new_key, commit_id, observed_at, cityHash64(new_payload) AS new_hash, new_payload
    FROM (
      SELECT *, if(${isKeyed}, ${erasedKey(VENDOR_KEY, 'record_key')}, record_key) AS new_key,
        ${erasedPayload('payload')} AS new_payload
      FROM (SELECT *, {token:String} AS ${TOKEN} FROM records WHERE ${ofRecords})
    )
    WHERE (integration_id, stream, run_id, new_key, commit_id, new_hash) NOT IN (
      SELECT integration_id, stream, run_id, record_key, commit_id, hash FROM records
      WHERE ${records} AND startsWith(payload, '${ERASED_PAYLOAD}'))`,
  remove: `ALTER TABLE records DELETE WHERE ${ofRecords}`,
}
