import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { runIntegration } from '../../run_integration.ts'
import { reapRuns } from '../../reap_runs.ts'
import { connectHarbour, figures, useHarbour } from '../helpers/harbour.ts'

const list = [{ ad: 'a', date: '2026-01-05', cost: '3', clicks: 1 }]
const carry = (id: string) => runIntegration(id, new AbortController().signal)

test.group('runs', (group) => {
  useDatabases(group, { clickhouse: true })
  useHarbour(group)

  test('what passes by itself is tried again; the run says when and why', async ({ assert }) => {
    const { id, sync, run, clean } = await connectHarbour(['list'], {
      list,
      fail: { code: 'vendor_unavailable', times: 1 },
    })
    const first = await sync()
    assert.deepInclude(first, { status: 'queued', attempt: 1 })
    assert.equal(first.error?.code, 'vendor_unavailable')
    await carry(first.id)
    assert.deepInclude(await run(first.id), { status: 'done', error: null })
    assert.equal((await figures(id)).cost, 3)
    clean()
  })

  test('what the user has to mend fails at once and says so at the integration', async ({
    assert,
  }) => {
    const { sync, integration, clean } = await connectHarbour(['list'], {
      list,
      fail: { code: 'auth_expired', times: 9 },
    })
    const run = await sync()
    assert.equal(run.status, 'failed')
    assert.deepEqual(run.error, { code: 'auth_expired', message: 'Harbour refused.' })
    await integration.refresh()
    assert.equal(integration.status, 'needs_reauth')
    clean()
  })

  test('an endless failure ends: the eighth attempt is the last', async ({ assert }) => {
    const { queue, run, clean } = await connectHarbour(['list'], {
      list,
      fail: { code: 'vendor_unavailable', times: 99 },
    })
    const id = await queue()
    for (let attempt = 0; attempt < 8; attempt += 1) await carry(id)
    assert.equal((await run(id)).status, 'failed')
    clean()
  })

  test('a source that goes round in circles is stalled, neither done nor running', async ({
    assert,
  }) => {
    const { sync, integration, clean } = await connectHarbour(['list'], { list, circles: true })
    const run = await sync()
    assert.equal(run.status, 'stalled')
    assert.equal(run.error?.code, 'stalled')
    await integration.refresh()
    assert.equal(integration.status, 'error')
    clean()
  })

  test('one run of an integration at a time: the other waits and comes after', async ({
    assert,
  }) => {
    const { queue, run, clean } = await connectHarbour(['list'], { list })
    const [one, two] = [await queue(), await queue()]
    await db.rawQuery(
      `update sync_runs set status = 'running', lease_until = now() + interval '1 minute' where id = ?`,
      [one]
    )
    await carry(two)
    assert.equal((await run(two)).status, 'queued')
    const { rows: waiting } = await db.rawQuery<{ rows: object[] }>(
      `select 1 from graphile_worker.jobs where key = ?`,
      [`sync_run:${two}:waiting`]
    )
    assert.lengthOf(waiting, 1)
    await db.from('sync_runs').where('id', one).update({ status: 'done' })
    await carry(two)
    assert.equal((await run(two)).status, 'done')
    clean()
  })

  test('a worker that was thought dead cannot write', async ({ assert }) => {
    const { id, queue, run, clean } = await connectHarbour(['list'], { list })
    const runId = await queue()
    const zombie = carry(runId)
    while ((await run(runId)).status !== 'running') await sleep(2)
    // Another worker takes the run over while the first one reads.
    await db.rawQuery(
      `update sync_runs set fence = fence + 5, lease_until = now() + interval '1 minute' where id = ?`,
      [runId]
    )
    await zombie
    assert.deepInclude(await run(runId), { status: 'running', fence: 6 })
    assert.equal((await figures(id)).cost, 0)
    await db.rawQuery(`update sync_runs set status = 'queued', lease_until = null where id = ?`, [
      runId,
    ])
    await carry(runId)
    assert.equal((await figures(id)).cost, 3)
    clean()
  })

  test('a run that is canceled while it runs publishes nothing', async ({ assert }) => {
    const { id, queue, run, clean } = await connectHarbour(['list'], { list })
    const runId = await queue()
    await db.from('sync_runs').where('id', runId).update({ cancel_requested_at: new Date() })
    await carry(runId)
    assert.equal((await run(runId)).status, 'canceled')
    assert.equal((await figures(id)).cost, 0)
    clean()
  })

  test('a worker that shuts down gives the run back', async ({ assert }) => {
    const { queue, run, clean } = await connectHarbour(['list'], { list })
    const runId = await queue()
    await runIntegration(runId, AbortSignal.abort(new Error('shutting down')))
    assert.deepInclude(await run(runId), { status: 'queued', attempt: 0, error: null })
    clean()
  })

  test('the reaper finds runs of dead workers', async ({ assert }) => {
    const { queue, clean } = await connectHarbour(['list'], { list })
    const runId = await queue()
    await db.rawQuery(
      `update sync_runs set status = 'running', fence = 3, lease_until = now() - interval '1 second' where id = ?`,
      [runId]
    )
    await reapRuns()
    const { rows: jobs } = await db.rawQuery<{ rows: object[] }>(
      `select 1 from graphile_worker.jobs where key = ?`,
      [`sync_run:${runId}:reaped:3`]
    )
    assert.lengthOf(jobs, 1)
    clean()
  })
})
