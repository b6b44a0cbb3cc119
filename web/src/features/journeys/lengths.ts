export interface Count {
  at: number
  count: number
}

/** The length that half of all have at most; null of none. */
export function median(counts: readonly Count[]): number | null {
  const sorted = [...counts].sort((one, other) => one.at - other.at)
  const all = sorted.reduce((sum, { count }) => sum + count, 0)
  let seen = 0
  for (const { at, count } of sorted) {
    seen += count
    if (seen * 2 >= all && count > 0) return at
  }
  return null
}

export interface Bucket {
  from: number
  /** Included; absent for “and more”. */
  to?: number
  count: number
}

/** Counts gathered into ranges that begin at `starts`. */
export function toBuckets(counts: readonly Count[], starts: readonly number[]): Bucket[] {
  return starts.map((from, index) => {
    const next = starts[index + 1]
    const inside = counts.filter(({ at }) => at >= from && (next === undefined || at < next))
    const count = inside.reduce((sum, one) => sum + one.count, 0)
    return { from, ...(next !== undefined && { to: next - 1 }), count }
  })
}

export const TOUCH_STARTS = [1, 2, 3, 4, 5, 6, 8, 11, 21]
export const DAY_STARTS = [0, 1, 2, 4, 8, 15, 31, 61]

/** Empty ranges at the far end say nothing. */
export function trimmed(buckets: readonly Bucket[]): Bucket[] {
  const last = buckets.findLastIndex(({ count }) => count > 0)
  return buckets.slice(0, last + 1)
}
