import { BaseSchema } from '@adonisjs/lucid/schema'

/** Which staged rows a commit was made of: their records follow once it is published. */
export default class extends BaseSchema {
  override async up(): Promise<void> {
    this.schema.alterTable('commits', (table) => {
      table.jsonb('staged')
    })
  }

  override async down(): Promise<void> {
    this.schema.alterTable('commits', (table) => {
      table.dropColumn('staged')
    })
  }
}
