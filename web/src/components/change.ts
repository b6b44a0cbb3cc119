export interface Change {
  /** Relative to the comparison. */
  fraction: number
  tone: 'good' | 'bad' | 'neutral'
}

/** Changes smaller than this are none. */
const STILL = 0.0005

/** The change against the comparison; null where there is nothing to compare with. */
export function changeBetween(
  better: 'up' | 'down' | 'neutral',
  value: number | null,
  before: number | null
): Change | null {
  if (value === null || before === null || before === 0) return null
  const fraction = (value - before) / Math.abs(before)
  if (better === 'neutral' || Math.abs(fraction) < STILL) return { fraction, tone: 'neutral' }
  return { fraction, tone: fraction > 0 === (better === 'up') ? 'good' : 'bad' }
}
