import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** What one running query may use: a pipe for its rows in, a pipe for its rows out, a file. */
export interface Slot {
  input: string
  output: string
  spool: string
}

/**
 * A bounded number of queries at a time; the rest wait in line.
 *
 * The pipes are named ones, made once: Node cannot make them, and a process per query would cost
 * more than the query.
 */
export class Slots {
  readonly #free: Slot[] = []
  readonly #waiting: ((slot: Slot) => void)[] = []

  constructor(directory: string, count: number) {
    rmSync(directory, { recursive: true, force: true })
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    for (let index = 0; index < count; index += 1) {
      const path = join(directory, String(index))
      this.#free.push({ input: `${path}.in`, output: `${path}.out`, spool: `${path}.spool` })
    }
    const made = spawnSync('mkfifo', [
      '-m',
      '600',
      ...this.#free.flatMap(({ input, output }) => [input, output]),
    ])
    if (made.status !== 0) {
      throw new Error(`cannot make pipes in ${directory}: ${String(made.error ?? made.stderr)}`)
    }
  }

  /** Waits for a free slot, unless the signal ends the waiting. */
  async take(signal: AbortSignal): Promise<Slot> {
    signal.throwIfAborted()
    const free = this.#free.pop()
    if (free) return free
    return new Promise((resolve, reject) => {
      const granted = (slot: Slot) => {
        signal.removeEventListener('abort', gaveUp)
        resolve(slot)
      }
      const gaveUp = () => {
        this.#waiting.splice(this.#waiting.indexOf(granted), 1)
        reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'))
      }
      signal.addEventListener('abort', gaveUp, { once: true })
      this.#waiting.push(granted)
    })
  }

  release(slot: Slot): void {
    const next = this.#waiting.shift()
    if (next) next(slot)
    else this.#free.push(slot)
  }
}
