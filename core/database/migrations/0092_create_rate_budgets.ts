import { BaseSchema } from '@adonisjs/lucid/schema'

/** What is left of vendors' limits, shared by all processes: per connection, or per application. */
export default class extends BaseSchema {
  override async up(): Promise<void> {
    this.schema.createTable('rate_budgets', (table) => {
      table.text('key').primary()
      table.jsonb('state').notNullable().defaultTo('{}')
      table.timestamp('updated_at').notNullable().defaultTo(this.now())
    })
  }

  override async down(): Promise<void> {
    this.schema.dropTable('rate_budgets')
  }
}
