import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * What vendors have given to connections. In a table of their own: its row is locked while a vendor is
 * asked for new tokens, and that must not hold up whoever changes the integration.
 */
export default class extends BaseSchema {
  override async up(): Promise<void> {
    this.schema.createTable('connection_tokens', (table) => {
      table.bigInteger('integration_id').primary().references('integrations.id').onDelete('CASCADE')
      table.integer('project_id').notNullable()
      table.text('encrypted_tokens')
      table.timestamp('expires_at')
      // Tokens that never end need no job.
      table.timestamp('refresh_at').index()
      table.timestamp('updated_at').notNullable().defaultTo(this.now())
    })
  }

  override async down(): Promise<void> {
    this.schema.dropTable('connection_tokens')
  }
}
