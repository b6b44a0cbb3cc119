import { SourceError, type Json, type Stream } from '@analyticaflow/sdk'
import { DateTime } from 'luxon'
import { encodePage } from './encode_page.ts'
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

/** Position inside a run: the windows that are published, and where the next one goes on. */
interface Position {
  done: string | null
  resume: Json
  /** The window is read, but not yet published. */
  complete: boolean
}

const asPosition = (json: Json): Position =>
  (json as unknown as Position | null) ?? { done: null, resume: null, complete: false }

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

/** Re-reads whole windows; each replaces its days when it is complete. */
export async function readReport(
  run: StreamRun,
  { def }: Report,
  range: RunRange,
  through: string | null
): Promise<void> {
  const { context } = run.run
  const today = DateTime.fromJSDate(context.now()).setZone(context.timezone).toISODate() ?? ''
  const wanted = reportRange(def, def.lookbackDays(context.config), today, through, range)
  const windows = windowsOf(wanted, def.windowDays)
  await run.plan(windows.length)
  for (const window of windows) {
    const position = asPosition(run.progress.position)
    if (position.done !== null && window.to <= position.done) continue
    if (!position.complete) await readWindow(run, def, window, position)
    const last = [through, window.to].reduce((a, b) => ((a ?? '') > (b ?? '') ? a : b))
    await run.publish(
      { type: 'window', ...window },
      { through: last },
      {
        position: { done: window.to, resume: null, complete: false },
        windowsDone: run.progress.windowsDone + 1,
        ...(window === windows.at(-1) && { status: 'done' as const }),
      }
    )
  }
}

async function readWindow(
  run: StreamRun,
  def: Report['def'],
  window: Window,
  position: Position
): Promise<void> {
  const { context } = run.run
  for await (const page of def.read(context, window, position.resume)) {
    for (const row of page.rows) assertInside(row, def.date, window)
    const encoded = encodePage(def, page, context.config)
    const after = { done: position.done, resume: page.next, complete: page.next === null }
    await run.stage(encoded, after, page.total)
  }
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
