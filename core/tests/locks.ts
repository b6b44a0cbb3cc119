import db from '@adonisjs/lucid/services/db'

/** Returns once so many connections to this database wait for a lock. */
export async function untilWaiting(connections: number): Promise<void> {
  let waiting = 0
  while (waiting < connections) {
    const { rows } = await db.rawQuery<{ rows: { n: number }[] }>(
      `select count(*)::int as n from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`
    )
    waiting = rows[0]?.n ?? 0
  }
}
