import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up(): Promise<void> {
    this.schema.createTable('api_keys', (table) => {
      table.increments('id')
      table
        .integer('project_id')
        .notNullable()
        .references('projects.id')
        .onDelete('CASCADE')
        .index()
      table.integer('created_by').notNullable().references('users.id').onDelete('CASCADE')
      table.text('name').notNullable()
      table.text('prefix').notNullable().comment('the first characters, to tell keys apart')
      table.text('hash').notNullable().unique()
      table.specificType('permissions', 'text[]').notNullable()
      table.timestamp('created_at').notNullable().defaultTo(this.now())
      table.timestamp('last_used_at')
      table.timestamp('revoked_at')
    })
  }

  override async down(): Promise<void> {
    this.schema.dropTable('api_keys')
  }
}
