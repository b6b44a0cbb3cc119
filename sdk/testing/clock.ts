import type { Clock } from '../src/runtime/index.ts'

/** Time that passes only where somebody waits. */
export class VirtualClock implements Clock {
  #at: number

  constructor(start: string) {
    this.#at = Date.parse(start)
  }

  now = (): Date => new Date(this.#at)

  /** Others go on first: who waits at the same time begins from the same moment. */
  async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    const until = this.#at + milliseconds
    await new Promise((resolve) => setImmediate(resolve))
    signal.throwIfAborted()
    this.#at = Math.max(this.#at, until)
  }

  /** Lets so much time pass. */
  pass(milliseconds: number): void {
    this.#at += milliseconds
  }
}
