import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import { DAY, publishWorld } from '../helpers/journeys.ts'
import { NOON, order, path, worked } from '../helpers/attribution_worlds.ts'
import { readAttribution, rowOf } from '../helpers/report.ts'

test.group('Attribution report', (group) => {
  useDatabases(group, { clickhouse: true })

  test('the worked example of the definitions', async ({ assert }) => {
    const project = await makeProject()
    await publishWorld(project.id, worked)
    for (const allocation of ['path', 'global']) {
      const report = await readAttribution(project, {
        models: ['markov', 'linear', 'position_based'],
        params: { markov: { allocation } },
      })
      const shares = report.data.map((row) => [row.channel, row.models.markov?.share])
      assert.deepEqual(shares, [
        ['C1', 0.2],
        ['C2', 0.4],
        ['C3', 0.4],
        [null, 0],
      ])
      assert.deepEqual(
        report.data.map(({ models }) => models.markov?.revenue),
        [20, 40, 40, 0]
      )
    }
    const { data, totals, meta } = await readAttribution(project, {})
    assert.deepInclude(rowOf(data, 'C1').models.linear, {
      conversions: 0.333333333,
      revenue: 33.3333333,
    })
    assert.deepInclude(rowOf(data, 'C3').models.linear, {
      conversions: 0.333333334,
      revenue: 33.3333334,
    })
    assert.deepEqual(rowOf(data, 'C2').disagreement, { min_share: 0, max_share: 0.4 })
    assert.deepInclude(totals, { conversions: 1, revenue: 100 })
    assert.deepInclude(meta, {
      paths: 1,
      paths_without_conversion: 2,
      conversions_without_touch: 0,
      window_days: 30,
      conversion: 'order',
      currency: 'EUR',
    })
    assert.sameMembers(
      meta.warnings.map(({ model, paths }) => `${model} ${paths}`),
      ['markov 1', 'shapley 1']
    )
  })

  test('a conversion without touches is unattributed in every model', async ({ assert }) => {
    const project = await makeProject()
    await publishWorld(project.id, {
      touches: path(1n, ['Email'], NOON - 40 * DAY),
      conversions: [order(1n, 1n, '30'), order(2n, 0n, '12.5')],
    })
    const { data, totals, meta } = await readAttribution(project, {})
    assert.lengthOf(data, 1)
    for (const figures of Object.values(rowOf(data, null).models)) {
      assert.deepInclude(figures, { conversions: 2, revenue: 42.5, share: 1 })
    }
    assert.deepInclude(totals, { conversions: 2, revenue: 42.5 })
    assert.deepInclude(meta, { paths: 0, conversions_without_touch: 2 })
    const longer = await readAttribution(project, { window_days: 45 })
    assert.deepInclude(rowOf(longer.data, 'Email').models.shapley, { conversions: 1, revenue: 30 })
    assert.deepInclude(rowOf(longer.data, null).models.markov, { conversions: 1, revenue: 12.5 })
  })

  test('windows include both their ends, to the millisecond', async ({ assert }) => {
    const project = await makeProject()
    const touch = (key: bigint, person: bigint, time: number) => ({
      key,
      person,
      time,
      channel: 'Email',
    })
    for (const [person, days] of [
      [1n, 30],
      [2n, 90],
      [3n, 200],
    ] as const) {
      await publishWorld(project.id, {
        touches: [
          touch(1n, person, NOON - days * DAY),
          touch(2n, 50n + person, NOON - days * DAY - 1),
        ],
        conversions: [order(1n, person, '1'), order(2n, 50n + person, '1')],
      })
      const { data } = await readAttribution(project, { models: ['linear'], window_days: days })
      assert.equal(rowOf(data, 'Email').models.linear?.conversions, 1, `${days} days`)
      assert.equal(rowOf(data, null).models.linear?.conversions, 1, `${days} days`)
    }
  })

  test('touches at the time of the conversion count, later ones do not', async ({ assert }) => {
    const project = await makeProject()
    for (const window_days of [30, 120]) {
      await publishWorld(project.id, {
        touches: [
          { key: 9n, person: 1n, time: NOON, channel: 'A' },
          { key: 3n, person: 1n, time: NOON, channel: 'B' },
          { key: 1n, person: 1n, time: NOON + 1, channel: 'C' },
        ],
        conversions: [order(1n, 1n, '10')],
      })
      const { data } = await readAttribution(project, {
        models: ['first_touch', 'last_touch'],
        window_days,
      })
      assert.deepEqual(
        data.map(({ channel }) => channel),
        ['A', 'B', null]
      )
      assert.equal(rowOf(data, 'B').models.first_touch?.revenue, 10)
      assert.equal(rowOf(data, 'A').models.last_touch?.revenue, 10)
    }
  })

  test('refunds take back from each touch; what is left may be negative', async ({ assert }) => {
    const project = await makeProject()
    await publishWorld(project.id, {
      touches: [...path(1n, ['A', 'B', 'C']), ...path(2n, ['A', 'B'])],
      conversions: [
        { ...order(1n, 1n, '100'), discount: '10', refunded: '60' },
        { ...order(2n, 2n, '10'), refunded: '10.05' },
      ],
    })
    const { data, totals } = await readAttribution(project, { models: ['linear'] })
    assert.deepEqual(
      data.map(({ models }) => models.linear?.revenue),
      [9.97499999, 9.97499999, 10.00000002, 0]
    )
    assert.deepInclude(totals, { conversions: 2, revenue: 29.95 })
  })

  test('costs, ROAS and CPA: touches of paid channels, spenders without credits as well', async ({
    assert,
  }) => {
    const project = await makeProject()
    const paid = { channel: 'Paid Search', campaign: 'Summer Sale' }
    await publishWorld(project.id, {
      touches: [
        { key: 1n, person: 1n, time: NOON, ...paid, campaign: 'summer_sale' },
        { key: 2n, person: 1n, time: NOON, channel: 'Email', campaign: 'Summer | Sale' },
      ],
      conversions: [order(1n, 1n, '100')],
      spend: [
        { date: '2024-01-05', ...paid, cost: '20' },
        { date: '2024-01-06', channel: 'Paid Social', campaign: 'Winter', cost: '5' },
        { date: '2024-02-06', channel: 'Paid Social', campaign: 'Winter', cost: '7' },
        { date: '2024-01-06', channel: 'Paid Social', cost: '0.5' },
      ],
    })
    const byCampaign = await readAttribution(project, { models: ['linear'], group_by: 'campaign' })
    assert.deepEqual(
      byCampaign.data.map(({ campaign, cost }) => [campaign, cost]),
      [
        ['(not set)', 0.5],
        ['Summer Sale', 20],
        ['Winter', 5],
        [null, 0],
      ]
    )
    // Half of it came by an e-mail, which costs nothing.
    assert.deepInclude(rowOf(byCampaign.data, 'Summer Sale').models.linear, {
      conversions: 1,
      revenue: 100,
      roas: 2.5,
      cpa: 40,
    })
    assert.deepInclude(rowOf(byCampaign.data, 'Winter').models.linear, {
      conversions: 0,
      roas: 0,
      cpa: null,
    })
    assert.equal(byCampaign.totals.cost, 25.5)
    const byPage = await readAttribution(project, { models: ['linear'], group_by: 'landing_page' })
    assert.deepEqual(
      byPage.data.map(({ landing_page: page, cost, models }) => [page, cost, models.linear?.roas]),
      [
        ['(not set)', null, null],
        [null, null, null],
      ]
    )
    assert.include(byPage.meta.nulls.cost, 'not recorded by landing_page')
  })

  test('margin is null while no costs are known', async ({ assert }) => {
    const project = await makeProject()
    const conversion = order(1n, 1n, '100')
    await publishWorld(project.id, { touches: path(1n, ['A']), conversions: [conversion] })
    const unknown = await readAttribution(project, { models: ['linear'], value: 'margin' })
    assert.isNull(unknown.totals.revenue)
    assert.isNull(rowOf(unknown.data, 'A').models.linear?.revenue)
    assert.equal(unknown.meta.nulls.revenue, 'No product costs are known')
    await publishWorld(project.id, {
      touches: path(1n, ['A']),
      conversions: [{ ...conversion, cogs: '30' }],
    })
    const known = await readAttribution(project, { models: ['linear'], value: 'margin' })
    assert.equal(rowOf(known.data, 'A').models.linear?.revenue, 70)
  })
})
