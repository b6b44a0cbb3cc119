import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { rows } from '#warehouse/public'
import { connectHarbour, figures, logRows, useHarbour } from '../helpers/harbour.ts'
import { readFileSync } from 'node:fs'
import { runIntegration } from '../../run_integration.ts'
import type { HarbourState } from '../fixtures/harbour/index.ts'

/** The day some days before today, in UTC as the projects here. */
const day = (before: number) => DateTime.utc().minus({ days: before }).toISODate()
const ad = (name: string, before: number, cost: string, clicks = 1) => ({
  ad: name,
  date: day(before),
  cost,
  clicks,
})
const asked = (settings: Record<string, unknown>) =>
  (JSON.parse(readFileSync(String(settings.state), 'utf8')) as HarbourState).asked ?? []

test.group('report streams', (group) => {
  useDatabases(group, { clickhouse: true })
  useHarbour(group)

  test('the history is read in windows; later only what may be restated', async ({ assert }) => {
    const { sync, set, integration, clean } = await connectHarbour(['ads'], {
      ads: [ad('a', 27, '5'), ad('a', 2, '1.5')],
    })
    assert.equal((await sync()).status, 'done')
    const first = asked(integration.settings)
    assert.deepEqual(first[0], `${day(27)}/${day(21)}`)
    assert.lengthOf(first, 4)
    set({ ads: [ad('a', 27, '99'), ad('a', 2, '2')] })
    await sync()
    // Six days before the last one read, and today: the change of day 27 is not looked for.
    assert.deepEqual(asked(integration.settings), [`${day(6)}/${day(0)}`])
    assert.equal((await figures(String(integration.projectId))).cost, 7)
    await sync({ full: true })
    assert.equal((await figures(String(integration.projectId))).cost, 101)
    clean()
  })

  test('what broke off within a window goes on in that window, whatever was published before', async ({
    assert,
    cleanup,
  }) => {
    process.env.AF_ROWS_PER_COMMIT = '1'
    cleanup(() => {
      delete process.env.AF_ROWS_PER_COMMIT
    })
    const ads = [ad('e', 15, '16'), ad('f', 14, '32'), ad('a', 13, '1'), ad('b', 12, '2')]
    const { id, queue, run, integration, clean } = await connectHarbour(['ads'], {
      ads: [...ads, ad('c', 11, '4'), ad('d', 8, '8')],
      breaks: { code: 'rate_limited', from: String(day(13)) },
      // The windows of a run that starts after day 14 would be others than those of this one.
      lookback: 9,
    })
    const broken = await queue()
    await runIntegration(broken, new AbortController().signal)
    assert.equal((await run(broken)).status, 'queued')
    await runIntegration(broken, new AbortController().signal)
    assert.equal((await run(broken)).status, 'done')
    assert.equal((await figures(id)).cost, 63)
    const window = `${day(13)}/${day(7)}`
    assert.deepEqual(asked(integration.settings).slice(2, 4), [window, window])
    clean()
  })

  test('windows of a run become visible together', async ({ assert }) => {
    const { id, sync, clean } = await connectHarbour(['ads'], {
      ads: [ad('a', 25, '1'), ad('b', 15, '2'), ad('c', 1, '4')],
    })
    await sync()
    assert.equal((await figures(id)).cost, 7)
    const commits = await db.from('commits').where({ project_id: id, status: 'published' })
    assert.lengthOf(commits, 1)
    clean()
  })

  test('a window is replaced whole: changed rows change, vanished ones vanish', async ({
    assert,
  }) => {
    const { id, sync, set, clean } = await connectHarbour(['ads'], {
      ads: [ad('a', 1, '1', 10), ad('b', 1, '2', 20), ad('c', 1, '4', 40), ad('a', 3, '8', 80)],
    })
    await sync()
    assert.deepInclude(await figures(id), { cost: 15, clicks: 150 })
    const before = await logRows('ad_spend_daily_log')
    set({ ads: [ad('a', 1, '1', 11), ad('c', 1, '4', 40), ad('a', 3, '8', 80)] })
    await sync()
    assert.deepInclude(await figures(id), { cost: 13, clicks: 131 })
    // One changed row and one tombstone, not the window again.
    assert.equal((await logRows('ad_spend_daily_log')) - before, 2)
    const events = await rows<{ cost: string }>(
      `SELECT sum(cost) AS cost FROM events FINAL WHERE project_id = {id:UInt64} AND event_type = 'ad_stats'`,
      { id }
    )
    assert.equal(Number(events[0]?.cost), 13)
    clean()
  })

  test('what was observed before stays in the log', async ({ assert }) => {
    const { id, sync, set, clean } = await connectHarbour(['ads'], { ads: [ad('a', 1, '1')] })
    await sync()
    set({ ads: [ad('a', 1, '3')] })
    await sync()
    set({ ads: [] })
    await sync()
    const versions = await rows<{ cost: string; is_deleted: boolean }>(
      `SELECT cost, is_deleted FROM ad_spend_daily_log WHERE project_id = {id:UInt64} ORDER BY commit_id`,
      { id }
    )
    assert.deepEqual(
      versions.map((row) => [Number(row.cost), row.is_deleted]),
      [
        [1, false],
        [3, false],
        [3, true],
      ]
    )
    clean()
  })
})

test.group('entity streams', (group) => {
  useDatabases(group, { clickhouse: true })
  useHarbour(group)

  const order = (id: string, updated: string, total: string, more = {}) => ({
    id,
    updated: `2026-01-0${updated}T00:00:00Z`,
    at: '2026-01-01T00:00:00Z',
    total,
    ...more,
  })

  test('only what was updated is read again, with an overlap', async ({ assert }) => {
    const { id, sync, set, integration, clean } = await connectHarbour(['orders'], {
      orders: [order('1', '1', '10'), order('2', '2', '20'), order('3', '3', '30')],
    })
    await sync()
    assert.deepInclude(await figures(id), { gross: 60, orders: 3 })
    set({ orders: [order('1', '1', '99'), order('2', '4', '25'), order('3', '3', '30')] })
    await sync()
    assert.deepEqual(asked(integration.settings), ['2026-01-02T23:50:00.000Z'])
    assert.deepInclude(await figures(id), { gross: 65, orders: 3 })
    clean()
  })

  test('what has no update time is read in full, at its interval and not in between', async ({
    assert,
  }) => {
    const { id, sync, set, integration, clean } = await connectHarbour(['parts'], {
      orders: [order('1', '1', '10'), order('2', '1', '20')],
    })
    await sync()
    set({ orders: [order('1', '1', '11'), order('2', '1', '20')] })
    assert.equal((await sync()).status, 'done')
    assert.deepEqual(asked(integration.settings), [])
    assert.deepInclude(await figures(id), { gross: 30, orders: 2 })
    await sync({ full: true })
    assert.deepInclude(await figures(id), { gross: 31, orders: 2 })
    set({ orders: [order('1', '1', '12'), order('2', '1', '20')] })
    const passedAt = new Date(Date.now() - 23.5 * 3_600_000).toISOString()
    await db
      .from('stream_positions')
      .where('integration_id', integration.id)
      .update({ position: JSON.stringify({ passedAt }) })
    await sync()
    assert.deepEqual(asked(integration.settings), ['everything'])
    assert.deepInclude(await figures(id), { gross: 32, orders: 2 })
    clean()
  })

  test('a run that another version of the source has begun goes on where it was', async ({
    assert,
  }) => {
    for (const [left, gross] of [
      ['row 2', 3],
      ['something else', 303],
    ] as const) {
      const made = await connectHarbour(['parts'], {
        orders: [order('1', '1', '100'), order('2', '1', '200'), order('3', '1', '3')],
      })
      const run = await made.queue()
      const position = { since: null, resume: left, complete: false, newest: '', previous: '' }
      await db.table('run_streams').insert({
        run_id: run,
        stream: 'parts',
        status: 'running',
        position: JSON.stringify({ ...position, checkpoint: 1 }),
        pages: '[]',
      })
      await runIntegration(run, new AbortController().signal)
      assert.equal((await made.run(run)).status, 'done')
      assert.equal((await figures(made.id)).gross, gross)
      made.clean()
    }
  })

  test('an older version that comes late changes nothing', async ({ assert }) => {
    const { id, sync, set, clean } = await connectHarbour(['orders'], {
      orders: [order('1', '5', '50')],
    })
    await sync()
    set({ orders: [order('1', '4', '40')] })
    await sync({ full: true })
    assert.equal((await figures(id)).gross, 50)
    clean()
  })

  test('an order that says nothing any more vanishes; a bad one is set aside', async ({
    assert,
  }) => {
    const { id, sync, set, clean } = await connectHarbour(['orders'], {
      orders: [order('1', '1', '10'), order('2', '1', '20')],
    })
    await sync()
    set({
      orders: [order('1', '2', '10', { gone: true }), order('3', '2', '-5'), order('4', '2', '7')],
    })
    const { id: runId, status } = await sync()
    assert.equal(status, 'done')
    assert.deepInclude(await figures(id), { gross: 27, orders: 2 })
    const rejected = await rows<{ field: string; message: string }>(
      'SELECT field, message FROM rejected_rows WHERE run_id = {run:UInt64}',
      { run: runId }
    )
    assert.deepEqual(rejected, [{ field: 'total', message: 'A total may not be negative.' }])
    clean()
  })

  test('rows out of order stop the stream and publish nothing', async ({ assert }) => {
    const { id, sync, clean } = await connectHarbour(['orders'], {
      orders: [{ ...order('1', '3', '10'), updated: 'not a date' }],
    })
    const run = await sync()
    assert.equal(run.status, 'failed')
    assert.deepInclude(await figures(id), { orders: 0 })
    clean()
  })
})

test.group('snapshot streams', (group) => {
  useDatabases(group, { clickhouse: true })
  useHarbour(group)

  test('the list replaces what was known, and only as a whole', async ({ assert }) => {
    const { id, sync, set, clean } = await connectHarbour(['list'], {
      list: [ad('a', 5, '1'), ad('b', 5, '2'), ad('c', 5, '4')],
    })
    await sync()
    assert.equal((await figures(id)).cost, 7)
    set({ list: [ad('b', 5, '2'), ad('d', 5, '8')], fail: { code: 'vendor_response', times: 1 } })
    assert.equal((await sync()).status, 'failed')
    assert.equal((await figures(id)).cost, 7)
    await sync()
    assert.equal((await figures(id)).cost, 10)
    clean()
  })
})
