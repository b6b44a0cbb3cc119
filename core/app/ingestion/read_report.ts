import { SourceError, type Json, type Stream } from '@analyticaflow/sdk'
import { DateTime } from 'luxon'
import { encodePage } from './encode_page.ts'
import { CommitPace } from './rows_per_commit.ts'
import type { StreamRun } from './stream_run.ts'

type Report = Extract<Stream, { kind: 'report' }>

/** What the user may ask of a run. */
export interface RunRange {
  from?: string
  to?: string
  full?: boolean
}

interface Window {
  from: string
  to: string
}

/**
 * Position inside a run. The days that it reads stay those of its first attempt, whatever has been
 * published and whichever day it is by then: where a window was left is of this window only.
 */
interface Position {
  days: Window
  /** Last day of the windows that are read whole. */
  read: string | null
  /** First day of those among them that are not published yet. */
  staged: string | null
  resume: Json
}

/**
 * Days that a run reads: the whole history at first, later the days that the vendor may restate and
 * those since. `through` is the last day that a run has published.
 */
export function reportRange(
  def: Pick<Report['def'], 'historyDays'>,
  lookbackDays: number,
  today: string,
  through: string | null,
  range: RunRange
): Window {
  const day = (base: string, days: number) =>
    DateTime.fromISO(base).plus({ days }).toISODate() ?? base
  const history = day(today, -def.historyDays)
  const restated = through === null ? history : day(through, -lookbackDays)
  const from = range.from ?? (range.full ? history : restated)
  return { from: from < history ? history : from, to: range.to ?? today }
}

/** The range in windows of at most `days`; none if it is empty. */
export function windowsOf({ from, to }: Window, days: number): Window[] {
  const windows: Window[] = []
  for (
    let start = DateTime.fromISO(from);
    (start.toISODate() ?? '') <= to;
    start = start.plus({ days })
  ) {
    const end = start.plus({ days: days - 1 }).toISODate() ?? to
    windows.push({ from: start.toISODate() ?? from, to: end < to ? end : to })
  }
  return windows
}

/**
 * Re-reads whole windows. As many as come to a commit's rows, or within some seconds, replace their days
 * together: a commit costs the same for few rows and for many.
 */
export async function readReport(
  run: StreamRun,
  { def }: Report,
  range: RunRange,
  through: string | null
): Promise<void> {
  let position = asPosition(run.progress.position) ?? firstPosition(run, def, range, through)
  const windows = windowsOf(position.days, def.windowDays)
  await run.plan(windows.length, json(position))
  const pace = new CommitPace(run.rowsStaged)
  for (const [windowsDone, window] of windows.entries()) {
    if (position.read === null || window.to > position.read) {
      position = await readWindow(run, def, window, { position, windowsDone })
    }
    const isLast = window === windows.at(-1)
    if (isLast || pace.isDue(run.rowsStaged))
      position = await publishWindows(run, position, through, isLast)
  }
}

async function readWindow(
  run: StreamRun,
  def: Report['def'],
  window: Window,
  { position: before, windowsDone }: { position: Position; windowsDone: number }
): Promise<Position> {
  const { context } = run.run
  let position = before
  for await (const page of def.read(context, window, before.resume)) {
    for (const row of page.rows) assertInside(row, def.date, window)
    position = after(position, window, page.next)
    await run.stage(encodePage(def, page, context.config), json(position), {
      total: page.total,
      windowsDone: windowsDone + (page.next === null ? 1 : 0),
    })
  }
  return position
}

const asPosition = (json: Json): Position | null => {
  const position = json as unknown as Partial<Position> | null
  // One of a version before this one has no days: the run begins again.
  return position?.days === undefined ? null : (position as Position)
}

const json = (position: Position): Json => position as unknown as Json

function firstPosition(
  run: StreamRun,
  def: Report['def'],
  range: RunRange,
  through: string | null
): Position {
  const { context } = run.run
  const today = DateTime.fromJSDate(context.now()).setZone(context.timezone).toISODate() ?? ''
  const days = reportRange(def, def.lookbackDays(context.config), today, through, range)
  return { days, read: null, staged: null, resume: null }
}

/** The position after a page of a window. */
function after(position: Position, window: Window, next: Json): Position {
  if (next !== null) return { ...position, resume: next }
  return { ...position, read: window.to, staged: position.staged ?? window.from, resume: null }
}

/** Everything that is read whole replaces its days. */
async function publishWindows(
  run: StreamRun,
  position: Position,
  through: string | null,
  isLast: boolean
): Promise<Position> {
  const { read, staged } = position
  if (read === null || staged === null) return position
  const last = through !== null && through > read ? through : read
  const next = { ...position, staged: null }
  await run.publish(
    { type: 'window', from: staged, to: read },
    { through: last },
    { position: json(next), ...(isLast && { status: 'done' as const }) }
  )
  return next
}

function assertInside(row: unknown, field: string, window: Window): void {
  const day = (row as Record<string, unknown>)[field]
  if (typeof day === 'string' && day >= window.from && day <= window.to) return
  throw new SourceError(
    'order_violated',
    `A row of ${String(day)} came for the days ${window.from} to ${window.to}.`,
    { field }
  )
}
