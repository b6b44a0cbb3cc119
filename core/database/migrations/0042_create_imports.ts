import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up(): Promise<void> {
    this.schema.createTable('imports', (table) => {
      table.bigIncrements('id')
      table.integer('project_id').notNullable().references('projects.id').onDelete('CASCADE')
      table
        .bigInteger('integration_id')
        .notNullable()
        .references('integrations.id')
        .onDelete('CASCADE')
      table.bigInteger('run_id').references('sync_runs.id').onDelete('SET NULL')
      table.integer('user_id').references('users.id').onDelete('SET NULL')
      table.text('name').notNullable()
      table.jsonb('spec').notNullable()
      table.text('file_name').notNullable()
      table.bigInteger('file_size').notNullable()
      table.text('file_key').notNullable()
      table.timestamp('created_at').notNullable().defaultTo(this.now())
      table.index(['project_id', 'id'])
    })
  }

  override async down(): Promise<void> {
    this.schema.dropTable('imports')
  }
}
