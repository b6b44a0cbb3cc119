import type { Json, Stream } from '@analyticaflow/sdk'
import type { StreamProgress } from './progress.ts'

/** Of a source that has never changed how it says where to go on. */
const FIRST = 1

/** How a source takes over what a version of it before this one has left in the middle of a run. */
export interface Migrating {
  checkpoints?: {
    version: number
    migrate(stream: string, from: number, value: Json): Json | null
  }
}

/** The form in which a source says where to go on. */
export const checkpointVersion = ({ checkpoints }: Migrating): number =>
  checkpoints?.version ?? FIRST

interface Resuming {
  resume: Json
  checkpoint?: number
}

const resuming = (position: Json): (Resuming & Record<string, Json>) | undefined =>
  typeof position === 'object' && position !== null && 'resume' in position
    ? (position as unknown as Resuming & Record<string, Json>)
    : undefined

/** The progress with a position that says of which form its checkpoint is. */
export function withCheckpointVersion(progress: StreamProgress, version: number): StreamProgress {
  const position = resuming(progress.position)
  if (position === undefined) return progress
  return { ...progress, position: { ...position, checkpoint: version } }
}

/**
 * The progress of a run that another version of the source has begun, for this one. What cannot be taken
 * over is read again from the beginning of its window, pass or list.
 */
export function withMigratedCheckpoint(
  progress: StreamProgress,
  name: string,
  { kind }: Pick<Stream, 'kind'>,
  source: Migrating
): StreamProgress {
  const position = resuming(progress.position)
  if (position === undefined || position.resume === null) return progress
  const from = position.checkpoint ?? FIRST
  const version = checkpointVersion(source)
  if (from === version) return progress
  const resume = source.checkpoints?.migrate(name, from, position.resume) ?? null
  const next = { ...progress, position: { ...position, resume, checkpoint: version } }
  // Rows of a list may have no key by which a second reading of them would be recognised.
  return resume === null && kind === 'snapshot' ? { ...next, pages: [] } : next
}
