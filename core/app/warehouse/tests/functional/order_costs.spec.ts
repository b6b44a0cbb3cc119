import type { OrderLine, Product } from '@analyticaflow/sdk'
import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import { inSlices, publishedVersion, rows, versionParams } from '#warehouse/public'
import { deliver } from '../helpers/publishing.ts'

const settings = {
  timezone: 'UTC',
  currency: 'EUR',
  sources: [
    { integrationId: '1', sourceType: 'csv', namespace: 'csv', rank: 2 },
    { integrationId: '2', sourceType: 'csv', namespace: 'csv', rank: 1 },
    { integrationId: '3', sourceType: 'other', namespace: 'other', rank: 3 },
  ],
}

const line = (orderId: string, at: string, productId: string, quantity: string): OrderLine => ({
  orderId,
  type: 'sale',
  at,
  productId,
  quantity,
  unitPrice: { amount: '10', currency: 'EUR' },
  lineNumber: 1,
})

const product = (externalId: string, cost: string, more: Partial<Product> = {}): Product => ({
  externalId,
  unitCost: { amount: cost, currency: 'EUR' },
  ...more,
})

async function costs(projectId: string): Promise<Record<string, string>> {
  const found = await rows<{ date: string; cogs: string }>(
    `SELECT date, sum(cogs) AS cogs FROM daily_kpi WHERE ${inSlices('kpi')} GROUP BY date ORDER BY date`,
    versionParams(await publishedVersion(projectId))
  )
  return Object.fromEntries(found.map(({ date, cogs }) => [date, cogs]))
}

test.group('cost of goods', (group) => {
  useDatabases(group, { clickhouse: true })

  test('an order costs what its products cost on its day, whichever comes first', async ({
    assert,
  }) => {
    const { id } = await makeProject({ currency: 'EUR', timezone: 'UTC' })
    const lines = [
      line('1', '2024-03-01T10:00:00Z', 'tea', '3'),
      line('1', '2024-03-01T10:00:00Z', 'cup', '1'),
      line('2', '2024-03-10T10:00:00Z', 'tea', '2'),
      line('3', '2024-03-11T10:00:00Z', 'unknown', '5'),
    ]
    const sales = { projectId: id, integrationId: '1', kind: 'order_line' as const, rows: lines }
    const catalogue = { projectId: id, integrationId: '2', kind: 'product' as const }
    await deliver(sales, settings)
    assert.deepEqual(await costs(id), { '2024-03-01': '0', '2024-03-10': '0', '2024-03-11': '0' })

    const priced = [
      product('tea', '2.5'),
      product('tea', '3', { costFrom: '2024-03-10' }),
      product('cup', '1.125'),
    ]
    await deliver({ ...catalogue, rows: priced }, settings)
    const known = { '2024-03-01': '8.625', '2024-03-10': '6', '2024-03-11': '0' }
    assert.deepEqual(await costs(id), known)

    // Another shop's tea, and one in another currency, are not this tea.
    await deliver({ ...catalogue, integrationId: '3', rows: [product('tea', '99')] }, settings)
    const dollars = { unitCost: { amount: '1', currency: 'USD' } }
    await deliver({ ...catalogue, rows: [...priced, product('unknown', '1', dollars)] }, settings)
    assert.deepEqual(await costs(id), known)

    await deliver({ ...catalogue, rows: [product('tea', '2'), product('cup', '1')] }, settings)
    assert.deepEqual(await costs(id), { ...known, '2024-03-01': '7', '2024-03-10': '4' })
  })
})
