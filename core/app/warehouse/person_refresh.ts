import { Readable } from 'node:stream'
import { clickhouse, command, rows, type Params } from './client.ts'
import { knowsDocuments } from './identity_links.ts'
import { documentsBefore, documentsNow, linksNow, personsBefore } from './identity_versions.ts'
import {
  noIdentitySettings,
  refreshParams,
  type IdentitySettings,
  type RefreshSettings,
} from './refresh.ts'
import { together } from './together.ts'
import { beforeCommit, type Version } from './versions.ts'

const own = 'project_id = {project_id:UInt64} AND commit_id = {commit_id:UInt64}'
const head = '{project_id:UInt64}, {commit_id:UInt64}'

const nodes = `SELECT alias_key FROM identity_nodes WHERE ${own}`
const changedNodes = `${nodes} AND is_changed`
const blockedNow = `SELECT alias_key FROM persons_work WHERE ${own} AND is_blocked`

const keysOf = (documents: string) => `
  SELECT DISTINCT arrayJoin(arrayConcat([document_key, linked_key], alias_keys)) AS alias_key
  FROM (${documents})`
const documentsOf = (aliases: string) =>
  documentsNow(
    `document_key IN (SELECT document_key FROM (${linksNow(`alias_key IN (${aliases})`)}) WHERE NOT is_lookup)`
  )

const insertNodes = (keys: string, isChanged: boolean) => `
  INSERT INTO identity_nodes (project_id, commit_id, alias_key, is_changed)
  SELECT ${head}, alias_key, ${isChanged} FROM (${keys}) WHERE alias_key != 0`

const changedDocuments = `SELECT document_key FROM identity_documents WHERE ${own}`

/** What changed documents name, now and before. */
const ofDocuments = keysOf(`
  SELECT document_key, linked_key, alias_keys FROM identity_documents WHERE ${own}
  UNION ALL
  SELECT document_key, linked_key, alias_keys FROM (${documentsBefore(`document_key IN (${changedDocuments})`)})`)

/** Keys of pairs that were split or are joined again, and all that the documents name that name both. */
const ofSplits = `
  SELECT arrayJoin({split_keys:Array(UInt64)}) AS alias_key
  UNION DISTINCT
  ${keysOf(
    documentsNow(`document_key IN (
      SELECT document_key FROM (
        SELECT alias_key, document_key FROM (${linksNow('alias_key IN {split_keys:Array(UInt64)}')})
        UNION ALL
        SELECT key AS alias_key, key AS document_key FROM (SELECT arrayJoin({split_keys:Array(UInt64)}) AS key)
      )
      GROUP BY document_key HAVING count() > 1 OR document_key IN {split_keys:Array(UInt64)}
    )`)
  )}`

const insertBlocked = (aliases: string) => `
  INSERT INTO persons_work (project_id, commit_id, alias_key, person_key, is_blocked, is_anonymous)
  SELECT ${head}, alias_key, alias_key, true, false FROM (${aliases})`

/** TRICKY: the parameter of the aggregate bounds what it holds, so it cannot be a bound value. */
const tooCommon = (documents: string, where: string, maxLinks: number) => `
  SELECT alias_key FROM (
    SELECT arrayJoin(alias_keys) AS alias_key, alias_keys FROM (${documents}) WHERE length(alias_keys) > 1
  )
  WHERE ${where}
  GROUP BY alias_key
  HAVING length(groupUniqArrayArray(${Math.trunc(maxLinks) + 2})(alias_keys)) > ${Math.trunc(maxLinks) + 1}`

const wereBlocked = `
  SELECT alias_key FROM (${personsBefore(`alias_key IN (SELECT alias_key FROM persons WHERE ${beforeCommit} AND is_blocked)`)})
  WHERE is_blocked`

/** Those among the changed ones, and the others that were blocked before. */
const blockedOf = (maxLinks: number) => `
  ${tooCommon(documentsOf(changedNodes), `alias_key IN (${changedNodes})`, maxLinks)}
  UNION ALL
  SELECT alias_key FROM (${wereBlocked}) WHERE alias_key NOT IN (${changedNodes})`

/** Identifiers that stopped joining with this commit, or join again. */
const switched = `
  SELECT alias_key FROM (${blockedNow} UNION ALL ${wereBlocked})
  GROUP BY alias_key HAVING count() = 1`

const persons = `SELECT person_key FROM (${personsBefore(`alias_key IN (${nodes})`)})`
const formerPersons = `${nodes} UNION DISTINCT ${persons}`

/** All that belonged to one of their persons. */
const members = `
  SELECT alias_key FROM (${personsBefore(
    `alias_key IN (SELECT alias_key FROM persons WHERE ${beforeCommit} AND person_key IN (${formerPersons}))`
  )})
  WHERE person_key IN (${formerPersons})
  UNION DISTINCT
  SELECT person_key AS alias_key FROM (${persons})`

const fields = `document_key, toUnixTimestamp64Milli(event_time), alias_keys, is_owned, linked_key, document_type = 'touchpoint'`
const everyDocument = `SELECT ${fields} FROM (${documentsNow()})`
const documentsOfNodes = `
  SELECT ${fields} FROM (${documentsNow(`document_key IN (
    ${nodes}
    UNION DISTINCT
    SELECT document_key FROM (${linksNow(`alias_key IN (${nodes}) AND alias_key NOT IN (${blockedNow})`)}) WHERE NOT is_lookup
  )`)})`

const insertPersons = `INSERT INTO persons (project_id, commit_id, alias_key, person_key, is_blocked, is_anonymous, is_deleted)`

/** Of the persons that were computed, those that are others than before. */
const upserts = (isComputed: string) => `${insertPersons}
  SELECT ${head}, alias_key, person_key, is_blocked, is_anonymous, false
  FROM (SELECT * FROM persons_work WHERE ${own} AND ${isComputed}) AS work
  LEFT JOIN (
    SELECT alias_key, true AS is_known, (person_key, is_blocked, is_anonymous) AS known
    FROM (${personsBefore(`alias_key IN (SELECT alias_key FROM persons_work WHERE ${own})`)})
  ) AS known USING (alias_key)
  WHERE NOT is_known OR known != (person_key, is_blocked, is_anonymous)`

const tombstones = (isComputed: string) => `${insertPersons}
  SELECT ${head}, alias_key, person_key, is_blocked, is_anonymous, true
  FROM (${personsBefore(isComputed)})
  WHERE alias_key NOT IN (SELECT alias_key FROM persons_work WHERE ${own})`

/** One document as it leaves the warehouse; 64 bits are texts. */
export type DocumentRow = [
  key: string,
  time: string,
  aliases: string[],
  isOwned: boolean,
  linked: string,
  isTouch: boolean,
]

/** A row of `persons` to be. */
export interface PersonRow {
  key: bigint
  person: bigint
  isAnonymous: boolean
}

const LINES_AT_ONCE = 10_000

/** TabSeparated lines in pieces that are worth sending. */
function* lines(version: Version, persons: Iterable<PersonRow>): Generator<string> {
  let piece: string[] = []
  for (const { key, person, isAnonymous } of persons) {
    piece.push(
      `${version.projectId}\t${version.commitId}\t${key}\t${person}\t0\t${isAnonymous ? 1 : 0}\n`
    )
    if (piece.length < LINES_AT_ONCE) continue
    yield piece.join('')
    piece = []
  }
  yield piece.join('')
}

/**
 * Persons whose documents a commit changed: which nodes of the graph have to be looked at, what is known
 * of them, and where the result goes. Everything but the graph itself stays inside ClickHouse.
 */
export class PersonRefresh {
  readonly #version: Version
  readonly #identity: IdentitySettings
  readonly #params: Params
  /** All nodes, instead of those within reach of the change. */
  #isAll: boolean

  constructor(version: Version, settings: RefreshSettings) {
    this.#version = version
    this.#identity = settings.identity ?? noIdentitySettings
    this.#isAll = (settings.everything ?? false) || this.#identity.everything
    const changed = this.#identity.changedSplits.flat()
    this.#params = { ...refreshParams(version, settings), split_keys: changed.map(BigInt) }
  }

  /** Finds all nodes whose person may be another one, and the identifiers that join nobody. */
  async prepare(): Promise<void> {
    const identity = this.#identity
    this.#isAll ||= !(await knowsDocuments(this.#params))
    if (this.#isAll) {
      await this.#run(
        'blocked',
        insertBlocked(tooCommon(documentsNow(), 'true', identity.maxLinks))
      )
      return
    }
    await this.#run('nodes', insertNodes(ofDocuments, true))
    if (identity.changedSplits.length > 0) await this.#run('split', insertNodes(ofSplits, true))
    await this.#run('blocked', insertBlocked(blockedOf(identity.maxLinks)))
    await this.#run('switched', insertNodes(keysOf(documentsOf(switched)), false))
    await this.#run('members', insertNodes(members, false))
  }

  /** Identifiers that are tied to too many others. */
  async blocked(): Promise<Set<bigint>> {
    const found = await rows<{ alias_key: string }>(blockedNow, this.#params)
    return new Set(found.map(({ alias_key: key }) => BigInt(key)))
  }

  /** Documents of the nodes, some at a time, in any order. */
  async *documents(): AsyncGenerator<DocumentRow[]> {
    const result = await clickhouse().query({
      query: this.#isAll ? everyDocument : documentsOfNodes,
      query_params: this.#params,
      format: 'JSONCompactEachRow',
    })
    for await (const part of result.stream<DocumentRow>()) yield part.map((row) => row.json())
  }

  /** Writes what changed of the persons. */
  async write(persons: Iterable<PersonRow>): Promise<void> {
    await clickhouse().insert({
      table: 'persons_work',
      values: Readable.from(lines(this.#version, persons), { objectMode: false }),
      format: 'TabSeparated',
      columns: ['project_id', 'commit_id', 'alias_key', 'person_key', 'is_blocked', 'is_anonymous'],
      clickhouse_settings: { insert_deduplication_token: this.#token('computed') },
    })
    const isComputed = this.#isAll ? 'true' : `alias_key IN (${nodes})`
    // Both compare with the state before this commit.
    await together(
      this.#run('persons', upserts(isComputed)),
      this.#run('persons-gone', tombstones(isComputed))
    )
    const partition = `DROP PARTITION ID '${BigInt(this.#version.commitId)}'`
    await Promise.all(
      ['identity_nodes', 'persons_work'].map((table) =>
        command(`ALTER TABLE ${table} ${partition}`)
      )
    )
  }

  #token(step: string): string {
    return `${this.#version.commitId}:persons:${step}`
  }

  #run(step: string, sql: string): Promise<void> {
    return command(sql, {
      params: this.#params,
      queryId: `commit-${this.#version.commitId}-persons-${step}`,
      settings: { insert_deduplication_token: this.#token(step) },
    })
  }
}
