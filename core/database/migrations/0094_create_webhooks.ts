import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up(): Promise<void> {
    this.#createEndpoints()
    this.#createDeliveries()
  }

  /** Where vendors call: the address is a secret of its own. */
  #createEndpoints(): void {
    this.schema.createTable('webhook_endpoints', (table) => {
      table.bigInteger('integration_id').primary().references('integrations.id').onDelete('CASCADE')
      table.integer('project_id').notNullable()
      table.text('token_hash').notNullable().unique()
      table.text('encrypted_token').notNullable()
      table.timestamp('registered_at')
      table.text('error')
      table.timestamp('created_at').notNullable().defaultTo(this.now())
    })
  }

  /** The inbox. A body stays only until it has been processed; the id of the delivery stays to tell replays. */
  #createDeliveries(): void {
    this.schema.createTable('webhook_deliveries', (table) => {
      table.bigIncrements('id')
      table.integer('project_id').notNullable()
      table
        .bigInteger('integration_id')
        .notNullable()
        .references('integrations.id')
        .onDelete('CASCADE')
      table.text('delivery_key').notNullable()
      table.text('topic').notNullable()
      table.binary('body')
      table.text('status').notNullable().defaultTo('waiting')
      table.text('error')
      table.timestamp('received_at').notNullable().defaultTo(this.now())
      table.timestamp('processed_at')
      table.unique(['integration_id', 'delivery_key'])
      table.index(['project_id', 'status'])
      table.check(
        "status in ('waiting', 'done', 'failed', 'dropped')",
        [],
        'webhook_delivery_status'
      )
    })
    this.schema.raw(
      "create index webhook_deliveries_waiting on webhook_deliveries (integration_id, id) where status = 'waiting'"
    )
  }

  override async down(): Promise<void> {
    this.schema.dropTable('webhook_deliveries')
    this.schema.dropTable('webhook_endpoints')
  }
}
