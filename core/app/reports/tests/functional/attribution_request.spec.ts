import { test } from '@japa/runner'
import { api } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import { rows as query } from '#warehouse/public'
import { publishWorld } from '../helpers/journeys.ts'
import { january, order, path, worked } from '../helpers/attribution_worlds.ts'
import { askAttribution, readAttribution, rowOf } from '../helpers/report.ts'

test.group('Attribution report, as it is asked for', (group) => {
  useDatabases(group, { clickhouse: true })

  test('filters: of orders they choose conversions, of touches they choose rows', async ({
    assert,
  }) => {
    const project = await makeProject()
    await publishWorld(project.id, {
      touches: [...path(1n, ['A', 'B']), ...path(2n, ['A', 'C'])],
      conversions: [
        { ...order(1n, 1n, '10'), country: 'DE', isNew: true, coupon: 'X' },
        { ...order(2n, 2n, '20'), country: 'FR' },
        { ...order(3n, 2n, '40'), country: 'FR', goal: 'lead' },
      ],
    })
    const read = (filters: object[], more: object = {}) =>
      readAttribution(project, { models: ['linear'], filters, ...more })
    const is = (dimension: string, value: string) => ({ dimension, op: 'is', values: [value] })

    const german = await read([is('country', 'DE')])
    assert.deepEqual(
      german.data.map(({ channel, models }) => [channel, models.linear?.revenue]),
      [
        ['A', 5],
        ['B', 5],
        [null, 0],
      ]
    )
    for (const filter of [is('customer_type', 'new'), is('coupon', 'X')]) {
      assert.equal((await read([filter])).totals.revenue, 10)
    }
    assert.equal((await read([is('source_type', 'ads')])).totals.conversions, 0)
    const { data, totals } = await read([is('channel', 'B')])
    assert.deepEqual(
      data.map(({ channel, models }) => [channel, models.linear?.conversions]),
      [['B', 0.5]]
    )
    assert.equal(totals.conversions, 2)
    const leads = await read([], { conversion: 'lead' })
    assert.equal(leads.totals.revenue, 40)
    assert.equal(rowOf(data, 'B').models.linear?.new_customers, 0.5)
  })

  test('refuses {name}')
    .with([
      { name: 'a window of 0 days', request: { window_days: 0 } },
      { name: 'a window of 366 days', request: { window_days: 366 } },
      { name: 'an unknown model', request: { models: ['magic'] } },
      { name: 'no model', request: { models: [] } },
      { name: 'an unknown grouping', request: { group_by: 'product' } },
      { name: 'two groupings', request: { group_by: 'channel,source' } },
      {
        name: 'an unknown filter',
        request: { filters: [{ dimension: 'x', op: 'is', values: ['1'] }] },
      },
      { name: 'days in the wrong order', request: { date_to: '2023-01-01' } },
      { name: 'shares over 1', request: { params: { position_based: { first: 0.6, last: 0.6 } } } },
      { name: 'another conversion', request: { conversion: 'refund' } },
      {
        name: 'rows of the global allocation',
        request: {
          params: { markov: { allocation: 'global' } },
          filters: [{ dimension: 'channel', op: 'is', values: ['A'] }],
        },
      },
      { name: 'an unknown field', request: { colour: 'red' } },
    ])
    .run(async ({ assert }, { request }) => {
      const project = await makeProject()
      assert.equal((await askAttribution(project, request)).status, 422)
    })

  test('by query parameters, as a body of GET, and as files', async ({ assert }) => {
    const project = await makeProject()
    await publishWorld(project.id, {
      ...worked,
      touches: worked.touches.map((touch) =>
        touch.channel === 'C1' ? { ...touch, channel: '=C1' } : touch
      ),
    })
    const url = `/projects/${project.id}/reports/attribution`
    const asked = { ...january, models: 'linear,time_decay' }
    const byQuery = await api(project.owner).get<{ data: unknown }>(url, {
      query: { ...asked, 'params[time_decay][half_life_days]': '1', window_days: '7' },
    })
    const byBody = await api(project.owner).get<{ data: unknown }>(url, {
      json: { ...asked, params: { time_decay: { half_life_days: 1 } }, window_days: 7 },
    })
    assert.deepEqual(byQuery.body.data, byBody.body.data)
    assert.equal(byQuery.status, 200)

    const csv = await api(project.owner).post(
      url,
      { ...january, models: ['linear'] },
      { headers: { accept: 'text/csv' } }
    )
    const [head, first] = csv.text.split('\r\n')
    assert.equal(
      head,
      'channel,cost,linear_conversions,linear_revenue,linear_share,linear_new_customers,linear_roas,linear_cpa'
    )
    assert.equal(first, `'=C1,0,0.333333333,33.3333333,0.333333333,0,,`)
    assert.match(
      csv.headers.get('content-disposition') ?? '',
      /attribution_2024-01-01_2024-01-31.csv/
    )
  })

  test('explained: the statements give the figures again', async ({ assert }) => {
    const project = await makeProject()
    await publishWorld(project.id, worked)
    const { meta } = await readAttribution(project, {
      explain: 1,
      models: ['linear', 'position_based', 'markov'],
    })
    const statements = meta.explain?.statements ?? []
    assert.includeMembers(
      statements.map(({ name }) => name),
      ['players', 'transitions', 'credits', 'spend']
    )
    const credits = statements.find(({ name }) => name === 'credits')
    const found = await query<{ player: string; revenue_linear: string }>(
      credits?.sql ?? '',
      credits?.parameters
    )
    assert.deepEqual(
      found.map(({ player, revenue_linear: revenue }) => [player, revenue]),
      [
        ['C1', '33333333300'],
        ['C2', '33333333300'],
        ['C3', '33333333400'],
      ]
    )
    assert.isUndefined((await readAttribution(project, {})).meta.explain)
  })

  test('another project’s conversions are never seen', async ({ assert }) => {
    const [one, other] = [await makeProject(), await makeProject()]
    await publishWorld(one.id, worked)
    const { totals, data } = await readAttribution(other, {})
    assert.equal(totals.conversions, 0)
    assert.deepEqual(
      data.map(({ channel, models: figures }) => [channel, figures.linear?.share]),
      [[null, null]]
    )
    const foreign = await api(other.owner).post(`/projects/${one.id}/reports/attribution`, january)
    assert.equal(foreign.status, 403)
  })
})
