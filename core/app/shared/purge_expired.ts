import db from '@adonisjs/lucid/services/db'

/**
 * Removes what has expired and is of no use to anybody: answers kept for an Idempotency-Key, and
 * refresh tokens. Those stay until they expire even when used, since a reuse must be noticed.
 */
export async function purgeExpired(): Promise<void> {
  await db.rawQuery("delete from idempotency_keys where created_at < now() - interval '24 hours'")
  await db.rawQuery('delete from refresh_tokens where expires_at < now()')
}
