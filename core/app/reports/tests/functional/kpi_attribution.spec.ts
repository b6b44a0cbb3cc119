import { test } from '@japa/runner'
import { api, baseUrl } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import type { KpiReport } from '../../schemas.ts'
import { seedCredits } from '../helpers/credits.ts'
import { askKpi, readKpi } from '../helpers/report.ts'
import { sheetOf } from '../helpers/workbook.ts'

type Row = KpiReport['data'][number]
const sorted = (rows: readonly Row[]) =>
  [...rows].sort((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)))

test.group('KPI report, under a model', (group) => {
  useDatabases(group, { clickhouse: true })
  let project: Awaited<ReturnType<typeof makeProject>>

  group.setup(async () => {
    project = await makeProject()
    await seedCredits(project.id)
  })

  const rowsOf = async (request: Record<string, unknown>) =>
    sorted((await readKpi(project, request)).data)

  const byChannel = (attribution: Record<string, unknown>, more: Record<string, unknown> = {}) =>
    rowsOf({ metrics: ['orders', 'revenue'], group_by: 'channel', attribution, ...more })

  test('orders belong to their last touch that is not direct, unless something else is asked', async ({
    assert,
  }) => {
    const { data, totals, meta } = await readKpi(project, {
      metrics: ['revenue', 'orders', 'cost', 'romi', 'roas', 'new_customers'],
      group_by: 'channel',
    })
    assert.deepEqual(data, [
      // 100 − 10 − 30
      { channel: 'Email', revenue: 60, orders: 1, cost: 0, romi: 0, roas: null, new_customers: 1 },
      { channel: 'Direct', revenue: 50, orders: 1, cost: 0, romi: 0, roas: null, new_customers: 1 },
      { channel: null, revenue: 20, orders: 1, cost: 0, romi: 0, roas: null, new_customers: 0 },
      {
        channel: 'Paid Search',
        revenue: 0,
        orders: 0,
        cost: 40,
        romi: -1,
        roas: 0,
        new_customers: 0,
      },
    ])
    assert.deepEqual(totals, {
      revenue: 130,
      orders: 3,
      cost: 40,
      romi: 90 / 40,
      roas: 0,
      new_customers: 2,
    })
    assert.containSubset(meta.attribution, {
      model: 'last_non_direct',
      window_days: 30,
      params: { time_decay: { half_life_days: 7 } },
      metrics: ['revenue', 'orders', 'romi', 'roas', 'new_customers'],
      players: null,
    })
  })

  test('a workbook holds the figures under the model that was asked for', async ({ assert }) => {
    const metrics = ['orders', 'revenue', 'cost']
    const request = { metrics, group_by: 'channel', attribution: { model: 'first_touch' } }
    const { data } = await readKpi(project, request)
    const url = new URL(`/api/v1/projects/${project.id}/reports/kpi`, baseUrl())
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        accept: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        authorization: `Bearer ${project.owner.token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ date_from: '2024-01-01', date_to: '2024-02-29', ...request }),
    })
    const columns = ['channel', ...metrics] as const
    const filled = data.map((row) =>
      columns
        .map((column) => (row as Record<string, unknown>)[column])
        .filter((one) => one !== null)
    )
    assert.deepEqual(sheetOf(await answer.bytes()), [[...columns], ...filled])
    const other = await readKpi(project, { ...request, attribution: { model: 'last_touch' } })
    assert.notDeepEqual(other.data, data)
  })

  test('a model that divides, and a window that ends between two touches', async ({ assert }) => {
    const linear = [
      { channel: 'Direct', orders: 1, revenue: 50 },
      { channel: 'Email', orders: 0.5, revenue: 30 },
      { channel: 'Paid Search', orders: 0.5, revenue: 30 },
      { channel: null, orders: 1, revenue: 20 },
    ]
    assert.deepEqual(await byChannel({ model: 'linear' }), linear)
    assert.deepEqual(await byChannel({ model: 'linear', window_days: 9 }), linear)
    assert.deepEqual(await byChannel({ model: 'linear', window_days: 8 }), [
      { channel: 'Direct', orders: 1, revenue: 50 },
      { channel: 'Email', orders: 1, revenue: 60 },
      { channel: null, orders: 1, revenue: 20 },
    ])
    const params = { position_based: { first: 0.75, last: 0.25 } }
    const [, email, paid] = await byChannel({ model: 'position_based', params })
    assert.deepEqual([email?.revenue, paid?.revenue], [15, 45])
  })

  test('what paid channels brought follows the model without any grouping', async ({ assert }) => {
    const metrics = ['revenue', 'roas', 'cpa', 'roas_blended']
    const totals = async (model: string) =>
      (await readKpi(project, { metrics, attribution: { model } })).totals
    const both = { revenue: 130, roas_blended: 130 / 40 }
    assert.deepEqual(await totals('first_touch'), { ...both, roas: 1.5, cpa: 40 })
    assert.deepEqual(await totals('linear'), { ...both, roas: 0.75, cpa: 80 })
    assert.deepEqual(await totals('last_touch'), { ...both, roas: 0, cpa: null })
  })

  test('a touch that does not say is not what no touch led to', async ({ assert }) => {
    const first = { metrics: ['revenue', 'cost'], attribution: { model: 'linear' } }
    assert.deepEqual(await rowsOf({ ...first, group_by: 'campaign_name' }), [
      { campaign_name: '(not set)', revenue: 80, cost: 0 },
      { campaign_name: 'brand!', revenue: 30, cost: 40 },
      { campaign_name: null, revenue: 20, cost: 0 },
    ])
    const keyword = { ...first, metrics: ['revenue'], group_by: 'keyword' }
    const filters = (op: string, values: string[]) => [{ dimension: 'landing_page', op, values }]
    assert.deepEqual(
      await rowsOf({ ...keyword, filters: filters('contains', ['shop.example/A']) }),
      [{ keyword: 'shoes', revenue: 30 }]
    )
    assert.deepEqual(await rowsOf({ ...keyword, filters: filters('is', ['(not set)']) }), [
      { keyword: '(not set)', revenue: 80 },
    ])
    assert.deepEqual(await rowsOf({ ...keyword, filters: filters('in', ['']) }), [
      { keyword: null, revenue: 20 },
    ])
  })

  test('on its own day a refund takes back what its order’s touches had', async ({ assert }) => {
    const february = {
      date_from: '2024-02-01',
      metrics: ['refunds', 'revenue', 'orders'],
      refund_basis: 'refund_date',
    }
    const half = { refunds: 15, revenue: -15, orders: 0 }
    assert.deepEqual(await byChannel({ model: 'linear' }, february), [
      { channel: 'Email', ...half },
      { channel: 'Paid Search', ...half },
    ])
    assert.deepEqual(await byChannel({ model: 'first_touch', window_days: 120 }, february), [
      { channel: 'Paid Search', refunds: 30, revenue: -30, orders: 0 },
    ])
  })

  test('products of what a model divides', async ({ assert }) => {
    const products = {
      metrics: ['revenue', 'orders', 'customers'],
      group_by: ['channel', 'product'],
    }
    const found = await byChannel({ model: 'linear' }, products)
    const figures = found.map((row) => [
      row.channel,
      row.product,
      row.revenue,
      row.orders,
      row.customers,
    ])
    assert.deepEqual(figures, [
      ['Direct', 'p1', 50, 1, 1],
      ['Email', 'p1', 25, 1, 1],
      ['Email', 'p2', 5, 1, 1],
      ['Paid Search', 'p1', 25, 1, 1],
      ['Paid Search', 'p2', 5, 1, 1],
      [null, 'p3', 20, 1, 0],
    ])
  })

  test('each of two periods under the same model', async ({ assert }) => {
    const { data, comparison } = await readKpi(project, {
      date_from: '2024-01-11',
      date_to: '2024-01-20',
      metrics: ['revenue', 'orders'],
      group_by: 'channel',
      compare: 'previous_period',
      attribution: { model: 'markov' },
    })
    assert.deepEqual(data, [
      { channel: 'Direct', revenue: 50, orders: 1 },
      { channel: null, revenue: 20, orders: 1 },
    ])
    assert.deepEqual(comparison?.totals, { revenue: 60, orders: 1 })
    assert.deepEqual(comparison?.data, [
      { channel: 'Direct', revenue: 0, orders: 0 },
      { channel: null, revenue: 0, orders: 0 },
    ])
  })

  test('by query parameters and as a file', async ({ assert }) => {
    const path = `/projects/${project.id}/reports/kpi`
    const query = {
      date_from: '2024-01-01',
      date_to: '2024-01-31',
      metrics: 'revenue',
      group_by: 'channel',
      'attribution[model]': 'time_decay',
      'attribution[window_days]': '60',
      'attribution[params][time_decay][half_life_days]': '4',
    }
    const caller = api(project.owner)
    const { body } = await caller.get<KpiReport>(path, { query })
    assert.containSubset(body.meta.attribution, {
      model: 'time_decay',
      window_days: 60,
      params: { time_decay: { half_life_days: 4 } },
    })
    // Four days are one half-life: a third and two thirds of 60.
    const file = await caller.get(path, { query, headers: { accept: 'text/csv' } })
    assert.equal(
      file.text,
      'channel,revenue\r\nDirect,50\r\nEmail,40.00000002\r\n,20\r\nPaid Search,19.99999998\r\n'
    )
  })

  test('refuses {name}')
    .with([
      { name: 'an unknown model', attribution: { model: 'best' }, field: 'attribution.model' },
      { name: 'no window', attribution: { window_days: 0 }, field: 'attribution.window_days' },
      {
        name: 'shares of more than all',
        attribution: { params: { position_based: { first: 0.9, last: 0.9 } } },
        field: 'attribution.params.position_based',
      },
      {
        name: 'what has no credits',
        attribution: { model: 'markov', params: { markov: { allocation: 'global' } } },
        field: 'attribution.params.markov.allocation',
      },
    ])
    .run(async ({ assert }, { attribution, field }) => {
      const { status, body } = await askKpi(project, {
        metrics: ['revenue'],
        group_by: 'channel',
        attribution,
      })
      assert.equal(status, 422)
      const { errors } = body as unknown as { errors: { field: string }[] }
      assert.deepEqual(
        errors.map((error) => error.field),
        [field]
      )
    })

  test('the project settles what a request does not say; pages stay under one model', async ({
    assert,
  }) => {
    const settle = (settings: object) =>
      api(project.owner).put(`/projects/${project.id}/attribution_settings`, settings)
    const request = { metrics: ['revenue'], group_by: 'channel', limit: 1 }
    assert.equal((await settle({ model: 'first_touch', window_days: 60 })).status, 200)
    const page = await readKpi(project, request)
    assert.deepEqual(page.data, [{ channel: 'Paid Search', revenue: 60 }])
    assert.containSubset(page.meta.attribution, { model: 'first_touch', window_days: 60 })
    const next = await readKpi(project, { ...request, cursor: page.next_cursor })
    assert.deepEqual(next.data, [{ channel: 'Direct', revenue: 50 }])

    await settle({ model: 'linear' })
    assert.equal((await askKpi(project, { ...request, cursor: page.next_cursor })).status, 422)
    const own = await readKpi(project, { ...request, attribution: { model: 'last_touch' } })
    assert.deepEqual(own.data, [{ channel: 'Email', revenue: 60 }])
  })
})
