import type { Run } from '../../api/types.ts'

export const isOpen = ({ status }: Pick<Run, 'status'>): boolean =>
  status === 'queued' || status === 'running'

/** The run that moves: the one under way, before any that waits for it. */
export const followedOf = (runs: readonly Run[]): Run | undefined =>
  runs.find(({ status }) => status === 'running') ?? runs.find(isOpen)

/** How much of a run is done, from 0 to 1; null where nobody can say yet. */
export function shareDone({ streams }: Pick<Run, 'streams'>): number | null {
  const known = streams.filter(({ windows_total: total }) => total > 0)
  if (known.length === 0) return null
  const total = known.reduce((sum, { windows_total: all }) => sum + all, 0)
  const done = known.reduce((sum, { windows_done: some }) => sum + some, 0)
  return Math.min(1, done / total)
}

export const rowsLoaded = ({ streams }: Pick<Run, 'streams'>): number =>
  streams.reduce((sum, { rows_loaded: rows }) => sum + rows, 0)

export const rowsRejected = ({ streams }: Pick<Run, 'streams'>): number =>
  streams.reduce((sum, { rows_rejected: rows }) => sum + rows, 0)

/** Seconds that a run took; null while it goes on, and where it never began. */
export function secondsOf({ started_at: from, finished_at: to }: Run): number | null {
  if (from === null || to === null) return null
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000)
}
