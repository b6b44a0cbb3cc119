import db from '@adonisjs/lucid/services/db'

/** How far one stream of a run has come. */
export interface StreamCounts {
  stream: string
  status: 'waiting' | 'running' | 'done'
  rowsRead: number
  rowsLoaded: number
  rowsSkipped: number
  rowsRejected: number
  rowsTotal: number | null
  windowsDone: number
  windowsTotal: number
}

interface Row {
  run_id: string
  stream: string
  status: StreamCounts['status']
  rows_read: string
  rows_loaded: string
  rows_skipped: string
  rows_rejected: string
  rows_total: string | null
  windows_done: number
  windows_total: number
}

const countsOf = (row: Row): StreamCounts => ({
  stream: row.stream,
  status: row.status,
  rowsRead: Number(row.rows_read),
  rowsLoaded: Number(row.rows_loaded),
  rowsSkipped: Number(row.rows_skipped),
  rowsRejected: Number(row.rows_rejected),
  rowsTotal: row.rows_total === null ? null : Number(row.rows_total),
  windowsDone: row.windows_done,
  windowsTotal: row.windows_total,
})

/** The streams of each run, in the order of their names. */
export async function runProgress(runIds: readonly string[]): Promise<Map<string, StreamCounts[]>> {
  const rows = (await db
    .from('run_streams')
    .whereIn('run_id', [...runIds])
    .orderBy(['run_id', 'stream'])) as Row[]
  return new Map(runIds.map((id) => [id, rows.filter((row) => row.run_id === id).map(countsOf)]))
}
