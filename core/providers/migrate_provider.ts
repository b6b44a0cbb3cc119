import type { ApplicationService } from '@adonisjs/core/types'

/** The web process brings PostgreSQL up to date before it answers its first request. */
export default class MigrateProvider {
  #app: ApplicationService

  constructor(app: ApplicationService) {
    this.#app = app
  }

  async start(): Promise<void> {
    // `warmup` is code generation: no database is there.
    if (this.#app.getEnvironment() !== 'web' || this.#app.getMode() === 'warmup') return
    const { migrate } = await import('#shared/migrate')
    await migrate(this.#app, await this.#app.container.make('lucid.db'))
  }
}
