import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import type { z } from 'zod'
import { useDatabases } from '#tests/databases'
import { jobHandlers } from '#ingestion/worker'
import Integration from '../../models/integration.ts'
import { scheduleRuns } from '../../schedules/schedule_runs.ts'
import type { IntegrationView } from '../../views/integration_view.ts'
import { connected, setRun } from '../helpers/connected.ts'
import { useSources } from '../helpers/fixtures.ts'

interface Answer {
  data: z.output<typeof IntegrationView>
  errors?: { field: string }[]
}

const daily = { cron: '0 6 * * *', timezone: 'Europe/Berlin' }
const NOW = new Date('2026-05-04T12:00:00Z')

/** One whose schedule came up at `due`. */
async function dueAt(due: string, schedule: object = daily) {
  const made = await connected({ schedule })
  await Integration.query().where('id', made.integrationId).update({ next_run_at: due })
  const next = async () => (await made.stored()).nextRunAt?.toJSDate().toISOString()
  return { ...made, next }
}

test.group('the schedule of an integration', (group) => {
  useDatabases(group)
  useSources(group, 'northwind')

  test('is set, changed and taken away', async ({ assert }) => {
    const { call, path } = await connected({ schedule: daily })
    const shown = await call.get<Answer>(path)
    assert.deepEqual(shown.body.data.schedule, daily)
    const local = DateTime.fromISO(shown.body.data.next_run_at ?? '', { zone: 'Europe/Berlin' })
    assert.equal(local.toFormat('HH:mm'), '06:00')
    assert.isAbove(local.toMillis(), Date.now())

    const changed = await call.patch<Answer>(path, { schedule: { cron: ' 15 7 * * * ' } })
    assert.deepEqual(changed.body.data.schedule, { cron: '15 7 * * *', timezone: 'Europe/London' })
    const at = DateTime.fromISO(changed.body.data.next_run_at ?? '', { zone: 'Europe/London' })
    assert.equal(at.toFormat('HH:mm'), '07:15')

    const renamed = await call.patch<Answer>(path, { name: 'Renamed' })
    assert.equal(renamed.body.data.next_run_at, changed.body.data.next_run_at)
    const without = await call.patch<Answer>(path, { schedule: null })
    assert.containSubset(without.body.data, { schedule: null, next_run_at: null })
  })

  test('is absent unless it is given', async ({ assert }) => {
    const { call, path } = await connected()
    const { body } = await call.get<Answer>(path)
    assert.containSubset(body.data, { schedule: null, next_run_at: null })
  })

  test('names what is wrong with it', async ({ assert }) => {
    const { call, path } = await connected()
    const faults = async (schedule: object) => {
      const { status, body } = await call.patch<Answer>(path, { schedule })
      assert.equal(status, 422)
      return body.errors?.map(({ field }) => field)
    }
    assert.deepEqual(await faults({ cron: '* * * * *' }), ['schedule.cron'])
    assert.deepEqual(await faults({ cron: '@daily' }), ['schedule.cron'])
    assert.deepEqual(await faults({ ...daily, timezone: 'Mars/Olympus' }), ['schedule.timezone'])
    assert.deepEqual(await faults({ ...daily, every: 5 }), ['schedule.every'])
  })

  test('is not for what files feed', async ({ assert }) => {
    const { call, path, integrationId } = await connected()
    await Integration.query().where('id', integrationId).update({ type: 'csv' })
    const scheduled = await call.patch<Answer>(path, { schedule: daily })
    assert.deepEqual(
      scheduled.body.errors?.map(({ field }) => field),
      ['schedule']
    )
    const paused = await call.patch<Answer>(path, { status: 'paused' })
    assert.deepEqual(
      paused.body.errors?.map(({ field }) => field),
      ['status']
    )
  })
})

test.group('scheduled runs', (group) => {
  useDatabases(group)
  useSources(group, 'northwind')
  group.each.teardown(async () => {
    await db.from('integrations').delete()
  })

  test('are requested when they are due, with their job', async ({ assert }) => {
    const { runs, next } = await dueAt('2026-05-04T12:00:00Z')
    await scheduleRuns(new Date(NOW.getTime() - 1))
    assert.lengthOf(await runs(), 0)
    await jobHandlers(new AbortController().signal).schedule_runs?.({}, {} as never)
    const [run] = await runs()
    assert.containSubset(run, { trigger: 'schedule', status: 'queued', params: {} })
    const { rows } = await db.rawQuery<{ rows: object[] }>(
      'select 1 from graphile_worker.jobs where key = ?',
      [`sync_run:${run?.id}`]
    )
    assert.lengthOf(rows, 1)
    assert.isAbove(Date.parse((await next()) ?? ''), Date.now())
  })

  test('that were missed are one run, and the next is in the future', async ({ assert }) => {
    const { runs, next } = await dueAt('2026-04-20T04:00:00Z')
    await scheduleRuns(NOW)
    assert.equal(await next(), '2026-05-05T04:00:00.000Z')
    const [run, ...more] = await runs()
    assert.lengthOf(more, 0)
    await setRun(run?.id ?? '', 'done')
    await scheduleRuns(NOW)
    assert.lengthOf(await runs(), 1)
    await scheduleRuns(new Date('2026-05-05T04:00:30Z'))
    assert.lengthOf(await runs(), 2)
  })

  test('are left out where one waits or runs', async ({ assert }) => {
    for (const status of ['queued', 'running'] as const) {
      const { runs, sync, next } = await dueAt('2026-05-04T04:00:00Z')
      await setRun(await sync(), status)
      await scheduleRuns(NOW)
      assert.lengthOf(await runs(), 1)
      assert.equal(await next(), '2026-05-05T04:00:00.000Z')
    }
  })

  test('follow the clock of their time zone through its changes', async ({ assert }) => {
    const nightly = { cron: '30 2 * * *', timezone: 'Europe/Berlin' }
    const spring = await dueAt('2026-03-28T01:30:00Z', nightly)
    await scheduleRuns(new Date('2026-03-28T01:30:20Z'))
    assert.equal(await spring.next(), '2026-03-29T01:30:00.000Z', 'half past three')
    await setRun((await spring.runs())[0]?.id ?? '', 'done')
    await scheduleRuns(new Date('2026-03-29T01:30:20Z'))
    assert.lengthOf(await spring.runs(), 2)
    assert.equal(await spring.next(), '2026-03-30T00:30:00.000Z')

    const autumn = await dueAt('2026-10-25T00:30:00Z', nightly)
    // Late: the clock shows a quarter past two for the second time.
    await scheduleRuns(new Date('2026-10-25T01:15:00Z'))
    assert.lengthOf(await autumn.runs(), 1)
    assert.equal(await autumn.next(), '2026-10-26T01:30:00.000Z')
  })

  test('wait for a source that is gone and for secrets that are refused', async ({ assert }) => {
    const removed = await dueAt('2026-05-04T04:00:00Z')
    await Integration.query().where('id', removed.integrationId).update({ type: 'gone' })
    const refused = await dueAt('2026-05-04T04:00:00Z')
    await Integration.query()
      .where('id', refused.integrationId)
      .update({ status: 'needs_reauth', error: { code: 'auth_expired', message: 'Again.' } })
    await scheduleRuns(NOW)
    assert.lengthOf(await removed.runs(), 0)
    assert.lengthOf(await refused.runs(), 0)
    const waiting = await refused.call.get<Answer>(refused.path)
    assert.containSubset(waiting.body.data, { status: 'needs_reauth', next_run_at: null })

    const credentials = { token: 'another-secret' }
    const again = await refused.call.patch<Answer>(refused.path, { credentials })
    assert.containSubset(again.body.data, { status: 'active', error: null })
    await Integration.query().where('id', removed.integrationId).update({ type: 'northwind-shop' })
    await scheduleRuns(NOW)
    assert.lengthOf(await removed.runs(), 1)
    assert.lengthOf(await refused.runs(), 1)
  })

  test('are requested once by workers at the same time, whatever is broken', async ({ assert }) => {
    const broken = await dueAt('2026-05-04T03:00:00Z')
    await Integration.query()
      .where('id', broken.integrationId)
      .update({ schedule: { cron: 'nonsense', timezone: 'UTC' } })
    const all = [await dueAt('2026-05-04T04:00:00Z'), await dueAt('2026-05-04T05:00:00Z')]
    await Promise.all([scheduleRuns(NOW), scheduleRuns(NOW), scheduleRuns(NOW)])
    for (const { runs } of all) assert.lengthOf(await runs(), 1)
    assert.isUndefined(await broken.next())
  })
})
