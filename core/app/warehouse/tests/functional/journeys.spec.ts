import type { Deal, Order, Refund, Touchpoint } from '@analyticaflow/sdk'
import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import { inSlices, publishedVersion, rows, versionParams } from '#warehouse/public'
import { deliver } from '../helpers/publishing.ts'

const settings = {
  timezone: 'Europe/London',
  currency: 'GBP',
  sources: [{ integrationId: '1', sourceType: 'csv', namespace: 'csv', rank: 1 }],
}

const order = (
  externalId: string,
  at: string,
  total: string,
  more: Partial<Order> = {}
): Order => ({
  externalId,
  at,
  status: 'paid',
  total: { amount: total, currency: 'GBP' },
  ...more,
})

async function journeys(projectId: string) {
  return rows<Record<string, unknown>>(
    `SELECT toString(date) AS date, goal, conversion_id, touch_channel, touch_campaign, gross - discount - refunded AS revenue
     FROM journeys WHERE ${inSlices('journeys')} ORDER BY event_time, conversion_id`,
    versionParams(await publishedVersion(projectId))
  )
}

test.group('journeys', (group) => {
  useDatabases(group, { clickhouse: true })

  test('an order that nobody was seen before is credited to what it says itself', async ({
    assert,
  }) => {
    const { id } = await makeProject({ currency: 'GBP', timezone: 'Europe/London' })
    const utm = { utmSource: 'google', utmMedium: 'cpc', utmCampaign: 'Spring' }
    const made = [
      order('1', '2024-06-30T23:30:00Z', '10', utm),
      order('2', '2024-07-02T10:00:00Z', '5'),
      order('3', '2024-07-03T10:00:00Z', '0', utm),
      order('4', '2024-07-04T10:00:00Z', '7', { ...utm, isCancelled: true }),
      order('5', '2024-07-05T10:00:00Z', '7', { total: { amount: '7', currency: 'EUR' } }),
    ]
    const one = { projectId: id, integrationId: '1', kind: 'order' as const }
    await deliver({ ...one, rows: made }, settings)
    const paid = { touch_channel: ['Paid Search'], touch_campaign: ['Spring'] }
    assert.deepEqual(await journeys(id), [
      { date: '2024-07-01', goal: 'order', conversion_id: '1', ...paid, revenue: '10' },
      {
        date: '2024-07-02',
        goal: 'order',
        conversion_id: '2',
        touch_channel: [],
        touch_campaign: [],
        revenue: '5',
      },
      { date: '2024-07-03', goal: 'zero_order', conversion_id: '3', ...paid, revenue: '0' },
    ])

    await deliver(
      { ...one, rows: [{ ...made[0], utmSource: 'letter', utmMedium: 'email' } as Order] },
      settings
    )
    assert.deepEqual(await journeys(id), [
      {
        date: '2024-07-01',
        goal: 'order',
        conversion_id: '1',
        touch_channel: ['Email'],
        touch_campaign: ['Spring'],
        revenue: '10',
      },
    ])
  })

  test('a browser that turns out to be a customer’s brings its past into orders of the past', async ({
    assert,
  }) => {
    const { id } = await makeProject({ currency: 'GBP', timezone: 'Europe/London' })
    const visit = (day: number, more: Partial<Touchpoint>): Touchpoint => ({
      externalId: String(day),
      at: `2024-03-0${day}T10:00:00Z`,
      channel: 'Email',
      ...more,
    })
    const files = { projectId: id, integrationId: '1' }
    const key = ({ externalId }: { externalId: string }) => externalId
    const bought = order('1', '2024-03-03T10:00:00Z', '10', { customerId: 'ann' })
    const before = visit(1, { clientId: 'x' })
    await deliver({ ...files, kind: 'order', rows: [bought], key }, settings)
    await deliver({ ...files, kind: 'touchpoint', rows: [before], key }, settings)
    const channels = async () => (await journeys(id)).map((row) => row.touch_channel)
    assert.deepEqual(await channels(), [[]])

    const signedIn = visit(5, { clientId: 'x', customerId: 'ann' })
    await deliver({ ...files, kind: 'touchpoint', rows: [before, signedIn], key }, settings)
    assert.deepEqual(await channels(), [['Email']])
    await deliver({ ...files, kind: 'touchpoint', rows: [before], key }, settings)
    assert.deepEqual(await channels(), [[]])
  })

  test('a refund knows its order, and looks back from where that one did', async ({ assert }) => {
    const { id } = await makeProject({ currency: 'GBP', timezone: 'Europe/London' })
    const files = { projectId: id, integrationId: '1' }
    const key = ({ externalId }: { externalId: string }) => externalId
    const gbp = (amount: string) => ({ amount, currency: 'GBP' })
    const bought = order('1', '2024-03-03T10:00:00Z', '15', {
      customerId: 'ann',
      tax: gbp('3'),
      shipping: gbp('2'),
    })
    const refunds: Refund[] = [
      { externalId: 'r1', orderId: '1', at: '2024-03-20T10:00:00Z', amount: gbp('4') },
      { externalId: 'r2', at: '2024-03-21T10:00:00Z', amount: gbp('1'), customerId: 'ann' },
    ]
    await deliver({ ...files, kind: 'order', rows: [bought], key }, settings)
    await deliver({ ...files, kind: 'refund', rows: refunds, key }, settings)
    const found = await rows(
      `SELECT goal, toString(tax) AS tax, toString(shipping) AS shipping, order_key = max(order_key) OVER () AS names_order,
         toString(order_date) AS order_date, toString(anchor) AS anchor, toString(first_order_date) AS first_order_date
       FROM journeys WHERE ${inSlices('journeys')} ORDER BY event_time`,
      versionParams(await publishedVersion(id))
    )
    const first = { first_order_date: '2024-03-03' }
    const ofOrder = {
      ...first,
      names_order: 1,
      order_date: '2024-03-03',
      anchor: '2024-03-03 10:00:00.000',
    }
    assert.deepEqual(found, [
      { ...ofOrder, goal: 'order', tax: '3', shipping: '2' },
      { ...ofOrder, goal: 'refund', tax: '0', shipping: '0' },
      {
        ...first,
        goal: 'refund',
        tax: '0',
        shipping: '0',
        names_order: 0,
        order_date: '2024-03-21',
        anchor: '2024-03-21 10:00:00.000',
      },
    ])
  })

  test('a deal that two files know is one, as the file published last has it', async ({
    assert,
  }) => {
    const { id } = await makeProject({ currency: 'GBP', timezone: 'Europe/London' })
    const ranked = (last: string) => ({
      ...settings,
      sources: ['1', '2'].map((integrationId) => ({
        integrationId,
        sourceType: 'csv',
        namespace: 'csv',
        rank: integrationId === last ? 2 : 1,
      })),
    })
    const won = (day: number): Deal => ({
      externalId: 'd1',
      at: '2024-03-01T10:00:00Z',
      closedAt: `2024-03-0${day}T10:00:00Z`,
      won: true,
      amount: { amount: `${day}0`, currency: 'GBP' },
    })
    const publish = (integrationId: string, day: number) =>
      deliver(
        { projectId: id, integrationId, kind: 'deal', rows: [won(day)], key: () => 'd1' },
        ranked(integrationId)
      )
    const shown = async () =>
      (await journeys(id)).map(({ date, goal, revenue }) => [date, goal, revenue])
    const asOf = (day: number) => [
      ['2024-03-01', 'deal', `${day}0`],
      [`2024-03-0${day}`, 'deal_won', `${day}0`],
    ]
    await publish('1', 3)
    await publish('2', 5)
    assert.deepEqual(await shown(), asOf(5))
    await publish('1', 3)
    assert.deepEqual(await shown(), asOf(3))
  })
})
