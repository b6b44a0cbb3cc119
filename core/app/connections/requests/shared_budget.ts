import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Observed, RateLimit } from '@analyticaflow/sdk'
import { systemClock, type Budget, type Clock, type Permit } from '@analyticaflow/sdk/runtime'
import { leave, paceOf, type PaceState } from './paces.ts'

/** Whom limits are shared by: rows of `rate_budgets`. */
export interface BudgetKeys {
  connection: string
  app: string
}

interface Shared {
  /** By the limit's place in the definition. */
  paces?: Record<string, PaceState>
  heldUntil?: number
}

type States = Map<string, Shared>

/** Looks again at least so often: meanwhile a vendor may have told more. */
const LONGEST_SLEEP_MS = 5000

/**
 * What is left of a vendor's limits, in PostgreSQL, so that all workers keep to them together. Rows are
 * locked in the order of their keys, and only while a request is counted.
 */
export class SharedBudget implements Budget {
  readonly #limits: readonly RateLimit[]
  readonly #keys: BudgetKeys
  readonly #clock: Clock
  /** What answers told is written one after the other, and before the next request. */
  #writing: Promise<unknown> = Promise.resolve()

  constructor(
    limits: RateLimit | readonly RateLimit[],
    keys: BudgetKeys,
    clock: Clock = systemClock
  ) {
    this.#limits = [limits].flat()
    this.#keys = keys
    this.#clock = clock
  }

  async reserve(body: unknown, patienceMs: number, signal: AbortSignal): Promise<Permit | Date> {
    const giveUpAt = this.#now() + patienceMs
    const holder = randomUUID()
    for (;;) {
      signal.throwIfAborted()
      await this.#writing
      const at = await this.#tryTake(body, holder)
      if (at === undefined) return { release: () => this.#leave(holder) }
      if (at > giveUpAt) return new Date(at)
      const wait = Math.max(0, at - this.#now())
      await this.#clock.sleep(Math.min(wait, LONGEST_SLEEP_MS), signal)
    }
  }

  observe(observed: Observed): void {
    this.#write((states) => {
      for (const [index, limit] of this.#limits.entries()) {
        const state = this.#stateOf(states, limit)
        const known = state.paces?.[index] ?? {}
        const after = paceOf(limit).observe?.(known, observed, this.#now())
        if (after !== undefined) state.paces = { ...state.paces, [index]: after }
      }
    })
    if (observed.pauseUntil !== undefined) this.hold(observed.pauseUntil)
  }

  hold(until: Date): void {
    this.#write((states) => {
      const state = states.get(this.#holdKey)
      if (state) state.heldUntil = Math.max(state.heldUntil ?? 0, until.getTime())
    })
  }

  /** A vendor that counts by connection means this one; else everybody has to wait. */
  get #holdKey(): string {
    const byApp = this.#limits.length > 0 && this.#limits.every(({ key }) => key === 'app')
    return byApp ? this.#keys.app : this.#keys.connection
  }

  #now(): number {
    return this.#clock.now().getTime()
  }

  #stateOf(states: States, { key = 'connection' }: RateLimit): Shared {
    const name = this.#keys[key]
    const state = states.get(name) ?? {}
    states.set(name, state)
    return state
  }

  /** @returns when to try again, or nothing once the request is counted */
  #tryTake(body: unknown, holder: string): Promise<number | undefined> {
    return this.#locked((states) => {
      const now = this.#now()
      const free = this.#limits.map((limit, index) => {
        const state = this.#stateOf(states, limit).paces?.[index] ?? {}
        return paceOf(limit).freeAt(state, body, now)
      })
      const held = [...states.values()].map(({ heldUntil }) => heldUntil ?? 0)
      const at = Math.max(now, ...free, ...held)
      if (at > now) return at
      for (const [index, limit] of this.#limits.entries()) {
        const state = this.#stateOf(states, limit)
        const taken = paceOf(limit).take(state.paces?.[index] ?? {}, body, now, holder)
        state.paces = { ...state.paces, [index]: taken }
      }
      return undefined
    })
  }

  #leave(holder: string): void {
    if (!this.#limits.some((limit) => 'parallel' in limit)) return
    this.#write((states) => {
      for (const state of states.values()) {
        const paces = Object.entries(state.paces ?? {})
        state.paces = Object.fromEntries(paces.map(([index, pace]) => [index, leave(pace, holder)]))
      }
    })
  }

  /** In the background: whoever tells it goes on, and a lost word costs a wait at most. */
  #write(change: (states: States) => void): void {
    this.#writing = this.#writing
      .then(() => this.#locked(change))
      .catch((error: unknown) => logger.warn({ err: error }, 'a budget could not be noted'))
  }

  #locked<T>(work: (states: States) => T): Promise<T> {
    const used = this.#limits.map(({ key = 'connection' }) => this.#keys[key])
    const keys = [...new Set([...used, this.#holdKey])].toSorted()
    return db.transaction(async (trx) => {
      const states = await lockStates(trx, keys)
      const before = JSON.stringify([...states])
      const result = work(states)
      if (JSON.stringify([...states]) !== before) await writeStates(trx, states)
      return result
    })
  }
}

async function lockStates(
  trx: TransactionClientContract,
  keys: readonly string[]
): Promise<States> {
  const places = keys.map(() => '(?)').join(', ')
  await trx.rawQuery(
    `insert into rate_budgets (key) values ${places} on conflict (key) do nothing`,
    [...keys]
  )
  const rows = (await trx
    .from('rate_budgets')
    .whereIn('key', [...keys])
    .orderBy('key')
    .forUpdate()
    .select('key', 'state')) as { key: string; state: Shared }[]
  return new Map(rows.map(({ key, state }) => [key, state]))
}

async function writeStates(trx: TransactionClientContract, states: States): Promise<void> {
  for (const [key, state] of states) {
    await trx
      .from('rate_budgets')
      .where('key', key)
      .update({ state: JSON.stringify(state), updated_at: new Date() })
  }
}
