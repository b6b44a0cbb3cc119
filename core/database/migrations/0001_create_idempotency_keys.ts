import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up(): Promise<void> {
    this.schema.createTable('idempotency_keys', (table) => {
      table.bigIncrements('id')
      table.text('owner').notNullable()
      table.text('key').notNullable()
      table.text('route').notNullable()
      table.text('fingerprint').notNullable()
      table.integer('status').comment('null while the first request runs')
      table.json('body')
      table.timestamp('created_at').notNullable().defaultTo(this.now()).index()
      table.unique(['owner', 'key', 'route'])
    })
  }

  override async down(): Promise<void> {
    this.schema.dropTable('idempotency_keys')
  }
}
