import { z } from 'zod'
import type SyncRun from '../models/sync_run.ts'
import type { StreamCounts } from '../queries/run_progress.ts'
import type { Source } from '../registry/load.ts'
import { runStatuses, runTriggers } from '../types.ts'
import { count, ErrorView, errorView, iso, isoOrNull, time } from './shared.ts'

const RunStreamView = z.object({
  stream: z.string(),
  title: z.string(),
  status: z.enum(['waiting', 'running', 'done']),
  rows_read: count,
  rows_loaded: count,
  rows_skipped: count,
  rows_rejected: count,
  windows_done: count,
  windows_total: count,
  rows_total: count.nullable().describe('An estimate; null where the vendor does not say'),
})

export const RunView = z
  .object({
    id: z.string(),
    integration_id: z.string(),
    status: z
      .enum(runStatuses)
      .describe(
        '`done`, `failed`, `canceled` and `stalled` are final; `stalled`: the source stopped getting anywhere, `error` says where'
      ),
    trigger: z.enum(runTriggers),
    cancel_requested: z.boolean().describe('It stops as soon as its worker notices'),
    streams: z.array(RunStreamView),
    error: ErrorView.nullable(),
    attempt: count.describe('Attempts that have failed so far'),
    retry_at: time.nullable(),
    created_at: time,
    started_at: time.nullable(),
    finished_at: time.nullable(),
  })
  .meta({ id: 'Run' })

/** `source` gives the streams their titles, where it is installed. */
export function runView(
  run: SyncRun,
  streams: readonly StreamCounts[],
  source: Source | undefined
): z.input<typeof RunView> {
  return {
    id: run.id,
    integration_id: run.integrationId,
    status: run.status,
    trigger: run.trigger,
    cancel_requested: run.cancelRequestedAt !== null,
    streams: streams.map((counts) => ({
      stream: counts.stream,
      title: source?.streams[counts.stream]?.def.title ?? counts.stream,
      status: counts.status,
      rows_read: counts.rowsRead,
      rows_loaded: counts.rowsLoaded,
      rows_skipped: counts.rowsSkipped,
      rows_rejected: counts.rowsRejected,
      windows_done: counts.windowsDone,
      windows_total: counts.windowsTotal,
      rows_total: counts.rowsTotal,
    })),
    error: errorView(run.error),
    attempt: run.attempt,
    retry_at: isoOrNull(run.retryAt),
    created_at: iso(run.createdAt),
    started_at: isoOrNull(run.startedAt),
    finished_at: isoOrNull(run.finishedAt),
  }
}
