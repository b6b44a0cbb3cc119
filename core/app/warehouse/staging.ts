import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { wire } from '@analyticaflow/sdk'
import { clickhouse, command } from './client.ts'
import { storedKinds, structureOf, type StoredKindName } from './kinds.ts'

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

/**
 * Puts encoded lines into their staging table. The same page of the same attempt counts once,
 * however often the insert is retried; lines with other columns are another part of it.
 *
 * @throws ClickHouseError when a line does not fit the columns; then nothing of the page is staged
 */
export async function stageLines(ref: PageRef, lines: StagedLines, part = 0): Promise<void> {
  const { stage } = storedKinds[lines.kind]
  const { columns: present } = lines
  const columns = wire[lines.kind].columns.filter(({ name }) => present?.includes(name) ?? true)
  const names = columns.map(({ name }) => name).join(', ')
  const { stream } = await clickhouse().exec({
    query: `INSERT INTO ${stage} (run_id, stream, fence, page, ${names})
      SELECT {run_id:UInt64}, {stream:String}, {fence:UInt32}, {page:UInt32}, *
      FROM input('${structureOf(columns).replaceAll("'", "\\'")}') FORMAT TabSeparated`,
    values: Readable.from(lines.bytes instanceof Uint8Array ? [lines.bytes] : lines.bytes),
    query_params: { run_id: ref.runId, stream: ref.stream, fence: ref.fence, page: ref.page },
    clickhouse_settings: {
      insert_deduplication_token: `${ref.runId}:${ref.stream}:${ref.fence}:${ref.page}:${part}`,
    },
  })
  // TRICKY: an answer that nobody reads keeps its connection, and soon there are none left.
  await finished(stream.resume())
}

/** A row that was set aside. */
export interface Rejection {
  line: number
  field: string
  message: string
  raw: string
}

/** Keeps rejected rows of a page with their reasons. */
export async function storeRejections(
  projectId: string,
  ref: PageRef,
  rejections: readonly Rejection[]
): Promise<void> {
  if (rejections.length === 0) return
  await clickhouse().insert({
    table: 'rejected_rows',
    format: 'JSONEachRow',
    values: rejections.map((rejection) => ({
      project_id: projectId,
      run_id: ref.runId,
      stream: ref.stream,
      fence: ref.fence,
      page: ref.page,
      ...rejection,
    })),
    clickhouse_settings: {
      insert_deduplication_token: `rejected:${ref.runId}:${ref.stream}:${ref.fence}:${ref.page}`,
    },
  })
}

/** Forgets everything that a run has staged. */
export async function dropStaged(runId: string): Promise<void> {
  const tables = Object.values(storedKinds).map(({ stage }) => stage)
  // A run without rows of a kind has no partition there, which is no error.
  await Promise.all(
    tables.map((table) => command(`ALTER TABLE ${table} DROP PARTITION ID '${BigInt(runId)}'`))
  )
}
