import { z } from 'zod'
import type Import from '../models/import.ts'
import type SyncRun from '../models/sync_run.ts'
import type { RejectedSample } from '../queries/rejected_rows.ts'
import type { StreamCounts } from '../queries/run_progress.ts'
import type { RunError, RunStatus } from '../types.ts'
import { count, ErrorView, errorView, iso, isoOrNull, time } from './shared.ts'

const importStatuses = ['queued', 'running', 'done', 'failed'] as const
type ImportStatus = (typeof importStatuses)[number]

export const ImportView = z
  .object({
    id: z.string(),
    integration_id: z.string(),
    run_id: z.string().nullable(),
    name: z.string(),
    spec: z.record(z.string(), z.unknown()),
    file_name: z.string(),
    file_size: count,
    status: z.enum(importStatuses).describe('`done`: every report shows it already'),
    rows_read: count,
    rows_loaded: count,
    rows_skipped: count.describe('Left out by rules of the spec'),
    rows_rejected: count,
    rows_total: count.nullable().describe('An estimate, while the file is read'),
    progress: z.number().min(0).max(1).describe('Fraction of the rows read; 1 when done'),
    rejected_sample: z.array(
      z.object({
        line: count.describe('The header is line 1'),
        field: z.string(),
        message: z.string(),
      })
    ),
    rejected_file_url: z.string().nullable().describe('All rejected rows as CSV'),
    error: ErrorView.nullable(),
    created_at: time,
    started_at: time.nullable(),
    finished_at: time.nullable(),
  })
  .meta({ id: 'Import' })

const statusOf: Record<RunStatus, ImportStatus> = {
  queued: 'queued',
  running: 'running',
  done: 'done',
  failed: 'failed',
  canceled: 'failed',
  stalled: 'failed',
}

const CANCELED: RunError = { code: 'canceled', message: 'The import was canceled.' }
const LOST: RunError = { code: 'internal', message: 'The run of this import is gone.' }

/** An import as its run, its rows and its rejected rows make it up. */
export interface ImportState {
  upload: Import
  run: SyncRun | null
  streams: readonly StreamCounts[]
  sample: readonly RejectedSample[]
}

function totalsOf(status: ImportStatus, streams: readonly StreamCounts[]) {
  const sum = (pick: (counts: StreamCounts) => number) =>
    streams.reduce((total, counts) => total + pick(counts), 0)
  const read = sum(({ rowsRead }) => rowsRead)
  const estimates = streams.flatMap(({ rowsTotal }) => rowsTotal ?? [])
  const total = estimates.length === 0 ? null : estimates.reduce((a, b) => a + b, 0)
  return {
    rows_read: read,
    // Nothing of a failed import is visible, so nothing of it is loaded.
    rows_loaded: status === 'failed' ? 0 : sum(({ rowsLoaded }) => rowsLoaded),
    rows_skipped: sum(({ rowsSkipped }) => rowsSkipped),
    rows_rejected: sum(({ rowsRejected }) => rowsRejected),
    rows_total: status === 'done' ? read : total,
    progress: progressOf(status, read, total),
  }
}

function progressOf(status: ImportStatus, read: number, total: number | null): number {
  if (status === 'done') return 1
  // An estimate may be too low, but only `done` is everything.
  return total === null || total === 0 ? 0 : Math.min(0.99, read / total)
}

function errorOf(run: SyncRun | null, status: ImportStatus): RunError | null {
  if (run === null) return LOST
  if (run.status === 'canceled') return CANCELED
  return status === 'done' ? null : run.error
}

export function importView({
  upload,
  run,
  streams,
  sample,
}: ImportState): z.input<typeof ImportView> {
  const status = run === null ? 'failed' : statusOf[run.status]
  const totals = totalsOf(status, streams)
  const url = `/api/v1/projects/${upload.projectId}/imports/${upload.id}/rejected.csv`
  return {
    id: upload.id,
    integration_id: upload.integrationId,
    run_id: upload.runId,
    name: upload.name,
    spec: upload.spec,
    file_name: upload.fileName,
    file_size: upload.fileSize,
    status,
    ...totals,
    rejected_sample: [...sample],
    rejected_file_url: totals.rows_rejected === 0 ? null : url,
    error: errorView(errorOf(run, status)),
    created_at: iso(upload.createdAt),
    started_at: isoOrNull(run?.startedAt ?? null),
    finished_at: isoOrNull(run?.finishedAt ?? null),
  }
}
