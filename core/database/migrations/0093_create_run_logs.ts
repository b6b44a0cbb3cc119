import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up(): Promise<void> {
    this.schema.createTable('run_logs', (table) => {
      table.bigIncrements('id')
      table.bigInteger('run_id').notNullable().references('sync_runs.id').onDelete('CASCADE')
      table.timestamp('at').notNullable().defaultTo(this.now())
      table.text('level').notNullable()
      table.text('message').notNullable()
      table.jsonb('data')
      table.index(['run_id', 'id'])
    })
  }

  override async down(): Promise<void> {
    this.schema.dropTable('run_logs')
  }
}
