import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Rebuild from '#database/migrations/0098_rebuild_projects'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'

test.group('An installation that is brought up to date', (group) => {
  useDatabases(group)

  test('has each of its projects rebuilt once', async ({ assert }) => {
    const made = [await makeProject(), await makeProject()]
    for (const _ of [1, 2]) {
      await db.transaction((trx) => new Rebuild(trx, '0098_rebuild_projects', false).execUp())
    }
    const { rows } = await db.rawQuery<{ rows: { payload: { project_id: string } }[] }>(
      `select payload from graphile_worker._private_jobs as jobs
       join graphile_worker._private_tasks as tasks on tasks.id = jobs.task_id
       where tasks.identifier = 'rebuild_project' order by jobs.id`
    )
    assert.deepEqual(
      rows.map(({ payload }) => payload.project_id),
      made.map(({ id }) => id)
    )
  })
})
