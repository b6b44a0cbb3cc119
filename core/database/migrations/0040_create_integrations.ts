import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up(): Promise<void> {
    this.schema.createTable('integrations', (table) => {
      table.bigIncrements('id')
      table.integer('project_id').notNullable().references('projects.id').onDelete('CASCADE')
      table.text('type').notNullable()
      table.text('name').notNullable()
      table.jsonb('settings_json').notNullable().defaultTo('{}')
      table.text('encrypted_credentials')
      table.text('status').notNullable().defaultTo('pending')
      table.jsonb('error')
      table.timestamp('last_synced_at')
      table.timestamp('created_at').notNullable().defaultTo(this.now())
      table.unique(['project_id', 'type', 'name'])
      table.check(
        "status in ('pending', 'active', 'syncing', 'needs_reauth', 'error', 'paused')",
        [],
        'integrations_status'
      )
    })
  }

  override async down(): Promise<void> {
    this.schema.dropTable('integrations')
  }
}
