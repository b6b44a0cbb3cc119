export interface Limits {
  /** Operations in 24 hours of the Cloud project: Explorer 2,880, Basic 15,000. */
  operationsPerDay: number
  /** Requests a second on one customer; Google does not publish its figure. */
  perSecond: number
}

const DAY = 86_400

/** How much the Cloud project has used. */
export class Quota {
  readonly limits: Limits = { operationsPerDay: 15_000, perSecond: 50 }
  #operations: number[] = []
  readonly #seconds = new Map<string, { second: number; count: number }>()

  /** Seconds to wait where a customer is asked too fast; 0 where not. */
  tooFast(customerId: string, now: number): number {
    const used = this.#seconds.get(customerId)
    const count = used?.second === now ? used.count + 1 : 1
    this.#seconds.set(customerId, { second: now, count })
    return count > this.limits.perSecond ? 1 : 0
  }

  /** Counts one operation; seconds until there is room again, 0 where there is. */
  spend(now: number): number {
    this.#operations = this.#operations.filter((at) => at > now - DAY)
    if (this.#operations.length >= this.limits.operationsPerDay) {
      return (this.#operations[0] ?? now) + DAY - now
    }
    this.#operations.push(now)
    return 0
  }
}
