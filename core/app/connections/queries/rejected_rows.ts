import type { Readable } from 'node:stream'
import { clickhouse, harmlessCell, rows } from '#warehouse/public'

export interface RejectedSample {
  line: number
  field: string
  message: string
}

/**
 * Rejected rows, each once. TRICKY: an attempt whose worker died has stored rows that the next
 * attempt stores again; a line of a file is rejected at most once, so the line tells.
 */
const once = 'ORDER BY run_id, line, stream, fence DESC LIMIT 1 BY run_id, line, stream'

/** The first rejected rows of each run. */
export async function rejectedSamples(
  projectId: number,
  runIds: readonly string[],
  limit: number
): Promise<Map<string, RejectedSample[]>> {
  const samples = new Map<string, RejectedSample[]>()
  if (runIds.length === 0) return samples
  const found = await rows<{ run_id: string; line: string; field: string; message: string }>(
    `SELECT run_id, line, field, message FROM (
       SELECT * FROM rejected_rows
       WHERE project_id = {project_id:UInt64} AND run_id IN {run_ids:Array(UInt64)} ${once}
     ) ORDER BY run_id, line LIMIT {limit:UInt32} BY run_id`,
    { project_id: projectId, run_ids: runIds.map(Number), limit }
  )
  for (const { run_id: runId, line, field, message } of found) {
    const sample = samples.get(runId) ?? []
    sample.push({ line: Number(line), field, message })
    samples.set(runId, sample)
  }
  return samples
}

const harmless = (column: string) => `${harmlessCell(column)} AS ${column}`

/** All rejected rows of a run as CSV, as the engine writes it: it never is in memory as a whole. */
export async function rejectedCsv(
  projectId: number,
  runId: string,
  signal: AbortSignal
): Promise<Readable> {
  const { stream } = await clickhouse().exec({
    query: `SELECT line, ${['field', 'message', 'raw'].map(harmless).join(', ')}
      FROM (
        SELECT line, toString(field) AS field, message, raw FROM rejected_rows
        WHERE project_id = {project_id:UInt64} AND run_id = {run_id:UInt64} ${once}
      ) ORDER BY line
      FORMAT CSVWithNames`,
    query_params: { project_id: projectId, run_id: runId },
    abort_signal: signal,
  })
  return stream
}
