import { BaseSchema } from '@adonisjs/lucid/schema'

/** Hashes of erased identifiers, keyed with the project's salt, and what takes their place in rows that come again. */
export default class extends BaseSchema {
  override async up(): Promise<void> {
    this.schema.createTable('suppressions', (table) => {
      table.integer('project_id').notNullable().references('projects.id').onDelete('CASCADE')
      table.text('hash').notNullable()
      table.text('replacement').notNullable()
      table.timestamp('created_at').notNullable().defaultTo(this.now())
      table.primary(['project_id', 'hash'])
    })
  }

  override async down(): Promise<void> {
    this.schema.dropTable('suppressions')
  }
}
