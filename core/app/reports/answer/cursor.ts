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

/** A request of which answers come in pages. */
interface Paged {
  cursor?: unknown
  explain?: unknown
}

/** Tells requests apart by everything but the place in their list. */
export function fingerprint({ cursor: _, explain: __, ...request }: Paged): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('base64url').slice(0, 16)
}

/** The place that a request goes on from; undefined on a first page. */
export function readCursor(request: KpiRequest, now: number): Position | undefined {
  const position = decodeCursor(Position, request.cursor)
  if (!position) return undefined
  if (position.request !== fingerprint(request)) {
    throw invalidField('cursor', 'cursor', 'The cursor belongs to another report')
  }
  assertFresh(position.at, now)
  return position
}

/** @throws Problem `cursor_expired` where a list's first page was made too long ago */
export function assertFresh(at: number, now: number): void {
  if (now - at > CURSOR_LIFETIME_MS) throw expired()
}

/** The version that a report binds: the published one, or the one that its first page showed. */
export const pinVersion = (published: Version, position: Position | undefined): Version =>
  pinCommit(published, position?.commit)

/** The version as it was at a commit; absent: as it is. */
export function pinCommit(published: Version, commit: string | undefined): Version {
  if (commit === undefined) return published
  const { commitId, aborted, readableFrom = '0' } = published
  const isAhead = BigInt(commit) > BigInt(commitId)
  const isRewritten = BigInt(commit) < BigInt(readableFrom)
  if (isAhead || isRewritten || aborted.includes(commit)) throw expired()
  return { ...published, commitId: commit }
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
