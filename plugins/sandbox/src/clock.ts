/** The time of the simulated world, in seconds of Unix. */
export class Clock {
  #at: number
  readonly #isRunning: boolean

  /** @param start where it stands still, an ISO time; without it runs with the real one */
  constructor(start?: string) {
    this.#isRunning = start === undefined
    this.#at = start === undefined ? 0 : Math.floor(Date.parse(start) / 1000)
    if (Number.isNaN(this.#at)) throw new RangeError(`“${start}” is no time`)
  }

  now(): number {
    return this.#isRunning ? Math.floor(Date.now() / 1000) + this.#at : this.#at
  }

  advance(seconds: number): void {
    this.#at += seconds
  }

  set(iso: string): void {
    const target = Math.floor(Date.parse(iso) / 1000)
    if (Number.isNaN(target)) throw new RangeError(`“${iso}” is no time`)
    this.advance(target - this.now())
  }
}
