import type { ApplicationService } from '@adonisjs/core/types'
import type { Databases, Wanted } from '#embedded/databases'
import type { Log } from '#embedded/supervisor'

/**
 * Gives the application its databases where DATABASE_URL or CLICKHOUSE_URL is not set. The web
 * process owns the embedded ones; a worker uses those of a running web process; a command uses
 * them too, or owns them for as long as it runs.
 *
 * It stands before the database provider: boot() runs in that order, shutdown() in the reverse.
 */
export default class EmbeddedProvider {
  readonly #app: ApplicationService
  #databases: Promise<Databases> | undefined

  constructor(app: ApplicationService) {
    this.#app = app
  }

  async boot(): Promise<void> {
    // Code generation boots the providers and never shuts them down.
    if (this.#app.getMode() === 'warmup') return
    await import('#start/env')
    const environment = this.#app.getEnvironment()
    if (environment === 'web') await this.#checkPort()

    const wanted = {
      postgres: !process.env.DATABASE_URL,
      clickhouse: !process.env.CLICKHOUSE_URL,
    }
    if (!wanted.postgres && !wanted.clickhouse) return
    // Kept as a promise, so that a shutdown in the middle of it knows what to give back.
    this.#databases = this.#open(wanted)
    const { databaseUrl, clickhouseUrl } = await this.#databases
    if (wanted.postgres) process.env.DATABASE_URL = databaseUrl
    if (wanted.clickhouse) process.env.CLICKHOUSE_URL = clickhouseUrl
  }

  async #checkPort(): Promise<void> {
    const { assertPortFree } = await import('#embedded/port')
    await assertPortFree(process.env.HOST ?? '127.0.0.1', Number(process.env.PORT ?? 3333))
  }

  async #open(wanted: Wanted): Promise<Databases> {
    const { attachDatabases, isOwned, ownDatabases } = await import('#embedded/databases')
    const { dataDir } = await import('#shared/paths')
    const directory = dataDir()
    const isGuest = process.env.AF_ROLE === 'worker'
    const isWeb = this.#app.getEnvironment() === 'web'
    if (isGuest || (!isWeb && isOwned(directory))) return attachDatabases(directory, wanted)
    const logger = await this.#app.container.make('logger')
    const log: Log = (level, message) => {
      logger[level](message)
    }
    return ownDatabases(directory, wanted, log)
  }

  /** The last line of a start: where to go. */
  ready(): void {
    if (this.#app.getEnvironment() !== 'web' || this.#app.inTest) return
    const { HOST = '127.0.0.1', PORT = '3333' } = process.env
    const host = ['0.0.0.0', '::'].includes(HOST) ? 'localhost' : HOST
    process.stdout.write(`AnalyticaFlow is ready: http://${host}:${PORT}\n`)
  }

  async shutdown(): Promise<void> {
    const databases = await this.#databases?.catch(() => undefined)
    await databases?.release()
  }
}
