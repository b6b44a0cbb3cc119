import { test } from '@japa/runner'
import { fromNanos, toNanos } from '#attribution/public'
import { api } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import type { AttributionReport } from '../../attribution/schemas.ts'
import { explainOrder } from '../helpers/orders.ts'
import { projectOf, type Sale, type Visit } from '../helpers/paths.ts'
import { deliverStory, eur } from '../helpers/stories.ts'

test.group('Credits of an order', (group) => {
  useDatabases(group, { clickhouse: true })

  test('credits are those of the attribution report: order by order they add up to it', async ({
    assert,
  }) => {
    const channels = ['Direct', 'Email', 'Paid Search', 'Referral', '']
    const at = (hour: number) => new Date(Date.parse('2024-03-01T00:00Z') + hour * 3.6e6)
    const visits: Visit[] = Array.from({ length: 80 }, (_, place) => ({
      alias: 1 + ((place * 7) % 12),
      at: at((place * 37) % 500).toISOString(),
      key: place + 1,
      channel: channels[(place * 13 + (place >> 2)) % 5] ?? '',
    }))
    const sales: Sale[] = Array.from({ length: 14 }, (_, place) => ({
      id: `S${place}`,
      person: place % 15,
      at: at(150 + ((place * 53) % 350)).toISOString(),
      gross: `${10 + place * 7}.${place}7`,
    }))
    const project = await projectOf({ visits, sales })
    const asked = { date_from: '2024-02-15', date_to: '2024-03-31' }
    const report = await api(project.owner).get<AttributionReport>(
      `/projects/${project.id}/reports/attribution`,
      { query: { ...asked, window_days: '12' } }
    )
    const sums = new Map<string, { credit: bigint; amount: bigint }>()
    for (const { id } of sales) {
      const { data } = await explainOrder(project, id, { ...asked, window_days: '12' })
      for (const { model, players } of data.models) {
        for (const { player, credit, amount } of players) {
          const known = sums.get(`${model} ${player}`) ?? { credit: 0n, amount: 0n }
          sums.set(`${model} ${player}`, {
            credit: known.credit + toNanos(credit),
            amount: known.amount + toNanos(amount),
          })
        }
      }
    }
    const rows = report.body.data.flatMap((row) =>
      Object.entries(row.models).map(([model, figures]) => [
        `${model} ${String(row.channel)}`,
        figures.conversions,
        figures.revenue,
      ])
    )
    assert.isAbove(rows.length, 40)
    const found = rows.map(([name]) => {
      const { credit, amount } = sums.get(String(name)) ?? { credit: 0n, amount: 0n }
      return [name, Number(fromNanos(credit)), Number(fromNanos(amount))]
    })
    assert.deepEqual(found, rows)
  }).timeout(60_000)

  test('an order without touches is unattributed, unless it says itself where it came from', async ({
    assert,
  }) => {
    const project = await makeProject()
    await deliverStory(project.id, {
      orders: [
        { externalId: 'A', at: '2024-03-05T12:00:00Z', total: eur('10') },
        {
          externalId: 'B',
          at: '2024-03-05T12:00:00Z',
          total: eur('20'),
          utmSource: 'letter',
          utmMedium: 'email',
        },
      ],
    })
    const nobody = await explainOrder(project, 'A')
    assert.deepEqual(nobody.data.touches, [])
    assert.isNull(nobody.data.order.person_id)
    for (const { players } of nobody.data.models) {
      assert.deepEqual(players, [{ player: null, credit: '1', amount: '10' }])
    }
    const own = await explainOrder(project, 'B')
    assert.lengthOf(own.data.touches, 1)
    assert.deepInclude(own.data.touches[0], { kind: 'order', channel: 'Email', eligible: true })
    for (const { players } of own.data.models) {
      assert.deepEqual(players, [{ player: 'Email', credit: '1', amount: '20' }])
    }
  })

  test('an order that is no conversion is not divided, and says why', async ({ assert }) => {
    const project = await makeProject()
    const order = (externalId: string, more: object) => ({
      externalId,
      at: '2024-03-05T12:00:00Z',
      total: eur('10'),
      clientId: 'c1',
      ...more,
    })
    await deliverStory(project.id, {
      touchpoints: [{ externalId: 't', at: '2024-03-05T10:00:00Z', clientId: 'c1', channel: 'X' }],
      orders: [
        order('cancelled', { isCancelled: true }),
        order('test', { isTest: true }),
        order('zero_total', { total: eur('0') }),
        order('other_currency', { total: { amount: '5', currency: 'USD' } }),
      ],
    })
    for (const reason of ['cancelled', 'test', 'zero_total', 'other_currency']) {
      const { data } = await explainOrder(project, reason)
      assert.equal(data.not_credited, reason)
      assert.deepEqual(data.models, [])
      assert.deepInclude(data.touches[0], { eligible: false, reason: 'no_conversion' })
    }
  })

  test('a person with 100,000 touches: credits of all, the nearest shown', async ({ assert }) => {
    const start = Date.parse('2024-03-01T00:00:00Z')
    const visits = Array.from({ length: 100_000 }, (_, place) => ({
      alias: 1,
      at: new Date(start + place * 10_000).toISOString(),
      key: place + 1,
      channel: place % 2 === 0 ? 'Email' : 'Direct',
    }))
    const project = await projectOf({
      visits,
      sales: [{ id: 'A', person: 1, at: '2024-03-15T00:00Z', gross: '10' }],
    })
    const { data } = await explainOrder(project, 'A', { models: 'linear,shapley' })
    assert.equal(data.touches_known, 100_000)
    assert.lengthOf(data.touches, 500)
    for (const { players, total } of data.models) {
      assert.deepEqual(total, { credit: '1', amount: '10' })
      assert.deepEqual(
        players.map(({ amount }) => amount),
        ['5', '5']
      )
    }
  }).timeout(60_000)
})
