import type { ApplicationService } from '@adonisjs/core/types'
import type { Worker } from '#ingestion/public'

/** Brings ClickHouse up to date, and runs the jobs beside the web server unless AF_ROLE says `web`. */
export default class JobsProvider {
  #app: ApplicationService
  #worker?: Worker

  constructor(app: ApplicationService) {
    this.#app = app
  }

  async start(): Promise<void> {
    // `warmup` is code generation: no database is there.
    if (this.#app.getMode() === 'warmup') return
    const { lockedMigration } = await import('#shared/migrate')
    const { migrateWarehouse } = await import('#warehouse/public')
    const db = await this.#app.container.make('lucid.db')
    await lockedMigration(db, () => migrateWarehouse(this.#app.makePath('clickhouse/migrations')))
  }

  async ready(): Promise<void> {
    if (this.#app.getMode() === 'warmup' || process.env.AF_ROLE === 'web') return
    const { startWorker } = await import('#ingestion/public')
    this.#worker = await startWorker()
  }

  async shutdown(): Promise<void> {
    await this.#worker?.stop()
    const { closeClickhouse } = await import('#warehouse/public')
    await closeClickhouse()
  }
}
