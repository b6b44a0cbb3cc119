/** Staged rows that are made visible without waiting for the rest of a long history. */
export const rowsPerCommit = (): number => Number(process.env.AF_ROWS_PER_COMMIT ?? 50_000)

/** What is staged for longer is made visible after the window at hand. */
const PATIENCE_MS = 15_000

/** How many times rows and patience double. */
const DOUBLINGS = 2

/**
 * When it is time to make visible what a report has read: soon at first, so that there is something to
 * see, then less often, since a commit costs much the same for few rows and for many.
 */
export class CommitPace {
  #times = 1
  #rows: number
  #at = performance.now()

  /** @param rows rows that were staged before */
  constructor(rows: number) {
    this.#rows = rows
  }

  /** Whether it is time; then the next commit is counted from here. */
  isDue(rows: number): boolean {
    const at = performance.now()
    const isEnough = rows - this.#rows >= rowsPerCommit() * this.#times
    if (!isEnough && at - this.#at < PATIENCE_MS * this.#times) return false
    this.#rows = rows
    this.#at = at
    this.#times = Math.min(this.#times * 2, 2 ** DOUBLINGS)
    return true
  }
}
