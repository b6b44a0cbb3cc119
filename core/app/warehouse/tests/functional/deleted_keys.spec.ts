import type { Order } from '@analyticaflow/sdk'
import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import { inSlices, rows, versionParams } from '#warehouse/public'
import { deliver } from '../helpers/publishing.ts'

const ORDERS = 200_000
const KEPT = 5

const settings = {
  timezone: 'UTC',
  currency: 'EUR',
  sources: [{ integrationId: '1', sourceType: 'shop', namespace: 'shop', rank: 1 }],
}

const order = (number: number): Order => ({
  externalId: `order-${number}`,
  at: '2024-03-01T10:00:00Z',
  total: { amount: '1', currency: 'EUR' },
})

test.group('deleted keys', (group) => {
  useDatabases(group, { clickhouse: true })

  test('as many as a vendor may name at once', async ({ assert }) => {
    const { id } = await makeProject({ currency: 'EUR' })
    const orders = Array.from({ length: ORDERS }, (_, index) => order(index))
    const one = {
      projectId: id,
      integrationId: '1',
      kind: 'order' as const,
      scope: { type: 'keys' as const },
      key: ({ externalId }: Order) => externalId,
    }
    await deliver({ ...one, rows: orders }, settings)
    const deleted = orders.slice(KEPT).map(one.key)
    const version = await deliver({ ...one, rows: [], deleted }, settings)
    const [left] = await rows<{ orders: string }>(
      `SELECT sum(orders) AS orders FROM daily_kpi WHERE ${inSlices('kpi')}`,
      versionParams(version)
    )
    assert.equal(left?.orders, String(KEPT))
  }).timeout(240_000)
})
