import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up(): Promise<void> {
    this.schema.createTable('dashboards', (table) => {
      table.bigIncrements('id')
      table.integer('project_id').notNullable().references('projects.id').onDelete('CASCADE')
      table.text('name').notNullable()
      // The grid of widgets, as the screens make it.
      table.jsonb('config_json').notNullable().defaultTo('{}')
      table.timestamp('created_at').notNullable().defaultTo(this.now())
      table.index(['project_id', 'id'])
    })
  }

  override async down(): Promise<void> {
    this.schema.dropTable('dashboards')
  }
}
