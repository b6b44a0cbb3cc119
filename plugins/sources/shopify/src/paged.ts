import { z, type Json, type Page } from '@analyticaflow/sdk'
import { TooCostly, type Ask } from './ask.ts'
import type { Connection } from './connection.ts'

/** Updates from `from` (null: since ever) to before `to`. */
export const Span = z.object({ from: z.string().nullable(), to: z.string() })
export type Span = z.infer<typeof Span>

/** Position inside a read: its span stays the same from the first page to the last. */
const Position = z.object({ span: Span.nullable(), after: z.string().nullable() })

/** One list of the API. */
export interface PagedList<A extends z.ZodType, Row> {
  /** Takes `$first`, `$after` and `$filter`. */
  query: string
  /** Rows of a page to begin with; fewer where the query costs more points than one may. */
  size: number
  answer: A
  rows(answer: z.output<A>): Promise<Connection<Row>>
}

/** Filter of the search syntax for a span of update times. https://shopify.dev/docs/api/usage/search-syntax */
export const updatedIn = ({ from, to }: Span): string =>
  [...(from === null ? [] : [`updated_at:>='${from}'`]), `updated_at:<'${to}'`].join(' AND ')

/**
 * Rows of a page that still lie in the span. One that changed while it was read says a time behind the
 * span, out of order; the next run reads it where it belongs.
 */
function unchanged<Row extends { updatedAt: string }>(rows: Row[], span: Span | null): Row[] {
  if (span === null) return rows
  return rows.filter(({ updatedAt }) => Date.parse(updatedAt) < Date.parse(span.to))
}

/** All pages of the list that the span leaves (null: of the whole list), starting at `resume`. */
export async function* readPaged<A extends z.ZodType, Row extends { updatedAt: string }>(
  ask: Ask,
  list: PagedList<A, Row>,
  span: Span | null,
  resume: Json
): AsyncGenerator<Page<Row>> {
  const start = resume === null ? { span, after: null } : Position.parse(resume)
  const filter = start.span && updatedIn(start.span)
  let { after } = start
  let { size } = list
  for (;;) {
    const answer = await orSmaller(
      ask(list.query, list.answer, { first: size, after, filter }),
      size
    )
    if (typeof answer === 'number') {
      size = answer
      continue
    }
    const { nodes, pageInfo } = await list.rows(answer.found)
    after = pageInfo.endCursor
    const next = pageInfo.hasNextPage ? { span: start.span, after } : null
    yield { rows: unchanged(nodes, start.span), next }
    if (next === null) return
  }
}

/** The answer, or the size of a page that the vendor affords. */
async function orSmaller<T>(answer: Promise<T>, size: number): Promise<{ found: T } | number> {
  try {
    return { found: await answer }
  } catch (error) {
    if (!(error instanceof TooCostly) || size === 1) throw error
    return Math.max(1, Math.min(size - 1, Math.floor(size * error.affordable)))
  }
}
