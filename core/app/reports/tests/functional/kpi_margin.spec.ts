import type { Product } from '@analyticaflow/sdk'
import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import { deliver } from '#warehouse/tests/helpers/publishing'
import { readKpi } from '../helpers/report.ts'
import { seedShop, shopSettings } from '../helpers/shop.ts'

const cost = (externalId: string, amount: string): Product => ({
  externalId,
  unitCost: { amount, currency: 'EUR' },
})
const margins = ['cogs', 'gross_profit', 'payment_fees', 'contribution_margin', 'romi_margin']

test.group('KPI report, what is left of revenue', (group) => {
  useDatabases(group, { clickhouse: true })

  test('goods, then fees of payments, then ads are taken off; channels share what orders have', async ({
    assert,
  }) => {
    const project = await makeProject()
    await seedShop(project.id)
    const products = [cost('p1', '20'), cost('p2', '30'), cost('p3', '7')]
    const catalogue = { projectId: project.id, integrationId: '1', kind: 'product' as const }
    await deliver(
      { ...catalogue, rows: products, key: ({ externalId }) => externalId },
      shopSettings
    )

    // A1: 20 + 30, A2: 20, A3: 30, A4 and A8: 7 each. Of 215 of revenue 101 remain; A1's payment took 2.5.
    const { totals } = await readKpi(project, { metrics: margins })
    assert.deepEqual(totals, {
      cogs: 114,
      gross_profit: 101,
      payment_fees: 2.5,
      contribution_margin: 98.5,
      romi_margin: (98.5 - 85) / 85,
    })
    const { data } = await readKpi(project, {
      metrics: ['payment_fees', 'contribution_margin'],
      group_by: 'channel',
      filters: [{ dimension: 'channel', op: 'is', values: ['Paid Search'] }],
    })
    // A1: 100 − 10 − 30 − 50 − 2.5
    assert.deepEqual(data, [
      { channel: 'Paid Search', payment_fees: 2.5, contribution_margin: 7.5 },
    ])
  })
})
