import { setTimeout as sleep } from 'node:timers/promises'
import { refuse } from './errors.ts'
import { openEngine, type Connection, type NativeResult } from './native.ts'
import { Slots, type Slot } from './slots.ts'

/** What a request says about its query besides the SQL. */
export interface QuerySpec {
  id: string
  database: string | undefined
  settings: ReadonlyMap<string, string>
  params: ReadonlyMap<string, string>
}

/** A prepared connection and its slot, for the time of one query; the signal says: stop it. */
export interface Lease {
  connection: Connection
  slot: Slot
  signal: AbortSignal
}

interface Running {
  abort: AbortController
  finished: Promise<void>
}

/** Where the embedded engine's defaults differ from a server's and need not. */
const SERVER_DEFAULTS = { allow_introspection_functions: '0', implicit_select: '0' }
const LONG_STATEMENT = 100_000
const RAISE_LIMIT = 'SET max_query_size = 134217728'
const NAME = /^[A-Za-z_]\w*$/

const quote = (value: string): string => `'${value.replaceAll(/[\\']/g, (found) => `\\${found}`)}'`

function assignments(spec: QuerySpec): string {
  const settings = new Map([...Object.entries(SERVER_DEFAULTS), ...spec.settings])
  const parts = [...settings].map(([name, value]) => {
    if (!NAME.test(name)) throw refuse(115, `Unknown setting '${name}'`)
    return `${name}=${quote(value)}`
  })
  for (const [name, value] of spec.params) {
    if (!NAME.test(name)) throw refuse(62, `Syntax error: parameter name '${name}'`)
    parts.push(`param_${name}=${quote(value)}`)
  }
  return [...parts, `log_comment=${quote(spec.id)}`].join(', ')
}

/**
 * The engine as a set of concurrent queries. Each gets a connection of its own, opened for it and
 * closed after it (0.3 ms), so that settings, parameters and the database of one never reach
 * another.
 */
export class Engine {
  readonly #open: () => Connection
  readonly #control: Connection
  readonly #slots: Slots
  readonly #running = new Map<string, Running>()
  #closed = false

  constructor(dataDir: string, scratchDir: string, slots: number) {
    this.#slots = new Slots(scratchDir, slots)
    this.#open = openEngine(dataDir)
    this.#control = this.#open()
  }

  /** Runs `work` on a connection of its own. When the signal fires, the query is killed. */
  async run<T>(
    spec: QuerySpec,
    signal: AbortSignal,
    work: (lease: Lease) => Promise<T>
  ): Promise<T> {
    if (this.#closed) throw refuse(236, 'The engine is shutting down')
    if (this.#running.has(spec.id))
      throw refuse(216, `Query with id = ${spec.id} is already running`)
    const { promise: finished, resolve: finish } = Promise.withResolvers<void>()
    const abort = new AbortController()
    this.#running.set(spec.id, { abort, finished })
    const either = AbortSignal.any([signal, abort.signal])
    const onAbort = () => void this.#kill(spec.id)
    either.addEventListener('abort', onAbort, { once: true })
    try {
      return await this.#lease(spec, either, work)
    } finally {
      either.removeEventListener('abort', onAbort)
      this.#running.delete(spec.id)
      finish()
    }
  }

  async #lease<T>(
    spec: QuerySpec,
    signal: AbortSignal,
    work: (lease: Lease) => Promise<T>
  ): Promise<T> {
    const set = `SET ${assignments(spec)}`
    const slot = await this.#slots.take(signal)
    let connection: Connection | undefined
    try {
      connection = this.#open()
      // TRICKY: long parameters make a long SET, and the parser has its limit for that as well.
      if (set.length > LONG_STATEMENT) await connection.query(RAISE_LIMIT)
      // The database first: with `readonly` set, USE is still fine, but a failure should name it.
      if (spec.database)
        await connection.query(`USE \`${spec.database.replaceAll(/[\\`]/g, '\\$&')}\``)
      await connection.query(set)
      signal.throwIfAborted()
      return await work({ connection, slot, signal })
    } finally {
      connection?.close()
      this.#slots.release(slot)
    }
  }

  /**
   * Kills until the query has ended.
   * TRICKY: a query that has not reached the engine's list yet is not found by KILL, so once is not
   * enough.
   */
  async #kill(id: string): Promise<void> {
    for (let pause = 2; this.#running.has(id); pause = Math.min(pause * 2, 200)) {
      await this.killed(id)
      await sleep(pause)
    }
  }

  /** Ends a query for a reason of this side. */
  cancel(id: string): void {
    this.#running.get(id)?.abort.abort()
  }

  /** One KILL; true when the engine had the query in its list. */
  async killed(id: string): Promise<boolean> {
    const where = `Settings['log_comment'] = ${quote(id)}`
    const answer = await this.#control
      .query(`KILL QUERY WHERE ${where} ASYNC`)
      .catch(() => undefined)
    return (answer?.bytes.length ?? 0) > 0
  }

  /** `KILL QUERY` as a statement; also ends the inserts that only wait for their sender. */
  async runKill(connection: Connection, sql: string, format: string): Promise<NativeResult> {
    const answer = await connection.query(sql, format)
    const cancelled = await this.#control.query(
      "SELECT Settings['log_comment'] FROM system.processes WHERE is_cancelled"
    )
    for (const id of cancelled.bytes.toString().split('\n')) this.cancel(id)
    return answer
  }

  /** Kills what runs (the process could not end before it) and closes the engine. */
  async close(): Promise<void> {
    this.#closed = true
    const running = [...this.#running.values()]
    for (const { abort } of running) abort.abort()
    await Promise.all(running.map(({ finished }) => finished))
    this.#control.close()
  }
}
