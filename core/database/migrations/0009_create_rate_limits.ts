import { BaseSchema } from '@adonisjs/lucid/schema'

/** As the limiter's database store expects it; used with AF_RATE_LIMIT_STORE=database. */
export default class extends BaseSchema {
  override async up(): Promise<void> {
    this.schema.createTable('rate_limits', (table) => {
      table.string('key', 255).notNullable().primary()
      table.integer('points').notNullable().defaultTo(0)
      table.bigInteger('expire').unsigned()
    })
  }

  override async down(): Promise<void> {
    this.schema.dropTable('rate_limits')
  }
}
