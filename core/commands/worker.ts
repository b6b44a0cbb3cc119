import { BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Background jobs in a process of their own, beside a web process or several. */
export default class RunWorker extends BaseCommand {
  static override commandName = 'worker'
  static override description = 'Run background jobs until stopped'
  static override options: CommandOptions = { startApp: true, staysAlive: true }

  override async run(): Promise<void> {
    const { startWorker } = await import('#ingestion/public')
    const worker = await startWorker()
    this.app.terminating(() => worker.stop())
    this.logger.info('worker started')
  }
}
