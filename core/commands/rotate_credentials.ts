import { BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** The last step of changing APP_KEY; afterwards APP_KEY_PREVIOUS can go. */
export default class RotateCredentials extends BaseCommand {
  static override commandName = 'credentials:rotate'
  static override description = 'Encrypt all credentials under the current APP_KEY'
  static override options: CommandOptions = { startApp: true }

  override async run(): Promise<void> {
    const { rotateCredentials } = await import('#connections/public')
    const changed = await rotateCredentials()
    this.logger.info(`credentials of ${changed} integrations were encrypted anew`)
  }
}
