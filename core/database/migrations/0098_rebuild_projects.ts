import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Journeys hold more columns since ClickHouse's migration 000015 (tax, shipping, the key of a refund's
 * order). Those that were built before are built again, project by project, by the worker.
 */
export default class extends BaseSchema {
  override async up(): Promise<void> {
    this.defer(async (db) => {
      const projects = (await db.from('projects').select('id')) as { id: number }[]
      // Where there are projects, the queue exists as well: a new database has neither yet.
      for (const { id } of projects) {
        await db.rawQuery(
          `select graphile_worker.add_job('rebuild_project', ?::json, job_key := ?)`,
          [JSON.stringify({ project_id: String(id) }), `rebuild_project:${id}`]
        )
      }
    })
  }

  override async down(): Promise<void> {
    // Nothing to take back: a rebuild says what was there.
  }
}
