import { BaseSchema } from '@adonisjs/lucid/schema'

/** Exports and erasures of people's data. What names a person is gone as soon as it is not needed any more. */
export default class extends BaseSchema {
  override async up(): Promise<void> {
    this.schema.createTable('privacy_requests', (table) => {
      table.bigIncrements('id')
      table.integer('project_id').notNullable().references('projects.id').onDelete('CASCADE')
      table.integer('requested_by').references('users.id').onDelete('SET NULL')
      table.text('type').notNullable()
      table.text('status').notNullable().defaultTo('queued')
      table.text('step').notNullable().defaultTo('requested')
      // Numbers of the identifier that was asked for, never the identifier itself.
      table.text('alias_type').notNullable()
      table.text('alias_key')
      table.text('alias_hash')
      // What an erasure writes in place of the person.
      table.text('token').unique()
      table.bigInteger('commit_id')
      table.text('file_key')
      table.bigInteger('file_size')
      table.timestamp('expires_at')
      table.timestamp('created_at').notNullable().defaultTo(this.now())
      table.timestamp('finished_at')
      table.index(['project_id', 'id'])
      table.check("type in ('export', 'erasure')", [], 'privacy_requests_type')
      table.check(
        "status in ('queued', 'running', 'done', 'failed')",
        [],
        'privacy_requests_status'
      )
    })
  }

  override async down(): Promise<void> {
    this.schema.dropTable('privacy_requests')
  }
}
