import { z } from 'zod'
import { decodeCursor, encodeCursor } from '#shared/http/pagination'
import { invalidField } from '#shared/http/problem'
import type { ProjectContext } from '#shared/http/types'
import { assertFresh, fingerprint } from '../../answer/cursor.ts'
import type { Row } from '../../queries/run_statement.ts'
import { reportGate } from '../../queries/report_gate.ts'
import { toNumber } from '../answer.ts'
import { describe, since } from '../build.ts'
import type { AttributionPlan } from '../plan.ts'
import type { CreditsRequest } from '../request.ts'
import { creditRowsStatement, touchColumns } from '../sql/credit_rows_statement.ts'
import { openCredits, type OpenCredits } from './open.ts'
import type { CreditsPage } from './schemas.ts'

const DEFAULT_LIMIT = 50

/** The last row of the page before, and when the first page was made. */
const Position = z.strictObject({
  commit: z.string().regex(/^\d{1,19}$/),
  request: z.string(),
  at: z.int(),
  after_date: z.iso.date(),
  after_key: z.string().regex(/^\d{1,20}$/),
  after_position: z.int().positive(),
})
type Position = z.output<typeof Position>

function readPosition(request: CreditsRequest): Position | undefined {
  const position = decodeCursor(Position, request.cursor)
  if (!position) return undefined
  if (position.request !== fingerprint(request)) {
    throw invalidField('cursor', 'cursor', 'The cursor belongs to another list')
  }
  assertFresh(position.at, Date.now())
  return position
}

const text = (row: Row, column: string): string | null => {
  const value = row[column]
  return value === null || value === undefined ? null : String(value)
}

const nanos = (row: Row, column: string): number => toNumber(BigInt(String(row[column] ?? 0)))

type CreditView = CreditsPage['data'][number]

function viewOf({ models }: AttributionPlan, row: Row): CreditView {
  const labels = touchColumns.map((column) => [column, text(row, column)] as const)
  const figures = models.map(
    (model) =>
      [
        model,
        { credit: nanos(row, `credit_${model}`), amount: nanos(row, `amount_${model}`) },
      ] as const
  )
  return {
    conversion_id: String(row.conversion_id),
    conversion_time: String(row.conversion_time),
    date: String(row.date),
    position: Number(row.position),
    path_length: Number(row.path_length),
    touch_time: text(row, 'touch_time'),
    player: text(row, 'player'),
    ...(Object.fromEntries(labels) as Record<(typeof touchColumns)[number], string | null>),
    models: Object.fromEntries(figures),
  }
}

async function readRows(
  { plan, reading, naming, values }: OpenCredits,
  limit: number,
  position: Position | undefined
): Promise<Row[]> {
  const sql = creditRowsStatement(plan, naming, position !== undefined)
  return reading.read('credits', sql, {
    ...values,
    ...position,
    // Days before the row that it goes on from need no look.
    ...(position && { date_from: position.after_date }),
    rows: limit + 1,
  })
}

/** A page of single credits. */
export async function creditsPage(
  request: CreditsRequest,
  project: ProjectContext
): Promise<CreditsPage> {
  const started = performance.now()
  const { limit = DEFAULT_LIMIT, cursor: _, ...asked } = request
  const position = readPosition(request)
  const [open, found] = await reportGate.run(String(project.id), async () => {
    const opened = await openCredits(asked, project, position?.commit)
    return [opened, await readRows(opened, limit, position)] as const
  })
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  const next: Position | undefined =
    last && found.length > limit
      ? {
          commit: open.reading.version.commitId,
          request: fingerprint(request),
          at: position?.at ?? Date.now(),
          after_date: String(last.date),
          after_key: String(last.conversion_key),
          after_position: Number(last.position),
        }
      : undefined
  return {
    data: shown.map((row) => viewOf(open.plan, row)),
    next_cursor: next ? encodeCursor(next) : null,
    meta: {
      ...describe(open.plan, project),
      commit: open.reading.version.commitId,
      generated_in_ms: since(started),
      query_id: open.queryId,
    },
  }
}
