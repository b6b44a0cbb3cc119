import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up(): Promise<void> {
    this.schema.createTable('commits', (table) => {
      table.bigIncrements('id')
      table.integer('project_id').notNullable().references('projects.id').onDelete('CASCADE')
      table.bigInteger('integration_id')
      table.bigInteger('run_id')
      table.text('cause').notNullable()
      table.text('status').notNullable().defaultTo('open')
      table.timestamp('opened_at').notNullable().defaultTo(this.now())
      table.timestamp('published_at')
      table.timestamp('aborted_at')
      // `events` follows the commit after it is published; until then somebody still owes it.
      table.timestamp('mirrored_at')
      table.jsonb('days').notNullable().defaultTo('[]')
      table.index(['project_id', 'status', 'id'])
      table.check("status in ('open', 'published', 'aborted', 'swept')", [], 'commits_status')
    })
    // Salt for hashes of e-mail addresses and phone numbers, one per project.
    this.schema.createTable('project_salts', (table) => {
      table.integer('project_id').primary().references('projects.id').onDelete('CASCADE')
      table.text('salt').notNullable()
    })
  }

  override async down(): Promise<void> {
    this.schema.dropTable('project_salts')
    this.schema.dropTable('commits')
  }
}
