import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up(): Promise<void> {
    this.schema.createTable('invitations', (table) => {
      table.increments('id')
      table
        .integer('project_id')
        .notNullable()
        .references('projects.id')
        .onDelete('CASCADE')
        .index()
      table.text('email').notNullable()
      table.text('permission_level').notNullable()
      table.text('token_hash').notNullable().unique()
      table.integer('invited_by').references('users.id').onDelete('SET NULL')
      table.timestamp('created_at').notNullable().defaultTo(this.now())
      table.timestamp('expires_at').notNullable()
      table.timestamp('accepted_at')
      table.check("permission_level in ('owner', 'editor', 'viewer')", [], 'invitations_level')
    })
  }

  override async down(): Promise<void> {
    this.schema.dropTable('invitations')
  }
}
