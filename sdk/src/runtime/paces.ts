import type { Observed, RateLimit } from '../http.ts'

/** One limit over time. All times are milliseconds since 1970. */
export interface Pace {
  /** The moment from which a request with this body may be sent. */
  freeAt(body: unknown): number
  /** Counts a request. */
  take(body: unknown): void
  observe(observed: Observed): void
}

/** So many requests in any span of so many seconds. */
export class Span implements Pace {
  readonly #requests: number
  readonly #milliseconds: number
  readonly #now: () => number
  #sent: number[] = []

  constructor(requests: number, seconds: number, now: () => number) {
    this.#requests = Math.max(1, Math.floor(requests))
    this.#milliseconds = seconds * 1000
    this.#now = now
  }

  freeAt(): number {
    const first = this.#sent.at(-this.#requests)
    return first === undefined ? 0 : first + this.#milliseconds
  }

  take(): void {
    this.#sent.push(this.#now())
    if (this.#sent.length > 2 * this.#requests) this.#sent = this.#sent.slice(-this.#requests)
  }

  observe(): void {}
}

type BucketLimit = Extract<RateLimit, { bucket: number }>

/** Points that refill; what the vendor tells of its own count replaces ours. */
export class Bucket implements Pace {
  readonly #cost: (body: unknown) => number
  readonly #now: () => number
  #capacity: number
  #perSecond: number
  #points: number
  #at: number

  constructor({ bucket, refillPerSecond, cost }: BucketLimit, now: () => number) {
    this.#capacity = bucket
    this.#perSecond = refillPerSecond
    this.#cost = cost ?? (() => 1)
    this.#now = now
    this.#points = bucket
    this.#at = now()
  }

  freeAt(body: unknown): number {
    this.#refill()
    // What costs more than a full bucket is sent from a full one: the vendor has to judge it.
    const missing = Math.min(this.#cost(body), this.#capacity) - this.#points
    return missing <= 0 ? 0 : this.#at + Math.ceil((missing / this.#perSecond) * 1000)
  }

  take(body: unknown): void {
    this.#refill()
    this.#points -= this.#cost(body)
  }

  observe({ available, capacity, refillPerSecond }: Observed): void {
    this.#refill()
    this.#capacity = capacity ?? this.#capacity
    this.#perSecond = refillPerSecond ?? this.#perSecond
    this.#points = available ?? this.#points
  }

  #refill(): void {
    const now = this.#now()
    const gained = ((now - this.#at) / 1000) * this.#perSecond
    this.#points = Math.min(this.#capacity, this.#points + Math.max(0, gained))
    this.#at = now
  }
}

/** So many requests at the same time. */
export class Gate {
  #free: number
  readonly #waiting: (() => void)[] = []

  constructor(places: number) {
    this.#free = Math.max(1, Math.floor(places))
  }

  /** @throws the signal's reason when it aborts */
  async enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (this.#free > 0) {
      this.#free -= 1
      return
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const stop = () => {
      this.#waiting.splice(this.#waiting.indexOf(resolve), 1)
      reject(signal.reason as Error)
    }
    this.#waiting.push(resolve)
    signal.addEventListener('abort', stop, { once: true })
    await promise.finally(() => {
      signal.removeEventListener('abort', stop)
    })
  }

  leave(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#free += 1
    else next()
  }
}
