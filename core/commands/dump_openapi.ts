import { writeFile } from 'node:fs/promises'
import { args, BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** The OpenAPI document without a server, for the types of the web app. */
export default class DumpOpenApi extends BaseCommand {
  static override commandName = 'openapi:dump'
  static override description = 'Write the OpenAPI document of all mounted routes into a file'
  static override options: CommandOptions = { startApp: true }

  @args.string({ description: 'Where to write it' })
  declare file: string

  override async run(): Promise<void> {
    const { currentDocument } = await import('#shared/http/describe_endpoint')
    await writeFile(this.file, JSON.stringify(currentDocument(), null, 2))
  }
}
