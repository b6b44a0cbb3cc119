import type { Observed, RateLimit } from '../http.ts'
import type { Clock } from './clock.ts'
import { Bucket, Gate, Span, type Pace } from './paces.ts'

/** The right to send one request. */
export interface Permit {
  /** Given back when the answer has been read. */
  release(): void
}

/**
 * What all requests of one connection or application share. The core may keep it where several
 * processes see it; {@link makeBudget} keeps it in memory.
 */
export interface Budget {
  /**
   * Waits for the right to send a request with this body.
   *
   * @returns the moment to come back at, where that is further away than `patienceMs`; nothing is taken then
   */
  reserve(body: unknown, patienceMs: number, signal: AbortSignal): Promise<Permit | Date>
  /** What an answer told. */
  observe(observed: Observed): void
  /** Nobody sends before. */
  hold(until: Date): void
}

function paceOf(limit: RateLimit, now: () => number): Pace | Gate {
  if ('perMinute' in limit) return new Span(limit.perMinute, 60, now)
  if ('requests' in limit) return new Span(limit.requests, limit.seconds, now)
  if ('parallel' in limit) return new Gate(limit.parallel)
  return new Bucket(limit, now)
}

class MemoryBudget implements Budget {
  readonly #clock: Clock
  readonly #paces: Pace[] = []
  readonly #gates: Gate[] = []
  #heldUntil = 0

  constructor(limits: readonly RateLimit[], clock: Clock) {
    this.#clock = clock
    for (const limit of limits) {
      const pace = paceOf(limit, () => clock.now().getTime())
      if (pace instanceof Gate) this.#gates.push(pace)
      else this.#paces.push(pace)
    }
  }

  async reserve(body: unknown, patienceMs: number, signal: AbortSignal): Promise<Permit | Date> {
    const entered: Gate[] = []
    const release = () => entered.splice(0).forEach((gate) => gate.leave())
    try {
      for (const gate of this.#gates) {
        await gate.enter(signal)
        entered.push(gate)
      }
      const tooLate = await this.#pass(body, patienceMs, signal)
      if (tooLate === undefined) return { release }
      release()
      return tooLate
    } catch (error) {
      release()
      throw error
    }
  }

  /** Looks again after each wait: meanwhile a vendor may have asked for a longer one. */
  async #pass(body: unknown, patienceMs: number, signal: AbortSignal): Promise<Date | undefined> {
    const now = () => this.#clock.now().getTime()
    const giveUpAt = now() + patienceMs
    for (;;) {
      signal.throwIfAborted()
      const at = Math.max(this.#heldUntil, ...this.#paces.map((pace) => pace.freeAt(body)))
      if (at > giveUpAt) return new Date(at)
      if (at <= now()) break
      await this.#clock.sleep(at - now(), signal)
    }
    for (const pace of this.#paces) pace.take(body)
    return undefined
  }

  observe(observed: Observed): void {
    for (const pace of this.#paces) pace.observe(observed)
    if (observed.pauseUntil !== undefined) this.hold(observed.pauseUntil)
  }

  hold(until: Date): void {
    this.#heldUntil = Math.max(this.#heldUntil, until.getTime())
  }
}

/** A budget of these limits, in the memory of this process. */
export const makeBudget = (limits: RateLimit | readonly RateLimit[], clock: Clock): Budget =>
  new MemoryBudget(Array.isArray(limits) ? limits : [limits as RateLimit], clock)
