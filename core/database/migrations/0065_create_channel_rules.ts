import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up(): Promise<void> {
    // A project's own rules, which come before the preset.
    this.schema.createTable('channel_rules', (table) => {
      table.increments('id')
      table.integer('project_id').notNullable().references('projects.id').onDelete('CASCADE')
      table.integer('position').notNullable()
      table.text('channel').notNullable()
      table.jsonb('conditions').notNullable()
      table.unique(['project_id', 'position'])
    })
    // Channels that a project calls paid or unpaid other than the preset does.
    this.schema.createTable('channel_flags', (table) => {
      table.integer('project_id').notNullable().references('projects.id').onDelete('CASCADE')
      table.text('channel').notNullable()
      table.boolean('is_paid').notNullable()
      table.primary(['project_id', 'channel'])
    })
  }

  override async down(): Promise<void> {
    this.schema.dropTable('channel_flags')
    this.schema.dropTable('channel_rules')
  }
}
