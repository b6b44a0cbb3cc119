import { SourceError, type Json, type Page, type Stream } from '@analyticaflow/sdk'
import { encodePage } from './encode_page.ts'
import { rowsPerCommit } from './rows_per_commit.ts'
import type { StreamRun } from './stream_run.ts'

type Entity = Extract<Stream, { kind: 'entity' }>

/** Position inside a run. */
interface Position {
  since: string | null
  resume: Json
  /** Everything is read, but not yet published. */
  complete: boolean
  /** The newest update time seen; the next run starts a little before it. */
  newest: string
  /** The last one seen: they must not descend. */
  previous: string
  /** Since when the vendor shows rows, as told in this read. */
  historyFrom?: string
}

/** Where the next run starts: an overlap before the newest update that is published. */
export function sinceOf(newest: string | null, overlapMinutes: number): string | null {
  if (!newest) return null
  return new Date(Date.parse(newest) - overlapMinutes * 60_000).toISOString()
}

/** What the last run has left: the newest update, or, where rows have none, when all was read. */
export interface KnownEntities {
  newest?: string | null
  passedAt?: string
  /** What lies before is not shown by the vendor, and was not known earlier either. */
  historyFrom?: string
}

/**
 * Since when rows are known, where the vendor hides older ones. Only a read from the start can tell; what
 * was loaded while more was shown stays.
 */
export function historyOf(
  { since, historyFrom }: Pick<Position, 'since' | 'historyFrom'>,
  known: KnownEntities
): Pick<KnownEntities, 'historyFrom'> {
  if (since !== null)
    return known.historyFrom === undefined ? {} : { historyFrom: known.historyFrom }
  if (historyFrom === undefined) return {}
  const hadAll = (known.newest ?? '') !== '' && known.historyFrom === undefined
  if (hadAll) return {}
  const earliest = [historyFrom, known.historyFrom ?? historyFrom].sort()[0]
  return { historyFrom: earliest ?? historyFrom }
}

const HOUR_MS = 3_600_000
/** A schedule is never on time to the second: a pass that is due in a moment is due. */
const ALMOST = 0.95

/** When rows without an update time are to be read in full again; nothing: now. */
export function nextPass(
  { fullPassEveryHours: hours }: Pick<Entity['def'], 'fullPassEveryHours'>,
  { passedAt }: KnownEntities,
  now: Date
): Date | undefined {
  if (hours === undefined || passedAt === undefined) return undefined
  const next = new Date(Date.parse(passedAt) + hours * HOUR_MS)
  const isDue = now.getTime() - Date.parse(passedAt) >= hours * HOUR_MS * ALMOST
  return isDue ? undefined : next
}

/** Reads what was updated since the last run, oldest first, and publishes as it goes. */
export async function readEntities(
  run: StreamRun,
  { def }: Entity,
  full: boolean,
  known: KnownEntities
): Promise<void> {
  const { context } = run.run
  const next = full || run.progress.position ? undefined : nextPass(def, known, context.now())
  if (next !== undefined) {
    context.log(
      `${def.title}: read in full every ${def.fullPassEveryHours} hours, not before ${next.toISOString()}.`
    )
    return run.leaveOut()
  }
  await readAll(run, def, full, known)
}

async function readAll(
  run: StreamRun,
  def: Entity['def'],
  full: boolean,
  known: KnownEntities
): Promise<void> {
  await run.plan(1)
  const published = known.newest ?? null
  const start: Position = {
    since: full || def.updatedAt === undefined ? null : sinceOf(published, def.overlapMinutes ?? 0),
    resume: null,
    complete: false,
    newest: published ?? '',
    previous: '',
  }
  let position = (run.progress.position as unknown as Position | null) ?? start
  if (!position.complete) position = await stageRest(run, def, position, known)
  await run.publish(
    { type: 'keys' },
    {
      ...historyOf(position, known),
      ...(def.updatedAt === undefined
        ? { passedAt: run.run.context.now().toISOString() }
        : { newest: position.newest }),
    },
    { status: 'done', windowsDone: 1, position: null }
  )
}

async function stageRest(
  run: StreamRun,
  def: Entity['def'],
  start: Position,
  known: KnownEntities
): Promise<Position> {
  const { context } = run.run
  let position = start
  let staged = 0
  for await (const page of def.read(context, { since: start.since }, start.resume)) {
    position = advance(position, page, def.updatedAt, context.now())
    await run.stage(encodePage(def, page, context.config), { ...position }, { total: page.total })
    staged += page.rows.length
    if (staged < rowsPerCommit() || position.complete) continue
    await publishBatch(run, position, known)
    staged = 0
  }
  return position
}

/** A batch in the middle: the next run would still start from the former position. */
async function publishBatch(run: StreamRun, position: Position, known: KnownEntities) {
  const published = { newest: known.newest ?? null, ...historyOf(position, known) }
  await run.publish({ type: 'keys' }, published, { position: { ...position } })
}

/**
 * The position after a page.
 *
 * TRICKY: a vendor's clock may be ahead of ours; a row dated in the future must not carry the
 * watermark with it, or everything updated until then would be missed.
 */
export function advance(
  position: Position,
  page: Page<unknown>,
  updatedAt: string | undefined,
  now: Date
): Position {
  const complete = page.next === null
  const { historyFrom: told } = page
  const history = told === undefined ? {} : { historyFrom: new Date(told).toISOString() }
  if (updatedAt === undefined) return { ...position, ...history, resume: page.next, complete }
  let { newest, previous } = position
  for (const row of page.rows) {
    const at = new Date(String((row as Record<string, unknown>)[updatedAt])).toISOString()
    if (at < previous) {
      throw new SourceError('order_violated', `Rows are not in the order of ${updatedAt}.`, {
        field: updatedAt,
      })
    }
    previous = at
    const clamped = at > now.toISOString() ? now.toISOString() : at
    if (clamped > newest) newest = clamped
  }
  return { ...position, ...history, resume: page.next, complete, newest, previous }
}
