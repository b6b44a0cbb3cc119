import { setTimeout as sleep } from 'node:timers/promises'
import { isRunning, type ProcessIdentity } from './process.ts'

export type Log = (level: 'info' | 'warn' | 'error', message: string) => void

/** A database that runs as a process of its own. */
export interface EmbeddedDatabase {
  name: string
  url: string
  process: ProcessIdentity
}

interface Options<Database extends EmbeddedDatabase> {
  log: Log
  /** Starts it again at the same address. */
  restart: () => Promise<Database>
  stop: (database: Database) => Promise<void>
}

const LOOK_EVERY_MS = 200
const MAX_RESTARTS = 8
/** Deaths longer ago than this are forgiven. */
const WINDOW_MS = 10 * 60_000

/**
 * Keeps one database running until it is told to stop.
 *
 * States: watching → (the process is gone) → restarting → watching, or → given up after
 * MAX_RESTARTS within WINDOW_MS. `stop` ends each of them.
 */
export class Supervisor<Database extends EmbeddedDatabase> {
  #database: Database
  readonly #options: Options<Database>
  readonly #timer: NodeJS.Timeout
  #restarting: Promise<void> | undefined
  #deaths: number[] = []
  #stopped = false

  constructor(database: Database, options: Options<Database>) {
    this.#database = database
    this.#options = options
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS)
    this.#timer.unref()
  }

  get process(): ProcessIdentity {
    return this.#database.process
  }

  #look(): void {
    if (this.#restarting || this.#stopped || isRunning(this.#database.process)) return
    this.#restarting = this.#restart().finally(() => {
      this.#restarting = undefined
    })
  }

  async #restart(): Promise<void> {
    const { log, restart } = this.#options
    const { name, process } = this.#database
    log('error', `embedded ${name} (process ${process.pid}) has ended, starting it again`)
    while (!this.#stopped) {
      if (!this.#mayTry()) {
        log(
          'error',
          `embedded ${name} ended ${MAX_RESTARTS} times in a row, giving up: restart the application`
        )
        this.#halt()
        return
      }
      await sleep(this.#pause(), undefined, { ref: false })
      try {
        this.#database = await restart()
        log('info', `embedded ${name} runs again as process ${this.#database.process.pid}`)
        return
      } catch (error) {
        log(
          'error',
          `embedded ${name} did not start: ${error instanceof Error ? error.message : String(error)}`
        )
      }
    }
  }

  #mayTry(): boolean {
    const now = Date.now()
    this.#deaths = this.#deaths.filter((at) => now - at < WINDOW_MS)
    this.#deaths.push(now)
    return this.#deaths.length <= MAX_RESTARTS
  }

  /** At once after the first death, then 0.25 s, 0.5 s, … 15 s. */
  #pause(): number {
    const earlier = this.#deaths.length - 1
    return earlier === 0 ? 0 : Math.min(125 * 2 ** earlier, 15_000)
  }

  #halt(): void {
    this.#stopped = true
    clearInterval(this.#timer)
  }

  /** Ends the watching and the database. */
  async stop(): Promise<void> {
    this.#halt()
    await this.#restarting
    await this.#options.stop(this.#database)
  }
}
