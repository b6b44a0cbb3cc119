import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up(): Promise<void> {
    // '' is what a mapping does not name; names are cleaned.
    this.schema.createTable('campaign_mappings', (table) => {
      table.increments('id')
      table.integer('project_id').notNullable().references('projects.id').onDelete('CASCADE')
      table.text('from_source').notNullable()
      table.text('from_campaign').notNullable()
      table.text('from_campaign_id').notNullable()
      table.text('to_campaign').notNullable()
      table.text('to_campaign_id').notNullable()
      table.timestamp('created_at').notNullable().defaultTo(this.now())
      table.unique(['project_id', 'from_source', 'from_campaign', 'from_campaign_id'])
    })
  }

  override async down(): Promise<void> {
    this.schema.dropTable('campaign_mappings')
  }
}
