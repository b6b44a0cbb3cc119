import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up(): Promise<void> {
    this.schema.createTable('refresh_tokens', (table) => {
      table.text('hash').primary()
      table.uuid('family').notNullable().index()
      table.integer('user_id').notNullable().references('users.id').onDelete('CASCADE').index()
      table.timestamp('created_at').notNullable().defaultTo(this.now())
      table.timestamp('expires_at').notNullable().index()
      table.timestamp('used_at')
      table.timestamp('revoked_at')
    })
  }

  override async down(): Promise<void> {
    this.schema.dropTable('refresh_tokens')
  }
}
