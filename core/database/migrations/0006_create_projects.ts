import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up(): Promise<void> {
    this.schema.createTable('projects', (table) => {
      table.increments('id')
      table.text('name').notNullable()
      table.integer('owner_id').notNullable().references('users.id').index()
      table.specificType('currency', 'char(3)').notNullable()
      table.text('timezone').notNullable()
      table.text('week_start').notNullable().defaultTo('monday')
      table.timestamp('created_at').notNullable().defaultTo(this.now())
      table.check("week_start in ('monday', 'sunday', 'saturday')", [], 'projects_week_start')
    })
    this.schema.createTable('project_members', (table) => {
      table.integer('project_id').notNullable().references('projects.id').onDelete('CASCADE')
      table.integer('user_id').notNullable().references('users.id').onDelete('CASCADE').index()
      table.text('permission_level').notNullable()
      table.timestamp('created_at').notNullable().defaultTo(this.now())
      table.primary(['project_id', 'user_id'])
      table.check("permission_level in ('owner', 'editor', 'viewer')", [], 'project_members_level')
    })
  }

  override async down(): Promise<void> {
    this.schema.dropTable('project_members')
    this.schema.dropTable('projects')
  }
}
