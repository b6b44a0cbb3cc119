import { createHash } from 'node:crypto'
import { z } from 'zod'
import { decodeCursor, encodeCursor } from '#shared/http/pagination'
import { invalidField, Problem } from '#shared/http/problem'
import type { Version } from '#warehouse/public'
import type { KpiRequest } from '../plan/request.ts'

/**
 * How long the state of a first page can be read on. Replaced builds of days must be kept at least as
 * long before they are swept.
 */
export const CURSOR_LIFETIME_MS = 30 * 60_000

const Position = z.strictObject({
  commit: z.string().regex(/^\d+$/),
  offset: z.int().positive(),
  /** When the first page was made. */
  at: z.int(),
  request: z.string(),
})
export type Position = z.output<typeof Position>

/** Tells requests apart by everything but the place in their list. */
function fingerprint({ cursor: _, explain: __, ...request }: KpiRequest): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('base64url').slice(0, 16)
}

/** The place that a request goes on from; undefined on a first page. */
export function readCursor(request: KpiRequest, now: number): Position | undefined {
  const position = decodeCursor(Position, request.cursor)
  if (!position) return undefined
  if (position.request !== fingerprint(request)) {
    throw invalidField('cursor', 'cursor', 'The cursor belongs to another report')
  }
  if (now - position.at > CURSOR_LIFETIME_MS) throw expired()
  return position
}

/** The version that a report binds: the published one, or the one that its first page showed. */
export function pinVersion(published: Version, position: Position | undefined): Version {
  if (!position) return published
  const gone =
    BigInt(position.commit) > BigInt(published.commitId) ||
    published.aborted.includes(position.commit)
  if (gone) throw expired()
  return { ...published, commitId: position.commit }
}

const expired = () =>
  new Problem('cursor_expired', { detail: 'The data has moved on; begin again without the cursor' })

/** The cursor of the page after this one. */
export function nextCursor(
  request: KpiRequest,
  version: Version,
  place: { offset: number; at: number }
): string {
  const position: Position = {
    commit: version.commitId,
    request: fingerprint(request),
    ...place,
  }
  return encodeCursor(position)
}
