import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up(): Promise<void> {
    this.schema.createTable('global_settings', (table) => {
      table.text('name').primary()
      table.jsonb('value').notNullable()
      table.timestamp('updated_at').notNullable().defaultTo(this.now())
    })
  }

  override async down(): Promise<void> {
    this.schema.dropTable('global_settings')
  }
}
