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
  readonly #buckets = new Map<string, { left: number; at: number }>()

  /**
   * Seconds to wait where a customer is asked too fast; 0 where not. Measured in real time: the
   * world's clock may stand still.
   */
  tooFast(customerId: string): number {
    const { perSecond } = this.limits
    const at = performance.now() / 1000
    const most = Math.max(1, perSecond)
    const { left, at: since } = this.#buckets.get(customerId) ?? { left: most, at }
    const filled = Math.min(most, left + (at - since) * perSecond)
    this.#buckets.set(customerId, { left: filled < 1 ? filled : filled - 1, at })
    return filled < 1 ? Math.ceil((1 - filled) / perSecond) : 0
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
