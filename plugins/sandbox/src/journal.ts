/** One request that was answered; no header, no body and no query, so no secret. */
export interface Entry {
  at: number
  vendor: string
  endpoint: string
  status: number
  fault?: string
}

const KEPT = 2000

/** Which vendor was asked for what, and how often. */
export class Journal {
  #counts: Record<string, Record<string, number>> = {}
  #latest: Entry[] = []

  get counts(): Readonly<Record<string, Record<string, number>>> {
    return this.#counts
  }

  get latest(): readonly Entry[] {
    return this.#latest
  }

  note(entry: Entry): void {
    const own = (this.#counts[entry.vendor] ??= {})
    own[entry.endpoint] = (own[entry.endpoint] ?? 0) + 1
    this.#latest.push(entry)
    if (this.#latest.length > KEPT) this.#latest.shift()
  }

  clear(): void {
    this.#counts = {}
    this.#latest = []
  }
}
