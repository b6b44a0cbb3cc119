import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  override async up(): Promise<void> {
    this.schema.createTable('users', (table) => {
      table.increments('id')
      table.text('email').notNullable().unique()
      table.text('password_hash').notNullable()
      table.text('full_name')
      table.text('role').notNullable().defaultTo('marketer')
      table.text('locale').notNullable().defaultTo('en')
      table.timestamp('created_at').notNullable().defaultTo(this.now())
      table.timestamp('disabled_at')
      table.check('email = lower(email)', [], 'users_email_lowercase')
      table.check("role in ('admin', 'marketer', 'executive')", [], 'users_role')
      table.check("locale in ('en', 'ru')", [], 'users_locale')
    })
  }

  override async down(): Promise<void> {
    this.schema.dropTable('users')
  }
}
