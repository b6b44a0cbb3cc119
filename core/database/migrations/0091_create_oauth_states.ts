import { BaseSchema } from '@adonisjs/lucid/schema'

/** Consents that users have been sent to; each answers once, in the browser where it began. */
export default class extends BaseSchema {
  override async up(): Promise<void> {
    this.schema.createTable('oauth_states', (table) => {
      table.text('state_hash').primary()
      table.integer('project_id').notNullable()
      table
        .bigInteger('integration_id')
        .notNullable()
        .references('integrations.id')
        .onDelete('CASCADE')
        .index()
      table.integer('user_id').notNullable().references('users.id').onDelete('CASCADE')
      table.text('browser_hash').notNullable()
      table.text('encrypted_verifier')
      table.timestamp('expires_at').notNullable()
      table.timestamp('used_at')
      table.timestamp('created_at').notNullable().defaultTo(this.now())
    })
  }

  override async down(): Promise<void> {
    this.schema.dropTable('oauth_states')
  }
}
