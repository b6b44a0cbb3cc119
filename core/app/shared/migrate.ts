import type { ApplicationService } from '@adonisjs/core/types'
import type { Database } from '@adonisjs/lucid/database'
import { MigrationRunner } from '@adonisjs/lucid/migration'
import { migrateQueue } from './queue_schema.ts'

/** Any number that nothing else in this database locks. */
const LOCK = 716_201_453

/**
 * Applies the pending migrations. Processes that start at once wait for each other.
 *
 * TRICKY: Lucid's own lock does not wait, it fails the second process; ours replaces it.
 * `MigrationRunner.close()` would close the application's connections, so it is not called.
 */
export async function migrate(app: ApplicationService, db: Database): Promise<void> {
  await lockedMigration(db, async () => {
    const runner = new MigrationRunner(db, app, {
      direction: 'up',
      dryRun: false,
      disableLocks: true,
    })
    await runner.run()
    if (runner.error) throw runner.error
    await migrateQueue()
  })
}

/** Runs `work` while no other process of this database migrates anything. */
export async function lockedMigration(db: Database, work: () => Promise<unknown>): Promise<void> {
  await db.transaction(async (lock) => {
    await lock.rawQuery('select pg_advisory_xact_lock(?)', [LOCK])
    await work()
  })
}
