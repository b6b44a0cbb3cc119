import type { OrderLine } from '@analyticaflow/sdk'
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

const line = (
  orderId: string,
  at: string,
  quantity: string,
  price: string,
  more = {}
): OrderLine => ({
  orderId,
  type: 'sale',
  at,
  quantity,
  unitPrice: { amount: price, currency: 'GBP' },
  lineNumber: 1,
  ...more,
})

async function totals(projectId: string) {
  const version = await publishedVersion(projectId)
  const [found] = await rows<Record<string, string>>(
    `SELECT sum(orders) AS orders, sum(gross) AS gross, sum(refunded_by_refund_date) AS refunds,
       sum(refunded_by_order_date) AS refunds_by_order, sum(new_customers) AS new_customers
     FROM daily_kpi WHERE ${inSlices('kpi')}`,
    versionParams(version)
  )
  return found
}

test.group('order facts', (group) => {
  useDatabases(group, { clickhouse: true })

  test('lines become orders, and only what changed is written', async ({ assert }) => {
    const { id } = await makeProject({ currency: 'GBP', timezone: 'Europe/London' })
    const lines = [
      line('1', '2024-03-01T10:00:00Z', '2', '5.25', { customerId: 'a' }),
      line('1', '2024-03-01T10:00:00Z', '2', '5.25', { customerId: 'a' }),
      line('2', '2024-03-02T10:00:00Z', '1', '3', { customerId: 'a' }),
      {
        ...line('C1', '2024-03-05T10:00:00Z', '-1', '5.25', { customerId: 'a' }),
        type: 'refund' as const,
      },
    ]
    const one = { projectId: id, integrationId: '1', kind: 'order_line' as const }
    await deliver({ ...one, rows: lines }, settings)
    assert.deepEqual(await totals(id), {
      orders: '2',
      gross: '24',
      refunds: '5.25',
      refunds_by_order: '5.25',
      new_customers: '1',
    })
    await deliver({ ...one, rows: lines.slice(1) }, settings)
    assert.equal((await totals(id))?.gross, '13.5')
    const [log] = await rows<{ n: string }>('SELECT count() AS n FROM order_line_log')
    assert.equal(log?.n, '5')
    await deliver({ ...one, rows: lines }, settings)
    assert.equal((await totals(id))?.gross, '24')
    const mirrored = await rows(
      'SELECT event_type, sum(revenue) AS revenue FROM events FINAL GROUP BY event_type ORDER BY event_type'
    )
    assert.deepEqual(mirrored, [
      { event_type: 'purchase', revenue: '24' },
      { event_type: 'refund', revenue: '-5.25' },
    ])
  })

  test('a refund that turns out to be of another order leaves the former one', async ({
    assert,
  }) => {
    const { id } = await makeProject({ currency: 'GBP', timezone: 'Europe/London' })
    const sales = ['1', '2'].map((order) => line(order, '2024-03-01T10:00:00Z', '1', '5'))
    const refund = (refundOf: string) => ({
      ...line('C1', '2024-03-05T10:00:00Z', '-1', '2', { refundOf }),
      type: 'refund' as const,
    })
    const one = { projectId: id, integrationId: '1', kind: 'order_line' as const }
    const key = (row: OrderLine) => row.orderId
    const refunded = async () => {
      const version = await publishedVersion(id)
      return rows(
        `SELECT order_id, toString(refunded) AS refunded FROM order_facts
         WHERE ${inSlices('orders')} AND kind = 'order' ORDER BY order_id`,
        versionParams(version)
      )
    }
    await deliver({ ...one, key, rows: [...sales, refund('1')] }, settings)
    assert.deepEqual(await refunded(), [
      { order_id: '1', refunded: '2' },
      { order_id: '2', refunded: '0' },
    ])
    await deliver({ ...one, key, rows: [...sales, refund('2')] }, settings)
    assert.deepEqual(await refunded(), [
      { order_id: '1', refunded: '0' },
      { order_id: '2', refunded: '2' },
    ])
  })

  test('an order of two currencies is left out and told, never added up', async ({ assert }) => {
    const { id } = await makeProject({ currency: 'GBP', timezone: 'Europe/London' })
    const euros = { unitPrice: { amount: '7', currency: 'EUR' } }
    const made = [
      line('1', '2024-03-01T10:00:00Z', '1', '5'),
      line('2', '2024-03-01T10:00:00Z', '1', '3', { lineNumber: 1 }),
      line('2', '2024-03-01T10:00:00Z', '1', '3', { lineNumber: 2, ...euros }),
    ]
    await deliver({ projectId: id, integrationId: '1', kind: 'order_line', rows: made }, settings)
    assert.containSubset(await totals(id), { orders: '1', gross: '5' })
    const [told] = await rows<{ left_out: string }>(
      `SELECT sum(unconverted) AS left_out FROM daily_kpi WHERE ${inSlices('kpi')}`,
      versionParams(await publishedVersion(id))
    )
    assert.equal(told?.left_out, '1')
  })
})
