import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up(): Promise<void> {
    // A project without a row has the defaults.
    this.schema.createTable('attribution_settings', (table) => {
      table.integer('project_id').primary().references('projects.id').onDelete('CASCADE')
      table.text('model').notNullable()
      table.integer('window_days').notNullable()
      table.jsonb('params').notNullable()
      table.text('conversion').notNullable()
    })
  }

  override async down(): Promise<void> {
    this.schema.dropTable('attribution_settings')
  }
}
