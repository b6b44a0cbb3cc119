import { BaseSchema } from '@adonisjs/lucid/schema'

/** An integration that was removed without its data stays as the origin of what it loaded. */
export default class extends BaseSchema {
  override async up(): Promise<void> {
    this.schema.alterTable('integrations', (table) => {
      table.timestamp('removed_at')
      table.dropUnique(['project_id', 'type', 'name'])
    })
    this.schema.raw(
      'create unique index integrations_name on integrations (project_id, type, name) where removed_at is null'
    )
  }

  override async down(): Promise<void> {
    this.schema.raw('drop index integrations_name')
    this.schema.alterTable('integrations', (table) => {
      table.unique(['project_id', 'type', 'name'])
      table.dropColumn('removed_at')
    })
  }
}
