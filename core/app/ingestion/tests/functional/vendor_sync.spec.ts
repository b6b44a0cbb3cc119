import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { api } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { takeLogs } from '#tests/log_capture'
import { openStream } from '#connections/tests/helpers/event_stream'
import { quayIntegration, useQuay } from '#connections/tests/helpers/quay'
import { rows } from '#warehouse/public'
import { KilledWorker } from '../helpers/killed_worker.ts'
import { kpi, now, order, stock, sync } from '../helpers/quay_shop.ts'
import { workOff } from '../helpers/work_off.ts'

test.group('a source that asks a vendor', (group) => {
  useDatabases(group, { clickhouse: true })
  group.each.timeout(180_000)
  const quay = useQuay(group)

  test('from the API to the report: what the vendor has is what the report says', async ({
    assert,
  }) => {
    takeLogs()
    stock(quay.vendor)
    const made = await quayIntegration(quay.vendor)
    await made.connect()
    const done = await sync(made)
    assert.equal(done.status, 'done')
    const found = await rows<{ event_type: string; cost: string; revenue: string }>(
      `SELECT event_type, sum(cost) AS cost, sum(revenue) AS revenue FROM events FINAL
       WHERE project_id = {id:UInt64} GROUP BY event_type`,
      { id: made.id }
    )
    const of = (type: string) => found.find(({ event_type: one }) => one === type)
    assert.equal(Number(of('ad_stats')?.cost), 60)
    assert.equal(Number(of('purchase')?.revenue), 152.5)
    // Of the double's own rows: 152.50 of orders for 60 of ads.
    const { romi = 0, ...totals } = await kpi(made)
    assert.deepEqual(totals, { revenue: 152.5, cost: 60, orders: 5, refunds: 0 })
    assert.closeTo(romi, (152.5 - 60) / 60, 1e-6)

    const log = await made.call.get<{ data: { message: string }[] }>(`${done.run}/log`)
    const messages = log.body.data.map(({ message }) => message)
    assert.includeMembers(messages, [
      'Started.',
      'asking for orders',
      'Orders: 5 rows read.',
      'Done.',
    ])
    const events = await openStream(`${done.run}/events`, made.owner.token)
    assert.deepEqual(
      (await events.everything()).map(({ event }) => event),
      [...messages.map(() => 'log'), 'run']
    )

    const payloads = await db.rawQuery<{ rows: unknown[] }>(
      'select * from graphile_worker._private_jobs'
    )
    const stored = await Promise.all(
      ['sync_runs', 'run_streams', 'run_logs', 'stream_positions'].map((table) =>
        db.from(table).select('*')
      )
    )
    const records = await rows('SELECT payload FROM records')
    const said = [takeLogs(), log.text, JSON.stringify([stored, payloads.rows, records])]
    for (const secret of quay.vendor.secrets()) {
      for (const text of said) assert.notInclude(text, secret)
    }
  })

  test('a token that ends in the middle is renewed, and nothing is read twice or lost', async ({
    assert,
  }) => {
    stock(quay.vendor)
    const made = await quayIntegration(quay.vendor)
    await made.connect()
    let asked = 0
    quay.vendor.fault = ({ url }) => {
      if (url.pathname.endsWith('/orders') && ++asked === 2) quay.vendor.expire()
      return undefined
    }
    assert.equal((await sync(made)).status, 'done')
    assert.equal((await kpi(made)).revenue, 152.5)
    assert.equal(quay.vendor.reused, 0)
  })

  test('a consent that is taken back stops the run and asks for another; others go on', async ({
    assert,
  }) => {
    stock(quay.vendor)
    const made = await quayIntegration(quay.vendor)
    const other = await quayIntegration(quay.vendor)
    await made.connect()
    await other.connect()
    await sync(made)
    const path = `${made.path}/sync`
    await made.call.post(path, {})
    await db.from('connection_tokens').where('integration_id', other.integrationId)
    quay.vendor.revoke()
    await workOff()
    assert.containSubset(await made.show(), {
      status: 'needs_reauth',
      error: { code: 'auth_expired' },
    })
    assert.equal((await kpi(made)).revenue, 152.5, 'what is loaded stays')
    await other.connect()
    assert.equal((await sync(other)).status, 'done')
  })

  test('another account than before is read from its beginning', async ({ assert }) => {
    stock(quay.vendor)
    const made = await quayIntegration(quay.vendor)
    await made.connect()
    const since = async () => {
      const { run } = await sync(made)
      const log = await made.call.get<{ data: { message: string; data?: { since: string } }[] }>(
        `${run}/log`
      )
      return log.body.data.find(({ message }) => message === 'asking for orders')?.data?.since
    }
    assert.equal(await since(), 'ever')
    assert.notEqual(await since(), 'ever')
    // The wrong one, and the right one again: of neither is known how far it was read.
    const choose = (account: string) => made.call.patch(made.path, { settings: { account } })
    for (const account of ['acc-2', 'acc-1']) await choose(account)
    assert.equal(await since(), 'ever')
    assert.notEqual(await since(), 'ever')

    // In the middle of a run, which must not note how far it was with the former one.
    let isChosen = false
    quay.vendor.fault = async ({ url }) => {
      if (isChosen || !url.pathname.startsWith('/api')) return undefined
      isChosen = true
      for (const account of ['acc-2', 'acc-1']) await choose(account)
      return undefined
    }
    assert.equal((await sync(made)).status, 'canceled')
    quay.vendor.fault = undefined
    assert.equal(await since(), 'ever')
  })

  test('a long wait puts the run off instead of sleeping, and is no failure', async ({
    assert,
  }) => {
    stock(quay.vendor)
    const made = await quayIntegration(quay.vendor)
    await made.connect()
    const at = Date.now()
    quay.vendor.fault = ({ url }) =>
      url.pathname.startsWith('/api')
        ? { status: 429, headers: { 'retry-after': '7200' } }
        : undefined
    const run = await sync(made)
    assert.containSubset(run, { status: 'queued', attempt: 0, error: { code: 'rate_limited' } })
    assert.isAtLeast(Date.parse(String(run.retry_at)), at + 7_100_000)
    const before = quay.vendor.calls.length
    // The budget is shared: another worker, or a check, does not ask before that either.
    const check = await made.call.post<{ data: { error: { code: string } } }>(
      `${made.path}/check`,
      {}
    )
    assert.equal(check.body.data.error.code, 'rate_limited')
    assert.equal(quay.vendor.calls.length, before)
    quay.vendor.fault = undefined
    await db.from('rate_budgets').delete()
    await now()
    assert.equal((await kpi(made)).revenue, 152.5)
  })

  test('SIGKILL in the middle of reading leaves neither gaps nor doubles', async ({ assert }) => {
    stock(quay.vendor)
    quay.vendor.orders = Array.from({ length: 40 }, (_, at) => order(String(at), '10.00'))
    const made = await quayIntegration(quay.vendor)
    await made.connect()
    const { body } = await made.call.post<{ data: { id: string } }>(`${made.path}/sync`, {})
    let pages = 0
    quay.vendor.fault = ({ url }) => {
      if (url.pathname.endsWith('/orders')) pages += 1
      return undefined
    }
    const worker = new KilledWorker()
    const staged = { run_id: body.data.id, stream: 'orders' }
    await worker.until(
      async () =>
        pages >= 4 &&
        (await db.from('run_streams').where(staged).where('next_page', '>', 0).first())
    )
    await worker.kill()
    await db
      .from('sync_runs')
      .where('id', body.data.id)
      .update({ lease_until: new Date(0) })
    await db.rawQuery(
      'update graphile_worker._private_jobs set locked_at = null, locked_by = null, run_at = now()'
    )
    await db.rawQuery(
      'update graphile_worker._private_job_queues set locked_at = null, locked_by = null'
    )
    const from = pages
    await workOff()
    assert.deepInclude(await kpi(made), { revenue: 400, orders: 40 })
    assert.isBelow(pages - from, 20, 'it went on where it had stopped')
  })

  test('removal without data moves no total; with data everything goes', async ({ assert }) => {
    stock(quay.vendor)
    const made = await quayIntegration(quay.vendor)
    await made.connect()
    await sync(made)
    const before = await kpi(made)
    await made.call.delete(made.path, { query: { data: 'keep' } })
    await workOff()
    assert.deepEqual(await kpi(made), before)
    assert.equal((await made.call.get(made.path)).status, 404)
    assert.lengthOf(
      await db.from('connection_tokens').where('integration_id', made.integrationId),
      0
    )
    const second = await api(made.owner).post<{ data: { id: string } }>(
      `/projects/${made.id}/integrations`,
      { type: 'quay-shop' }
    )
    assert.equal(second.status, 201, 'its name is free again')

    const other = await quayIntegration(quay.vendor)
    await other.connect()
    await sync(other)
    await other.call.delete(other.path)
    await workOff()
    assert.deepInclude(await kpi(other), { revenue: 0, cost: 0, orders: 0 })
  })
})
