import { Problem } from '#shared/http/problem'

interface Lane {
  running: number
  waiting: (() => void)[]
}

export interface GateLimits {
  /** Of one key at a time. */
  running: number
  /** Of one key before further ones are turned away. */
  waiting: number
}

/**
 * Lets a few tasks of each key run at a time, the others wait their turn: one project's reports
 * cannot take the engine from everybody else's.
 */
export class Gate {
  readonly #limits: GateLimits
  readonly #lanes = new Map<string, Lane>()

  constructor(limits: GateLimits) {
    this.#limits = limits
  }

  /** @throws Problem `rate_limited` where too many wait already */
  async run<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    const lane = this.#lanes.get(key) ?? { running: 0, waiting: [] }
    this.#lanes.set(key, lane)
    await this.#enter(lane)
    try {
      return await task()
    } finally {
      // A waiting task takes the place over, so nobody slips in between.
      const next = lane.waiting.shift()
      if (next) next()
      else if (--lane.running === 0) this.#lanes.delete(key)
    }
  }

  async #enter(lane: Lane): Promise<void> {
    if (lane.running < this.#limits.running) {
      lane.running += 1
      return
    }
    if (lane.waiting.length >= this.#limits.waiting) {
      throw new Problem('rate_limited', {
        detail: 'Too many reports of this project are being computed',
        retryAfter: 2,
      })
    }
    await new Promise<void>((resolve) => lane.waiting.push(resolve))
  }
}
