/** A record as it is stored: the vendor's row as its schema gives it, as JSON text. */
export interface StoredRow {
  /** '' for a line of a file. */
  key: string
  row: string
  /** The update time, where the stream has one. */
  updatedAt?: string
  /** The day, in a report. */
  day?: string
}

/** Rows of one key are one row; lines of files have none, and each counts. */
function unique(rows: StoredRow[]): StoredRow[] {
  const keyed = new Map(rows.filter(({ key }) => key !== '').map((row) => [row.key, row]))
  return [...keyed.values(), ...rows.filter(({ key }) => key === '')]
}

/** What is read of one page. */
export interface StagedPage {
  rows: StoredRow[]
  deleted: string[]
}

/** What the core keeps of one stream: as it keeps it, in memory. */
export class Store {
  /** What readers see. */
  published: StoredRow[] = []
  /** Pages of the run, by number; a page whose position was not kept is replaced when it is read again. */
  readonly staged = new Map<number, StagedPage>()
  nextPage = 0
  /** The position inside a run, as the JSON text that survives a crash; `null` between runs. */
  inRun: string | null = null
  /** Where the next run starts. */
  position: string | null = null
  /** Pages that were read, those that were read again included. */
  pagesRead = 0
  /** Positions that a source gave, as text. */
  readonly positions: string[] = []
  /** All of them were JSON. */
  isStorable = true
  /** Keys of all rows of the last run, in order. */
  emitted: string[] = []
  /** Rows that differ from what was stored, over all runs. */
  changes = 0

  get isRunning(): boolean {
    return this.inRun !== null
  }

  /** The rows that readers see, sorted: equal stores have equal texts. */
  text(): string {
    return this.published
      .map(({ key, row }) => `${key}\u0000${row}`)
      .toSorted()
      .join('\n')
  }

  #stagedRows(): StoredRow[] {
    return unique([...this.staged.values()].flatMap(({ rows }) => rows))
  }

  #replace(rows: StoredRow[]): void {
    const before = new Set(this.published.map(({ key, row }) => `${key}\u0000${row}`))
    this.changes += rows.filter(({ key, row }) => !before.has(`${key}\u0000${row}`)).length
    this.published = rows
    this.staged.clear()
    this.nextPage = 0
  }

  /** The days of a window become what is staged. */
  publishWindow(from: string, to: string): void {
    const others = this.published.filter(({ day = '' }) => day < from || day > to)
    this.#replace([...others, ...this.#stagedRows()])
  }

  /** What is staged replaces all. */
  publishAll(): void {
    this.#replace(this.#stagedRows())
  }

  /** Staged rows replace those with their keys, unless those are newer; deleted ones vanish. */
  publishKeys(): void {
    const rows = new Map(this.published.map((row) => [row.key, row]))
    for (const page of this.staged.values()) {
      for (const row of page.rows) {
        if ((row.updatedAt ?? '') >= (rows.get(row.key)?.updatedAt ?? '')) rows.set(row.key, row)
      }
      for (const key of page.deleted) rows.delete(key)
    }
    this.#replace([...rows.values()])
  }
}
