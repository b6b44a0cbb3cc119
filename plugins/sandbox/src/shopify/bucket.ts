/** Points a second by the shop's plan; the bucket holds twenty seconds of them. */
export const PLANS = { Standard: 100, Advanced: 200, Plus: 1000, Enterprise: 2000 } as const
export type Plan = keyof typeof PLANS

/**
 * Points of one app in one shop. It refills with real time, also where the world's clock stands
 * still: else whoever waits would wait for ever.
 */
export class Bucket {
  plan: Plan = 'Standard'
  #used = 0
  #since = performance.now()

  get restoreRate(): number {
    return PLANS[this.plan]
  }

  get maximum(): number {
    return this.restoreRate * 20
  }

  get available(): number {
    const now = performance.now()
    this.#used = Math.max(0, this.#used - ((now - this.#since) / 1000) * this.restoreRate)
    this.#since = now
    return Math.floor(this.maximum - this.#used)
  }

  /** Takes points where there are as many. */
  take(points: number): boolean {
    if (this.available < points) return false
    this.#used += points
    return true
  }

  /** Gives back what a query did not need after all. */
  giveBack(points: number): void {
    this.#used = Math.max(0, this.#used - points)
  }

  /** Empties it, as somebody else with the same app would. */
  drain(): void {
    this.#used = this.maximum
  }
}
