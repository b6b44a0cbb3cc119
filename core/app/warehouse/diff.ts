import { command, rows, type Params } from './client.ts'
import { storedKinds, type StoredColumn, type StoredKind, type StoredKindName } from './kinds.ts'
import { together } from './together.ts'
import { beforeCommit, currentFacts, versionParams, type Version } from './versions.ts'

/** Which pages of which attempts the published rows come from. */
export interface AcceptedPages {
  fence: number
  from: number
  to: number
}

/** What a publication replaces. */
export type Scope =
  /** Everything that the stream knew before. */
  | { type: 'all' }
  /** The days of a window, both ends included. */
  | { type: 'window'; from: string; to: string }
  /** Only the keys at hand, staged as rows or as deleted. */
  | { type: 'keys' }

/** Staged rows of one kind on their way into its log. */
export interface Change {
  version: Version
  kind: StoredKindName
  integrationId: string
  stream: string
  runId: string
  pages: readonly AcceptedPages[]
  scope: Scope
  /** Rows are told apart by their key, or by all that they say where they have none. */
  identity: 'record_key' | 'content'
  /** Of the project, for hashes of e-mail addresses and phone numbers. */
  salt: string
  observedAt: Date
}

/** Staged rows that one statement may compare at once. */
const ROWS_AT_ONCE = 4_000_000

/**
 * Writes what the staged rows change: new and changed facts to the log, tombstones for vanished ones.
 * The whole comparison runs inside ClickHouse.
 */
export async function writeChanges(change: Change): Promise<void> {
  const kind = storedKinds[change.kind]
  const params = paramsOf(change)
  const [{ count, isDistinct }, known] = await together(
    stagedRows(kind, change, params),
    isKnown(kind, change.scope, params)
  )
  const staged = { ...change, isDistinct }
  const chunks = Math.max(1, Math.ceil(count / ROWS_AT_ONCE))
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    const own = { ...params, chunk, chunks }
    // Both compare with the state before this commit, so their order is free.
    if (known) await run(change, `tombstones-${chunk}`, tombstones(kind, staged), own)
    await run(change, `upserts-${chunk}`, upserts(kind, staged, known), own)
  }
}

/** Blocks of this size are sorted and written side by side; in one block, one after the other. */
const SIDE_BY_SIDE = {
  max_insert_threads: '2',
  min_insert_block_size_rows: '300000',
  min_insert_block_size_bytes: '0',
  // Else wide rows are read a few thousand at a time, and each time costs something for every column.
  preferred_block_size_bytes: '16000000',
} as const

async function run(change: Change, step: string, sql: string, params: Params): Promise<void> {
  const id = `${change.version.commitId}-${change.stream}-${change.kind}-${step}`
  await command(sql, {
    params,
    queryId: `commit-${id}`,
    settings: {
      // A statement that is sent twice counts once.
      insert_deduplication_token: id,
      ...SIDE_BY_SIDE,
      // A list that is larger than memory spills instead of failing.
      max_bytes_before_external_group_by: '2000000000',
    },
  })
}

function paramsOf(change: Change): Params {
  const { scope } = change
  return {
    ...versionParams(change.version),
    integration_id: change.integrationId,
    stream: change.stream,
    run_id: change.runId,
    salt: change.salt,
    observed_at: change.observedAt.toISOString(),
    ...scopeParams(scope),
  }
}

export const scopeParams = (scope: Scope): Params =>
  scope.type === 'window' ? { window_from: scope.from, window_to: scope.to } : {}

/** Condition on staged rows, with a run and a stream as parameters. */
export function acceptedRows({ pages }: Pick<Change, 'pages'>): string {
  const accepted = pages.map(
    ({ fence, from, to }) =>
      `(fence = ${Number(fence)} AND page BETWEEN ${Number(from)} AND ${Number(to)})`
  )
  return `run_id = {run_id:UInt64} AND stream = {stream:String} AND (${accepted.join(' OR ') || 'false'})`
}

interface Staged {
  count: number
  /** No record was staged twice, as it is when a page was read again. */
  isDistinct: boolean
}

type StagedChange = Change & Pick<Staged, 'isDistinct'>

async function stagedRows(kind: StoredKind, change: Change, params: Params): Promise<Staged> {
  const countOf = async (expression: string) => {
    const sql = `SELECT ${expression} AS n FROM ${kind.stage} WHERE ${acceptedRows(change)}`
    const [found] = await rows<{ n: string }>(sql, params)
    return Number(found?.n ?? 0)
  }
  const count = await countOf('count()')
  // Where rows are told apart by all that they say, each counts.
  if (change.identity !== 'record_key') return { count, isDistinct: true }
  // To know the keys of more rows than are written at once would take as much memory.
  const isAsked = count <= ROWS_AT_ONCE
  return { count, isDistinct: isAsked && (await countOf('uniqExact(record_key)')) === count }
}

const ofStream = `${beforeCommit} AND integration_id = {integration_id:UInt64} AND stream = {stream:String}`

const inWindow = ({ grain }: StoredKind): string =>
  `${ofStream} AND ${grain} BETWEEN {window_from:Date} AND {window_to:Date}`

/**
 * Whether the stream has written facts of the kind before, of a window facts of its days: a first load has
 * nothing to compare with.
 */
export async function isKnown(kind: StoredKind, scope: Scope, params: Params): Promise<boolean> {
  const where = scope.type === 'window' ? inWindow(kind) : ofStream
  const found = await rows(`SELECT 1 FROM ${kind.log} WHERE ${where} LIMIT 1`, params)
  return found.length > 0
}

/** Which facts of the log the scope speaks about. */
function scopeFilter(kind: StoredKind, change: Change): string {
  if (change.scope.type === 'window') return inWindow(kind)
  if (change.scope.type === 'keys')
    return `${ofStream} AND ${VENDOR_KEY} IN (${readKeys(kind, change)})`
  return ofStream
}

/** 128 bits, at a tenth of the time that a cryptographic hash takes. */
const factOf = (identity: string) =>
  `xxh3_128({integration_id:UInt64}, {stream:String}, ${identity}) AS fact_id`

/** Several facts of one kind out of one vendor record are numbered behind this character. */
export const VENDOR_KEY = `splitByChar('\\x1f', record_key)[1]`

/** Vendor records that were read or are known to be gone: what the scope `keys` speaks about. */
function readKeys(kind: StoredKind, change: Change): string {
  return `SELECT ${VENDOR_KEY} FROM ${kind.stage} WHERE ${acceptedRows(change)}
    UNION ALL SELECT record_key FROM stage_deleted WHERE ${acceptedRows(change)}`
}

/** Staged rows in the log's columns, with the fact they are a version of. */
function stagedFacts(kind: StoredKind, change: StagedChange): string {
  const columns = kind.columns.map(({ name, from }) =>
    name === from ? name : `${from} AS ${name}`
  )
  const own = `record_key, page, fence, _part_offset AS position, ${columns.join(', ')},
    ${kind.updatedAt ? `ifNull(${kind.updatedAt}, toDateTime64(0, 3, 'UTC'))` : `toDateTime64(0, 3, 'UTC')`} AS vendor_updated_at,
    ${rowHash(kind)} AS row_hash`
  const chunk = 'fact_id % {chunks:UInt32} = {chunk:UInt32}'
  if (change.identity === 'record_key') {
    const newest = `ORDER BY fact_id, vendor_updated_at DESC, fence DESC, page DESC, position DESC LIMIT 1 BY fact_id`
    return `SELECT * FROM (
      SELECT ${own}, ${factOf('record_key')} FROM ${kind.stage} WHERE ${acceptedRows(change)}
    ) WHERE ${chunk} ${change.isDistinct ? '' : newest}`
  }
  // Two equal rows are two rows: the second has ordinal 2. Few rows repeat, so only those are numbered.
  return `SELECT * FROM (
    SELECT ${own}, ${factOf('payload_key, row_hash, greatest(ordinal, 1)')}
    FROM ${kind.stage} ANY LEFT JOIN (${repeated(kind, change)}) AS repeated USING (record_key)
    WHERE ${acceptedRows(change)}
  ) WHERE ${chunk}`
}

function repeated(kind: StoredKind, change: Change): string {
  const own = acceptedRows(change)
  return `SELECT record_key,
      toUInt64(row_number() OVER (PARTITION BY payload_key ORDER BY toUInt64OrZero(record_key), record_key)) AS ordinal
    FROM ${kind.stage}
    WHERE ${own} AND payload_key IN (
      SELECT payload_key FROM ${kind.stage} WHERE ${own} GROUP BY payload_key HAVING count() > 1
    )`
}

/** A hash over a null is null, which equals nothing; as text a null is told from every amount. */
const hashable = ({ name, isNullable }: StoredColumn): string =>
  isNullable ? `ifNull(toString(${name}), 'null')` : name

/** What a fact says, as one number: versions that say the same are one. */
export const rowHash = (kind: StoredKind): string =>
  `cityHash64(${kind.columns.map(hashable).join(', ')})`

export const logColumns = (kind: StoredKind) =>
  `(project_id, integration_id, stream, fact_id, commit_id, is_deleted, row_hash, run_id, record_key,
    vendor_updated_at, observed_at, ${kind.columns.map(({ name }) => name).join(', ')})`

const logHead = (deleted: boolean) =>
  `{project_id:UInt64}, {integration_id:UInt64}, {stream:String}, fact_id, {commit_id:UInt64}, ${deleted},
    row_hash, {run_id:UInt64}, record_key, vendor_updated_at, parseDateTime64BestEffort({observed_at:String}, 3, 'UTC')`

function upserts(kind: StoredKind, change: StagedChange, known: boolean): string {
  const names = kind.columns.map(({ name }) => name).join(', ')
  const insert = `INSERT INTO ${kind.log} ${logColumns(kind)} SELECT ${logHead(false)}, ${names}`
  if (!known) return `${insert} FROM (${stagedFacts(kind, change)})`
  const current = currentFacts(
    kind.log,
    kind.grain,
    `fact_id, row_hash AS known_hash, vendor_updated_at AS known_updated_at`,
    scopeFilter(kind, change)
  )
  // A stale version, such as a webhook that comes late, loses; an equal one is no change.
  return `${insert} FROM (${stagedFacts(kind, change)}) AS staged
    LEFT JOIN (SELECT *, true AS is_known FROM (${current})) AS known USING (fact_id)
    WHERE NOT is_known OR (known_hash != row_hash AND known_updated_at <= vendor_updated_at)`
}

/** Facts that are gone, and old places of facts that moved: both need a tombstone where they stood. */
function tombstones(kind: StoredKind, change: StagedChange): string {
  const names = kind.columns.map(({ name }) => name).join(', ')
  const { grain } = kind
  const current = currentFacts(kind.log, kind.grain, '*', scopeFilter(kind, change))
  const staged = `SELECT fact_id, ${grain} AS staged_grain, true AS is_staged FROM (${stagedFacts(kind, change)})`
  return `INSERT INTO ${kind.log} ${logColumns(kind)} SELECT ${logHead(true)}, ${names}
    FROM (${current}) AS known LEFT JOIN (${staged}) AS staged USING (fact_id)
    WHERE fact_id % {chunks:UInt32} = {chunk:UInt32}
      AND (NOT is_staged OR staged_grain != ${grain})`
}
