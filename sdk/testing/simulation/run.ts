import { SourceError, type Context, type Json, type Stream } from '../../src/index.ts'
import { stage, stagedLines, stagedPage, type RunOptions } from './stage.ts'
import type { Store } from './store.ts'

/*
 * Runs streams as the core does, with a store in memory: the same windows, overlaps, positions and
 * moments of publication. What the core proves of itself is not tried here, but used.
 */

type Of<K extends Stream['kind']> = Extract<Stream, { kind: K }>['def']

const DAY_MS = 86_400_000

/** Days of reports that the kit reads: enough for the restated ones and for windows before them. */
export const historyOf = (def: Of<'report'>, lookback: number): number =>
  Math.min(def.historyDays, lookback + 2 * def.windowDays)

/** Calendar day in a time zone. */
export const dayIn = (at: Date, timezone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: timezone, dateStyle: 'short' }).format(at)

/** The day so many days after. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)

interface ReportPosition {
  from: string
  resume: Json
  isComplete: boolean
}

async function runReport(def: Of<'report'>, context: Context, store: Store, options: RunOptions) {
  const today = dayIn(context.now(), context.timezone)
  const lookback = def.lookbackDays(context.config)
  const through = store.position
  const start =
    through === null ? dayAfter(today, -historyOf(def, lookback)) : dayAfter(through, -lookback)
  let position: ReportPosition =
    store.inRun === null
      ? { from: start, resume: null, isComplete: false }
      : (JSON.parse(store.inRun) as ReportPosition)
  while (position.from <= today) {
    const { from } = position
    const last = dayAfter(from, def.windowDays - 1)
    const window = { from, to: last < today ? last : today }
    if (!position.isComplete) {
      for await (const page of def.read(context, window, position.resume)) {
        const staged = stagedPage(def, page)
        assertInside(staged.rows, window, def.date)
        const after = { from, resume: page.next, isComplete: page.next === null }
        await stage(store, staged, after, page.next, options)
      }
    }
    store.publishWindow(window.from, window.to)
    position = { from: dayAfter(window.to, 1), resume: null, isComplete: false }
    store.inRun = JSON.stringify(position)
  }
  store.position = today
}

function assertInside(
  rows: { day?: string }[],
  { from, to }: { from: string; to: string },
  field: string
) {
  const outside = rows.find(({ day = '' }) => day < from || day > to)
  if (outside === undefined) return
  const message = `A row of ${outside.day ?? '?'} came for the days ${from} to ${to}.`
  throw new SourceError('order_violated', message, { field })
}

interface EntityPosition {
  since: string | null
  resume: Json
  isComplete: boolean
  newest: string
  previous: string
}

async function runEntity(def: Of<'entity'>, context: Context, store: Store, options: RunOptions) {
  let position = entityStart(def, store)
  if (!position.isComplete) {
    const { since } = position
    for await (const page of def.read(context, { since }, position.resume)) {
      const staged = stagedPage(def, page)
      position = advanced(position, staged.rows, page.next, context.now(), def.updatedAt)
      await stage(store, staged, position, page.next, options)
    }
  }
  store.publishKeys()
  store.position = position.newest
}

function entityStart(def: Of<'entity'>, store: Store): EntityPosition {
  if (store.inRun !== null) return JSON.parse(store.inRun) as EntityPosition
  const newest = store.position ?? ''
  const overlap = (def.overlapMinutes ?? 0) * 60_000
  const since =
    newest === '' || def.updatedAt === undefined
      ? null
      : new Date(Date.parse(newest) - overlap).toISOString()
  return { since, resume: null, isComplete: false, newest, previous: '' }
}

function advanced(
  position: EntityPosition,
  rows: { updatedAt?: string }[],
  next: Json,
  now: Date,
  field = ''
): EntityPosition {
  let { newest, previous } = position
  for (const { updatedAt } of rows) {
    if (updatedAt === undefined) continue
    if (updatedAt < previous) {
      throw new SourceError('order_violated', `Rows are not in the order of ${field}.`, { field })
    }
    previous = updatedAt
    const clamped = updatedAt > now.toISOString() ? now.toISOString() : updatedAt
    if (clamped > newest) newest = clamped
  }
  return { since: position.since, resume: next, isComplete: next === null, newest, previous }
}

interface SnapshotPosition {
  resume: Json
  isComplete: boolean
}

async function runSnapshot(
  def: Of<'snapshot'>,
  context: Context,
  store: Store,
  options: RunOptions
) {
  const position = store.inRun === null ? null : (JSON.parse(store.inRun) as SnapshotPosition)
  const resume = position?.resume ?? null
  const after = (next: Json): SnapshotPosition => ({ resume: next, isComplete: next === null })
  if (position?.isComplete !== true) {
    if (def.bulk === true) {
      for await (const page of def.read(context, null, resume)) {
        await stage(store, stagedLines(page), after(page.next), page.next, options)
      }
    } else {
      for await (const page of def.read(context, null, resume)) {
        await stage(store, stagedPage(def, page), after(page.next), page.next, options)
      }
    }
  }
  store.publishAll()
}

/** One run of a stream, or the rest of one that was interrupted. */
export async function runStream(
  stream: Stream,
  context: Context,
  store: Store,
  options: RunOptions = {}
): Promise<void> {
  if (!store.isRunning) store.emitted = []
  if (stream.kind === 'report') await runReport(stream.def, context, store, options)
  else if (stream.kind === 'entity') await runEntity(stream.def, context, store, options)
  else await runSnapshot(stream.def, context, store, options)
  store.inRun = null
}
