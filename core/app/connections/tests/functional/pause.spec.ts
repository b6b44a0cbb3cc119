import { test } from '@japa/runner'
import type { z } from 'zod'
import { api } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { addTo } from '#tests/factories'
import Integration from '../../models/integration.ts'
import { scheduleRuns } from '../../schedules/schedule_runs.ts'
import type { IntegrationView } from '../../views/integration_view.ts'
import { connected, setRun } from '../helpers/connected.ts'
import { useSources } from '../helpers/fixtures.ts'

interface Answer {
  data: z.output<typeof IntegrationView>
  code?: string
  detail?: string
}

test.group('a paused integration', (group) => {
  useDatabases(group)
  useSources(group, 'northwind')

  test('has its waiting run canceled and its running one asked to', async ({ assert }) => {
    const { call, path, runs, sync } = await connected()
    const running = await sync()
    await setRun(running, 'running')
    const waiting = await sync()
    const { body } = await call.patch<Answer>(path, { status: 'paused' })
    assert.equal(body.data.status, 'paused')
    const [first, second] = await runs()
    assert.equal(first?.id, running)
    assert.equal(first?.status, 'running')
    assert.isNotNull(first?.cancelRequestedAt)
    assert.equal(second?.id, waiting)
    assert.equal(second?.status, 'canceled')
    assert.isNotNull(second?.finishedAt)
  })

  test('starts nothing until it is resumed', async ({ assert }) => {
    const { call, path, sync, integrationId } = await connected()
    await Integration.query().where('id', integrationId).update({ status: 'active' })
    await call.patch(path, { status: 'paused' })
    const refused = await call.post<Answer>(`${path}/sync`, {})
    assert.equal(refused.status, 409)
    assert.equal(refused.body.code, 'conflict')
    assert.include(refused.body.detail ?? '', 'paused')
    const resumed = await call.patch<Answer>(path, { status: 'active' })
    assert.equal(resumed.body.data.status, 'active')
    assert.isString(await sync())
  })

  test('stays so when the run that was asked to stop has ended', async ({ assert }) => {
    const { call, path, integrationId } = await connected()
    await call.patch(path, { status: 'paused' })
    // As workers do at the end of a run.
    await Integration.query().where('id', integrationId).update({ status: 'active' })
    assert.equal((await call.get<Answer>(path)).body.data.status, 'paused')
  })

  test('goes on as it was: a pause mends nothing', async ({ assert }) => {
    const { call, path, integrationId } = await connected()
    await Integration.query().where('id', integrationId).update({ status: 'needs_reauth' })
    await call.patch(path, { status: 'paused' })
    const resumed = await call.patch<Answer>(path, { status: 'active' })
    assert.equal(resumed.body.data.status, 'needs_reauth')
  })

  test('passes its schedule over, and makes nothing up', async ({ assert }) => {
    const { call, path, runs } = await connected({ schedule: { cron: '0 6 * * *' } })
    const paused = await call.patch<Answer>(path, { status: 'paused' })
    assert.isNull(paused.body.data.next_run_at)
    const changed = await call.patch<Answer>(path, { schedule: { cron: '0 7 * * *' } })
    assert.isNull(changed.body.data.next_run_at)
    const later = new Date(Date.now() + 3 * 86_400_000)
    await scheduleRuns(later)
    assert.lengthOf(await runs(), 0)
    const resumed = await call.patch<Answer>(path, { status: 'active' })
    assert.isAbove(Date.parse(resumed.body.data.next_run_at ?? ''), Date.now())
    await scheduleRuns()
    assert.lengthOf(await runs(), 0)
    await scheduleRuns(later)
    assert.lengthOf(await runs(), 1)
  })

  test('only a pause that ends lets a time pass: what is due stays due', async ({ assert }) => {
    const { call, path, runs, integrationId } = await connected({ schedule: { cron: '0 6 * * *' } })
    const due = new Date(Date.now() - 1000)
    await Integration.query().where('id', integrationId).update({ next_run_at: due })
    await call.patch(path, { status: 'active' })
    await scheduleRuns()
    assert.lengthOf(await runs(), 1)
  })

  test('is paused by editors, and into no other status', async ({ assert }) => {
    const made = await connected()
    const viewer = api(await addTo(made, 'viewer'))
    assert.equal((await viewer.patch(made.path, { status: 'paused' })).status, 403)
    for (const status of ['syncing', 'error', 'pending', null]) {
      assert.equal((await made.call.patch(made.path, { status })).status, 422)
    }
    const again = await made.call.patch<Answer>(made.path, { status: 'active' })
    assert.equal(again.body.data.status, 'pending')
  })
})
