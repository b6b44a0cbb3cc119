import { SourceError, z, type Context, type Page } from '@analyticaflow/sdk'
import type { Ask } from '../ask.ts'
import { completeEntries } from '../orders/complete.ts'
import type { OrderRow } from '../orders/rows.ts'
import { updatedIn } from '../paged.ts'
import { entriesOf, type BulkFile, type Key } from './entries.ts'
import { outcomeOf, startOperation, type Outcome } from './operation.ts'

const HOUR = 3_600_000
const [FIRST_SPAN, LONGEST_SPAN, SHORTEST_SPAN] = [7 * 24 * HOUR, 366 * 24 * HOUR, 60_000]

/** Orders of one operation that it is aimed at: fewer operations, and no file that takes many readings. */
const AIM = 5000
/** A span grows and shrinks at most by this factor at once: a sale must not decide the next year. */
const STEP = 4

const ORDERS_PER_PAGE = 100

/** Position inside a history that is read in spans of update times, each by one bulk operation. */
export const BulkPosition = z.object({
  from: z.string(),
  /** End of the history. */
  end: z.string(),
  spanMs: z.number(),
  /** The operation of the span that begins at `from`. */
  operation: z.string().nullable(),
  /** The last order of its file that was read. */
  after: z.tuple([z.string(), z.string()]).nullable(),
})
export type BulkPosition = z.infer<typeof BulkPosition>

export const startOfHistory = (from: string, end: string): BulkPosition => ({
  ...atRest,
  from,
  end,
  spanMs: FIRST_SPAN,
})

const atRest = { operation: null, after: null } as const

const toOf = ({ from, end, spanMs }: BulkPosition): string => {
  const to = Date.parse(from) + spanMs
  return to < Date.parse(end) ? new Date(to).toISOString() : end
}

/** What a history needs of the outside. */
export interface HistorySource {
  ask: Ask
  context: Pick<Context, 'http' | 'now' | 'log'>
  /** The query of an operation for a filter. */
  query: (filter: string) => string
}

/** A span after which so many orders came, in the length that should bring as many as aimed at. */
function nextSpan(spanMs: number, orders: number): number {
  const factor = Math.min(STEP, Math.max(1 / STEP, AIM / Math.max(1, orders)))
  return Math.min(LONGEST_SPAN, Math.max(SHORTEST_SPAN, Math.round(spanMs * factor)))
}

/** Where to go on after an operation that brought no file. */
function withoutFile(position: BulkPosition, { type }: Exclude<Outcome, { type: 'file' }>) {
  if (type === 'gone') return { ...position, ...atRest }
  if (type === 'empty') {
    return { ...position, ...atRest, from: toOf(position), spanMs: nextSpan(position.spanMs, 0) }
  }
  const spanMs = Math.round(position.spanMs / STEP)
  if (spanMs < SHORTEST_SPAN) {
    throw new SourceError(
      'vendor_unavailable',
      'Shopify could not prepare even a minute of orders.'
    )
  }
  return { ...position, ...atRest, spanMs }
}

async function* rowsOf(
  { ask, context }: HistorySource,
  position: BulkPosition,
  file: BulkFile
): AsyncGenerator<Page<OrderRow>> {
  for await (const entries of entriesOf(context.http, file, position.after)) {
    for (let from = 0; from < entries.length; from += ORDERS_PER_PAGE) {
      const some = entries.slice(from, from + ORDERS_PER_PAGE)
      const last = some.at(-1)?.order
      const after: Key | null = last ? [last.updatedAt, last.id] : position.after
      yield { rows: await completeEntries(ask, some), next: { ...position, after } }
    }
  }
}

/** Somebody has cancelled it, or a week has passed; the next attempt runs it again, after a pause. */
const notThere = () =>
  new SourceError('vendor_unavailable', 'Shopify does not have the prepared history any more.')

/** Starts the operation of the span; the position is stored before anybody waits, so none runs twice. */
async function started({ ask, context, query }: HistorySource, position: BulkPosition) {
  const filter = updatedIn({ from: position.from, to: toOf(position) })
  return { ...position, operation: await startOperation(ask, query(filter), context) }
}

/** Everything that was updated from `from` to `end`, oldest first, starting at a position. */
export async function* readHistory(
  source: HistorySource,
  start: BulkPosition
): AsyncGenerator<Page<OrderRow>> {
  let position = start
  while (Date.parse(position.from) < Date.parse(position.end)) {
    const { operation } = position
    if (operation === null) {
      position = await started(source, position)
      yield { rows: [], next: position }
      continue
    }
    const outcome = await outcomeOf(source.ask, operation)
    if (outcome.type === 'file') {
      yield* rowsOf(source, position, { ...outcome, before: toOf(position) })
      const spanMs = nextSpan(position.spanMs, outcome.orders)
      position = { ...position, ...atRest, from: toOf(position), spanMs }
    } else position = withoutFile(position, outcome)
    if (Date.parse(position.from) < Date.parse(position.end)) yield { rows: [], next: position }
    if (outcome.type === 'gone') throw notThere()
  }
  yield { rows: [], next: null }
}
