import { BaseSchema } from '@adonisjs/lucid/schema'

/** No foreign keys: what happened stays on record after users and projects are gone. */
export default class extends BaseSchema {
  override async up(): Promise<void> {
    this.schema.createTable('audit_log', (table) => {
      table.bigIncrements('id')
      table.timestamp('at').notNullable().defaultTo(this.now()).index()
      table.text('action').notNullable()
      table.integer('actor_id').index()
      table.integer('api_key_id')
      table.integer('project_id').index()
      table.text('target')
      table.jsonb('details').notNullable().defaultTo('{}')
      table.text('address')
      table.text('request_id')
    })
  }

  override async down(): Promise<void> {
    this.schema.dropTable('audit_log')
  }
}
