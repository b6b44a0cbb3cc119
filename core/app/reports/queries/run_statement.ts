import type { Readable } from 'node:stream'
import { ClickHouseError } from '@clickhouse/client'
import { Problem } from '#shared/http/problem'
import { clickhouse } from '#warehouse/public'
import type { Statement } from '../plan/statement.ts'
import { limits } from './limits.ts'
import { plannedQuickly } from './planned_quickly.ts'

export type Value = string | number | null
export type Row = Record<string, Value>

/** Codes of ClickHouse for statements that took more than they may. */
const TOO_HEAVY = new Set(['159', '160', '241', '307', '396'])

function asProblem(error: unknown): unknown {
  if (error instanceof ClickHouseError) {
    if (!TOO_HEAVY.has(error.code)) return error
    return new Problem('unavailable', {
      detail: 'The report took more time or memory than it may: choose fewer days or groupings',
      retryAfter: 30,
      cause: error,
    })
  }
  // Everything else that the client throws is about the way there: refused, reset, timed out.
  return new Problem('unavailable', {
    detail: 'The analytical database cannot be reached',
    retryAfter: 5,
    cause: error,
  })
}

/** Rows of a statement, run within the limits of reports. */
export async function runStatement(
  statement: Statement,
  queryId: string,
  resultRows = limits.resultRows
): Promise<Row[]> {
  const client = clickhouse()
  try {
    const answer = await client.query({
      query: statement.sql,
      query_params: statement.parameters,
      query_id: queryId,
      format: 'JSONEachRow',
      clickhouse_settings: {
        ...plannedQuickly,
        max_execution_time: limits.seconds,
        max_memory_usage: String(limits.memoryBytes),
        max_result_rows: String(resultRows),
      },
    })
    return await answer.json<Row>()
  } catch (error) {
    throw asProblem(error)
  }
}

/** What a statement of a file may take: it is written as it is read, so time is what its reader takes. */
const FILE_SECONDS = 600

/** A statement's answer as the engine writes it, in the format that the statement names. */
export async function streamStatement(
  { sql, parameters }: Statement,
  queryId: string,
  signal: AbortSignal
): Promise<Readable> {
  try {
    const { stream } = await clickhouse().exec({
      query: sql,
      query_params: parameters,
      query_id: queryId,
      abort_signal: signal,
      clickhouse_settings: {
        max_execution_time: FILE_SECONDS,
        max_memory_usage: String(limits.memoryBytes),
        // Sorting goes on on disk before it takes the memory of others.
        max_bytes_before_external_sort: String(Math.round(limits.memoryBytes / 4)),
        format_csv_null_representation: '',
      },
    })
    return stream
  } catch (error) {
    throw asProblem(error)
  }
}
