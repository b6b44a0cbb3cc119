import type { Json } from '@analyticaflow/sdk'
import type { Rejection, StagedLines } from '#warehouse/public'
import type { EncodedPage, PageLines } from './encode_page.ts'
import type { Counts } from './progress.ts'

/** How far a stream is with a page, as far as it is known. */
export interface Reached {
  /** Rows that there are in all. */
  total?: number | undefined
  windowsDone?: number
}

/** Pages that are staged together: one insert per kind, one position. */
export class Segment {
  readonly counts: Counts = { read: 0, loaded: 0, skipped: 0, rejected: 0 }
  readonly rejections: Rejection[] = []
  readonly deleted: string[] = []
  readonly #lines: PageLines[] = []
  position: Json = null
  total: number | undefined
  windowsDone: number | undefined
  bytes = 0

  /** Adds a page; `position` is where reading goes on after it. */
  add(page: EncodedPage, position: Json, { total, windowsDone }: Reached): void {
    this.counts.read += page.read
    this.counts.loaded += page.loaded
    this.counts.skipped += page.skipped
    this.counts.rejected += page.rejected
    this.rejections.push(...page.rejections)
    this.deleted.push(...page.deleted)
    this.#lines.push(...page.lines)
    this.position = position
    this.total = total ?? this.total
    this.windowsDone = windowsDone ?? this.windowsDone
    for (const { bytes } of page.lines) for (const { length } of bytes) this.bytes += length
    // A file may consist of nothing but rows to set aside.
    for (const { raw } of page.rejections) this.bytes += raw.length
  }

  /** The lines by kind and columns. */
  lines(): StagedLines[] {
    const groups = new Map<string, PageLines[]>()
    for (const lines of this.#lines) {
      const key = `${lines.kind} ${lines.columns?.join() ?? ''}`
      const group = groups.get(key)
      if (group) group.push(lines)
      else groups.set(key, [lines])
    }
    return [...groups.values()].flatMap((group) => {
      const [first] = group
      return first ? [{ ...first, bytes: group.flatMap(({ bytes }) => bytes) }] : []
    })
  }
}
