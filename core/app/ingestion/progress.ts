import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Json } from '@analyticaflow/sdk'
import type { AcceptedPages } from '#warehouse/public'
import { assertLease, type Lease } from './lease.ts'

/** Rows seen so far. */
export interface Counts {
  read: number
  loaded: number
  skipped: number
  rejected: number
}

/** How far one stream of a run has come. */
export interface StreamProgress extends Counts {
  status: 'waiting' | 'running' | 'done'
  /** Where reading goes on. */
  position: Json
  /** What is staged since the last publication. */
  pages: AcceptedPages[]
  nextPage: number
  total: number | null
  windowsDone: number
  windowsTotal: number
}

interface ProgressRow {
  status: StreamProgress['status']
  position: Json
  pages: AcceptedPages[]
  next_page: number
  rows_read: string
  rows_loaded: string
  rows_skipped: string
  rows_rejected: string
  rows_total: string | null
  windows_done: number
  windows_total: number
}

const fresh: StreamProgress = {
  status: 'waiting',
  position: null,
  pages: [],
  nextPage: 0,
  read: 0,
  loaded: 0,
  skipped: 0,
  rejected: 0,
  total: null,
  windowsDone: 0,
  windowsTotal: 0,
}

export async function loadProgress(runId: string, stream: string): Promise<StreamProgress> {
  const row = (await db
    .from('run_streams')
    .where({ run_id: runId, stream })
    .first()) as ProgressRow | null
  if (!row) return { ...fresh }
  return {
    status: row.status,
    position: row.position,
    pages: row.pages,
    nextPage: row.next_page,
    read: Number(row.rows_read),
    loaded: Number(row.rows_loaded),
    skipped: Number(row.rows_skipped),
    rejected: Number(row.rows_rejected),
    total: row.rows_total === null ? null : Number(row.rows_total),
    windowsDone: row.windows_done,
    windowsTotal: row.windows_total,
  }
}

/** Stores the progress inside a transaction that has checked the lease. */
export async function writeProgress(
  trx: TransactionClientContract,
  runId: string,
  stream: string,
  progress: StreamProgress
): Promise<void> {
  await trx
    .table('run_streams')
    .insert({
      run_id: runId,
      stream,
      status: progress.status,
      position: JSON.stringify(progress.position),
      pages: JSON.stringify(progress.pages),
      next_page: progress.nextPage,
      rows_read: progress.read,
      rows_loaded: progress.loaded,
      rows_skipped: progress.skipped,
      rows_rejected: progress.rejected,
      rows_total: progress.total,
      windows_done: progress.windowsDone,
      windows_total: progress.windowsTotal,
    })
    .knexQuery.onConflict(['run_id', 'stream'])
    .merge()
}

/** Stores the progress if the lease is still held. */
export async function saveProgress(
  lease: Lease,
  stream: string,
  progress: StreamProgress
): Promise<void> {
  await db.transaction(async (trx) => {
    await assertLease(trx, lease)
    await writeProgress(trx, lease.runId, stream, progress)
  })
}

/** The pages with one more, which this attempt has staged. */
export function acceptPage(
  pages: readonly AcceptedPages[],
  fence: number,
  page: number
): AcceptedPages[] {
  const last = pages.at(-1)
  if (last?.fence === fence && last.to === page - 1) {
    return [...pages.slice(0, -1), { ...last, to: page }]
  }
  return [...pages, { fence, from: page, to: page }]
}
