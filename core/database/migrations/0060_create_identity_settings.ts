import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up(): Promise<void> {
    // A project without a row has the defaults.
    this.schema.createTable('identity_settings', (table) => {
      table.integer('project_id').primary().references('projects.id').onDelete('CASCADE')
      table.integer('max_links').notNullable()
      // Raised by each change; persons follow once a commit has settled the newest revision.
      table.integer('revision').notNullable().defaultTo(1)
      table.integer('settled_revision').notNullable().defaultTo(0)
    })
    this.schema.createTable('identity_splits', (table) => {
      table.bigIncrements('id')
      table.integer('project_id').notNullable().references('projects.id').onDelete('CASCADE')
      // Keys of the warehouse, 64 bits without a sign; the smaller one first.
      table.text('one_key').notNullable()
      table.text('other_key').notNullable()
      table.text('note').notNullable().defaultTo('')
      table.integer('created_by').references('users.id').onDelete('SET NULL')
      table.timestamp('created_at').notNullable().defaultTo(this.now())
      table.integer('removed_by').references('users.id').onDelete('SET NULL')
      table.timestamp('removed_at')
      table.integer('revision').notNullable().defaultTo(1)
      table.integer('settled_revision').notNullable().defaultTo(0)
    })
    // A pair is split once at a time.
    this.schema.raw(
      `create unique index identity_splits_pair on identity_splits (project_id, one_key, other_key)
       where removed_at is null`
    )
  }

  override async down(): Promise<void> {
    this.schema.dropTable('identity_splits')
    this.schema.dropTable('identity_settings')
  }
}
