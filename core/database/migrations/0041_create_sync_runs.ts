import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up(): Promise<void> {
    this.#createRuns()
    this.#createRunStreams()
    this.#createStreamPositions()
  }

  #createRuns(): void {
    this.schema.createTable('sync_runs', (table) => {
      table.bigIncrements('id')
      table.integer('project_id').notNullable().references('projects.id').onDelete('CASCADE')
      table
        .bigInteger('integration_id')
        .notNullable()
        .references('integrations.id')
        .onDelete('CASCADE')
      table.text('trigger').notNullable()
      table.text('status').notNullable().defaultTo('queued')
      table.jsonb('params').notNullable().defaultTo('{}')
      // The worker's lease: whoever takes a run over raises the fence, and the former holder can write no more.
      table.integer('fence').notNullable().defaultTo(0)
      table.timestamp('lease_until')
      table.timestamp('cancel_requested_at')
      table.integer('attempt').notNullable().defaultTo(0)
      table.timestamp('retry_at')
      table.jsonb('error')
      table.timestamp('created_at').notNullable().defaultTo(this.now())
      table.timestamp('started_at')
      table.timestamp('finished_at')
      table.index(['integration_id', 'id'])
      table.index(['status', 'lease_until'])
      table.check(
        "status in ('queued', 'running', 'done', 'failed', 'canceled', 'stalled')",
        [],
        'sync_runs_status'
      )
    })
    this.schema.raw(
      "create unique index sync_runs_one_running on sync_runs (integration_id) where status = 'running'"
    )
  }

  #createRunStreams(): void {
    this.schema.createTable('run_streams', (table) => {
      table.bigInteger('run_id').notNullable().references('sync_runs.id').onDelete('CASCADE')
      table.text('stream').notNullable()
      table.text('status').notNullable().defaultTo('waiting')
      // Where reading goes on after a crash, and which pages of which attempts are staged since the last publication.
      table.jsonb('position')
      table.jsonb('pages').notNullable().defaultTo('[]')
      table.integer('next_page').notNullable().defaultTo(0)
      table.bigInteger('rows_read').notNullable().defaultTo(0)
      table.bigInteger('rows_loaded').notNullable().defaultTo(0)
      table.bigInteger('rows_skipped').notNullable().defaultTo(0)
      table.bigInteger('rows_rejected').notNullable().defaultTo(0)
      table.bigInteger('rows_total')
      table.integer('windows_done').notNullable().defaultTo(0)
      table.integer('windows_total').notNullable().defaultTo(0)
      table.primary(['run_id', 'stream'])
    })
  }

  #createStreamPositions(): void {
    this.schema.createTable('stream_positions', (table) => {
      table
        .bigInteger('integration_id')
        .notNullable()
        .references('integrations.id')
        .onDelete('CASCADE')
      table.text('stream').notNullable()
      table.jsonb('position')
      table.integer('version').notNullable().defaultTo(1)
      table.bigInteger('commit_id')
      table.timestamp('updated_at').notNullable().defaultTo(this.now())
      table.primary(['integration_id', 'stream'])
    })
  }

  override async down(): Promise<void> {
    this.schema.dropTable('stream_positions')
    this.schema.dropTable('run_streams')
    this.schema.dropTable('sync_runs')
  }
}
