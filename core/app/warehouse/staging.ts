import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { wire, type WireColumn } from '@analyticaflow/sdk'
import { clickhouse, command, rows } from './client.ts'
import { storedKinds, structureOf, type StoredKindName } from './kinds.ts'
import { tokenInText } from './suppressed_texts.ts'
import { suppressedColumns, suppressionParams, withToken, type Suppression } from './suppression.ts'

/** One attempt at one page of a run: what a staged row belongs to. */
export interface PageRef {
  runId: string
  stream: string
  /** Number of the worker's take-over of the run. */
  fence: number
  page: number
}

/** Lines of one kind in the SDK's wire format. */
export interface StagedLines {
  kind: StoredKindName
  /** Whole lines, in one or several pieces. */
  bytes: Uint8Array | readonly Uint8Array[]
  /** Columns of the lines; absent: all of the kind. */
  columns?: readonly string[]
}

/** What goes into staging out of the lines: rows of erased people without what they say of them. */
function selected({ kind }: StagedLines, columns: readonly WireColumn[], list?: Suppression) {
  const input = `input('${structureOf(columns).replaceAll("'", "\\'")}')`
  if (!list) return `* FROM ${input}`
  const present = columns.map(({ name }) => name)
  return `${suppressedColumns(kind, present, list.isKeyed)} FROM (${withToken(input, present, list.isKeyed)})`
}

/**
 * Puts encoded lines into their staging table. The same page of the same attempt counts once,
 * however often the insert is retried; lines with other columns are another part of it.
 *
 * @throws ClickHouseError when a line does not fit the columns; then nothing of the page is staged
 */
export async function stageLines(
  ref: PageRef,
  lines: StagedLines,
  part = 0,
  suppression?: Suppression
): Promise<void> {
  const { stage } = storedKinds[lines.kind]
  const { columns: present } = lines
  const columns = wire[lines.kind].columns.filter(({ name }) => present?.includes(name) ?? true)
  const names = columns.map(({ name }) => name).join(', ')
  const { stream } = await clickhouse().exec({
    query: `INSERT INTO ${stage} (run_id, stream, fence, page, ${names})
      SELECT {run_id:UInt64}, {stream:String}, {fence:UInt32}, {page:UInt32}, ${selected(lines, columns, suppression)}
      FORMAT TabSeparated`,
    values: Readable.from(lines.bytes instanceof Uint8Array ? [lines.bytes] : lines.bytes),
    query_params: {
      ...(suppression && suppressionParams(suppression)),
      ...{ run_id: ref.runId, stream: ref.stream, fence: ref.fence, page: ref.page },
    },
    clickhouse_settings: {
      insert_deduplication_token: `${ref.runId}:${ref.stream}:${ref.fence}:${ref.page}:${part}`,
    },
  })
  // TRICKY: an answer that nobody reads keeps its connection, and soon there are none left.
  await finished(stream.resume())
}

/** Puts keys of records that are gone into staging, where they wait with the rows of their page. */
export async function stageDeleted(ref: PageRef, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return
  const { runId, stream, fence, page } = ref
  await clickhouse().insert({
    table: 'stage_deleted',
    format: 'JSONCompactEachRow',
    values: keys.map((key) => [runId, stream, fence, page, key]),
    clickhouse_settings: {
      insert_deduplication_token: `deleted:${runId}:${stream}:${fence}:${page}`,
    },
  })
}

/** A row that was set aside. */
export interface Rejection {
  line: number
  field: string
  message: string
  raw: string
}

const rejected = `line UInt64, field String, message String, raw String`
const ERASED_MESSAGE = 'A row of somebody who was erased'

/** Keeps rejected rows of a page with their reasons. */
export async function storeRejections(
  projectId: string,
  ref: PageRef,
  rejections: readonly Rejection[],
  suppression?: Suppression
): Promise<void> {
  if (rejections.length === 0) return
  const token = suppression ? tokenInText(`concat(raw, ' ', message)`) : `''`
  const { stream } = await clickhouse().exec({
    query: `INSERT INTO rejected_rows (project_id, run_id, stream, fence, page, line, field, message, raw)
      SELECT {project_id:UInt64}, {run_id:UInt64}, {stream:String}, {fence:UInt32}, {page:UInt32}, line, field,
        if(token = '', message, '${ERASED_MESSAGE}'), if(token = '', raw, 'erased')
      FROM (SELECT *, ${token} AS token FROM input('${rejected}')) FORMAT JSONEachRow`,
    values: Readable.from(rejections.map((rejection) => `${JSON.stringify(rejection)}\n`)),
    query_params: {
      ...(suppression && suppressionParams(suppression)),
      ...{ project_id: projectId, run_id: ref.runId, stream: ref.stream },
      ...{ fence: ref.fence, page: ref.page },
    },
    clickhouse_settings: {
      insert_deduplication_token: `rejected:${ref.runId}:${ref.stream}:${ref.fence}:${ref.page}`,
    },
  })
  await finished(stream.resume())
}

const tables = ['stage_deleted', ...Object.values(storedKinds).map(({ stage }) => stage)]

/** Runs that have rows in staging. */
export async function stagedRuns(): Promise<string[]> {
  const found = await rows<{ partition_id: string }>(
    `SELECT DISTINCT partition_id FROM system.parts
     WHERE active AND database = currentDatabase() AND table IN {tables:Array(String)}`,
    { tables }
  )
  return found.map(({ partition_id: runId }) => runId)
}

/** Forgets everything that a run has staged. */
export async function dropStaged(runId: string): Promise<void> {
  const found = await rows<{ table: string }>(
    `SELECT DISTINCT table FROM system.parts
     WHERE active AND database = currentDatabase() AND table IN {tables:Array(String)} AND partition_id = {run_id:String}`,
    { tables, run_id: runId }
  )
  await Promise.all(
    found.map(({ table }) => command(`ALTER TABLE ${table} DROP PARTITION ID '${BigInt(runId)}'`))
  )
}
