import { z } from 'zod'
import { invalidField } from './problem.ts'

/** A cursor's place in a list by ids of PostgreSQL's `integer`, which knows no larger ones. */
export const idPosition = z.int().min(0).max(2_147_483_647)

/** The query of every list. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().min(1).max(1000).optional(),
})

export interface Page<Row> {
  data: Row[]
  next_cursor: string | null
}

/** The answer of every list. */
export function listOf<Schema extends z.ZodType>(item: Schema) {
  return z.object({ data: z.array(item), next_cursor: z.string().nullable() })
}

/** The answer of everything that is one object. */
export function dataOf<Schema extends z.ZodType>(item: Schema) {
  return z.object({ data: item })
}

export function encodeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url')
}

/** The position in a cursor of ours; anything else is a 422. */
export function decodeCursor<Schema extends z.ZodType>(
  schema: Schema,
  cursor: string | undefined
): z.output<Schema> | undefined {
  if (cursor === undefined) return undefined
  const unusable = invalidField('cursor', 'cursor', 'The cursor is not one that this list gave')
  let position: unknown
  try {
    position = JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    throw unusable
  }
  const result = schema.safeParse(position)
  if (!result.success) throw unusable
  return result.data
}

/**
 * A page out of `limit + 1` rows: the one too many only tells that there is a next page.
 * `position` is what the cursor remembers of the last row shown.
 */
export function pageOf<Row, View>(
  rows: Row[],
  limit: number,
  view: (row: Row) => View,
  position: (row: Row) => unknown
): Page<View> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    data: shown.map(view),
    next_cursor: rows.length > limit && last !== undefined ? encodeCursor(position(last)) : null,
  }
}
