import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { api } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { openCommit, rows } from '#warehouse/public'
import { sweepWarehouse } from '../../sweep_warehouse.ts'
import { connectHarbour, figures, logRows, useHarbour } from '../helpers/harbour.ts'
import { workOff } from '../helpers/work_off.ts'

const count = async (sql: string) =>
  Number((await rows<{ n: string }>(`SELECT count() AS n FROM ${sql}`))[0]?.n)

test.group('changes of projects and integrations', (group) => {
  useDatabases(group, { clickhouse: true })
  useHarbour(group)

  const order = (id: string, at: string) => ({
    id,
    updated: '2026-01-10T00:00:00Z',
    at,
    total: '10',
  })

  test('another time zone moves orders to other days', async ({ assert }) => {
    const { id, owner, sync, clean } = await connectHarbour(['orders'], {
      orders: [order('1', '2026-01-05T23:30:00Z'), order('2', '2026-01-05T12:00:00Z')],
    })
    await sync()
    const call = api(owner)
    const byDay = async () => {
      const query = {
        date_from: '2026-01-01',
        date_to: '2026-01-31',
        metrics: 'orders',
        group_by: 'date',
      }
      const { body } = await call.get<{ data: { date: string; orders: number }[] }>(
        `/projects/${id}/reports/kpi`,
        { query }
      )
      return body.data.filter((row) => row.orders > 0).map(({ date, orders }) => [date, orders])
    }
    assert.deepEqual(await byDay(), [['2026-01-05', 2]])
    await call.patch(`/projects/${id}`, { timezone: 'Europe/Berlin' })
    await workOff()
    assert.deepEqual(await byDay(), [
      ['2026-01-05', 1],
      ['2026-01-06', 1],
    ])
    clean()
  })

  test('what a removed integration loaded leaves the reports, and stays in the log', async ({
    assert,
  }) => {
    const { id, owner, integration, sync, clean } = await connectHarbour(['orders', 'list'], {
      orders: [order('1', '2026-01-05T12:00:00Z')],
      list: [{ ad: 'a', date: '2026-01-05', cost: '3', clicks: 1 }],
    })
    await sync()
    assert.deepInclude(await figures(id), { orders: 1, cost: 3 })
    const { status } = await api(owner).delete(`/projects/${id}/integrations/${integration.id}`)
    assert.equal(status, 204)
    await workOff()
    assert.deepInclude(await figures(id), { orders: 0, cost: 0, gross: 0 })
    assert.equal(await count(`events FINAL WHERE project_id = ${id}`), 0)
    assert.equal(await count(`order_log WHERE project_id = ${id} AND NOT is_deleted`), 1)
    clean()
  })

  test('of a deleted project nothing stays', async ({ assert }) => {
    const { id, owner, sync, clean } = await connectHarbour(['orders'], {
      orders: [order('1', '2026-01-05T12:00:00Z')],
    })
    await sync()
    await api(owner).delete(`/projects/${id}`)
    await workOff()
    for (const table of ['order_log', 'order_facts', 'daily_kpi', 'events', 'records', 'slices']) {
      assert.equal(await count(`${table} WHERE project_id = ${id}`), 0, table)
    }
    clean()
  })
})

test.group('sweeping', (group) => {
  useDatabases(group, { clickhouse: true })
  useHarbour(group)

  test('removes what no reader sees any more, and nothing else', async ({ assert }) => {
    const list = [{ ad: 'a', date: '2026-01-05', cost: '3', clicks: 1 }]
    const { id, sync, set, clean } = await connectHarbour(['list'], { list })
    await sync()
    set({ list: [{ ad: 'a', date: '2026-01-05', cost: '4', clicks: 1 }] })
    await sync()
    // A commit that its worker never published.
    const left = await openCommit({
      projectId: id,
      integrationId: null,
      runId: null,
      cause: 'sync',
    })
    await db
      .from('commits')
      .where('id', left.commitId)
      .update({ status: 'aborted', aborted_at: new Date(0) })
    await db
      .from('commits')
      .where('project_id', id)
      .where('status', 'published')
      .update({ published_at: new Date(0) })
    assert.equal(await count(`daily_kpi WHERE project_id = ${id}`), 2)
    await sweepWarehouse()
    assert.equal(await count(`daily_kpi WHERE project_id = ${id}`), 1)
    assert.equal((await figures(id)).cost, 4)
    assert.isAtLeast(await logRows('ad_spend_daily_log'), 2)
    const commit = (await db.from('commits').where('id', left.commitId).firstOrFail()) as {
      status: string
    }
    assert.equal(commit.status, 'swept')
    clean()
  })
})
