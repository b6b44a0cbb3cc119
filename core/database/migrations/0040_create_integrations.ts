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
      // A paused integration keeps the status that it goes on with.
      table.timestamp('paused_at')
      table.jsonb('schedule')
      table.timestamp('next_run_at')
      table.timestamp('last_synced_at')
      table.timestamp('created_at').notNullable().defaultTo(this.now())
      table.unique(['project_id', 'type', 'name'])
      table.check(
        "status in ('pending', 'active', 'syncing', 'needs_reauth', 'error')",
        [],
        'integrations_status'
      )
    })
    this.schema.raw(
      'create index integrations_next_run on integrations (next_run_at) where next_run_at is not null'
    )
  }

  override async down(): Promise<void> {
    this.schema.dropTable('integrations')
  }
}
