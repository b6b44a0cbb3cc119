import { BaseSchema } from '@adonisjs/lucid/schema'

/** A request that fails is tried again, later each time, and is given up in the end. */
export default class extends BaseSchema {
  override async up(): Promise<void> {
    this.schema.alterTable('privacy_requests', (table) => {
      table.integer('attempt').notNullable().defaultTo(0)
      table.timestamp('retry_at')
      table.text('error')
    })
  }

  override async down(): Promise<void> {
    this.schema.alterTable('privacy_requests', (table) => {
      table.dropColumns('attempt', 'retry_at', 'error')
    })
  }
}
