import type { AdSpendDaily } from '@analyticaflow/sdk'
import { test } from '@japa/runner'
import { api } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import { deliver } from '#warehouse/tests/helpers/publishing'
import { readKpi } from '../helpers/report.ts'
import { order, shopSettings } from '../helpers/shop.ts'

const day = (date: string, campaignName: string, campaignId: string): AdSpendDaily => ({
  date,
  cost: { amount: '10', currency: 'EUR' },
  source: 'google',
  medium: 'cpc',
  campaignName,
  campaignId,
})

const tagged = (id: string, utmCampaign: string, utmSource = 'google') =>
  order(id, '2024-01-15', '20', [], { utmSource, utmMedium: 'cpc', utmCampaign })

test.group('KPI report, campaigns', (group) => {
  useDatabases(group, { clickhouse: true })
  let project: Awaited<ReturnType<typeof makeProject>>

  group.setup(async () => {
    project = await makeProject()
    const ads = { projectId: project.id, integrationId: '2', kind: 'ad_spend_daily' as const }
    await deliver(
      {
        ...ads,
        rows: [
          day('2024-01-10', 'Spring', '7'),
          day('2024-01-20', 'Spring | renamed', '7'),
          day('2024-01-20', 'Brand', '8'),
          day('2024-01-20', '', '9'),
        ],
      },
      shopSettings
    )
    const rows = [
      tagged('1', 'spring'),
      tagged('2', 'SPRING renamed'),
      tagged('3', 'brnd'),
      tagged('4', 'brnd', 'bing'),
      tagged('5', ''),
    ]
    await deliver({ projectId: project.id, integrationId: '1', kind: 'order', rows }, shopSettings)
    await api(project.owner).post(`/projects/${project.id}/campaign_mappings`, {
      from: { source: 'google', campaign: 'brnd' },
      to: { campaign_id: '8' },
    })
  })

  const ask = async (request: Record<string, unknown>) => {
    const { data } = await readKpi(project, { metrics: ['cost', 'orders'], ...request })
    return data.map((row) => [row.campaign_name, row.cost, row.orders])
  }
  const rows = [
    ['Spring | renamed', 20, 2],
    ['9', 10, 0],
    ['Brand', 10, 1],
    ['(not set)', 0, 1],
    ['brnd', 0, 1],
  ]

  test('meet under any of their names, by a mapping, and are shown by the newest name', async ({
    assert,
  }) => {
    assert.deepEqual(await ask({ group_by: 'campaign_name' }), rows)
    const { data } = await readKpi(project, {
      metrics: ['orders', 'customers'],
      group_by: 'campaign_name',
      order_by: [{ metric: 'orders', dir: 'desc' }],
    })
    assert.deepInclude(data[0], { campaign_name: 'Spring | renamed', orders: 2 })
  })

  test('are filtered by the name that is shown', async ({ assert }) => {
    const of = (op: string, ...values: string[]) =>
      ask({ group_by: 'campaign_name', filters: [{ dimension: 'campaign', op, values }] })
    assert.deepEqual(await of('is', 'Spring | renamed'), rows.slice(0, 1))
    assert.deepEqual(await of('contains', 'RENAMED'), rows.slice(0, 1))
    assert.deepEqual(await of('in', 'brand', '9'), rows.slice(1, 3))
    assert.deepEqual(await of('is', '(not set)'), rows.slice(3, 4))
    assert.deepEqual(await of('is_null'), [])
    assert.deepEqual(await of('not_in', 'brand', '9', 'brnd'), [rows[0], rows[3]])
  })

  test('are one row across the periods that are compared', async ({ assert }) => {
    const report = await readKpi(project, {
      date_from: '2024-01-16',
      date_to: '2024-01-31',
      metrics: ['cost'],
      group_by: 'campaign_name',
      compare: 'previous_period',
    })
    const place = report.data.findIndex((row) => row.campaign_name === 'Spring | renamed')
    assert.deepInclude(report.data[place], { cost: 10 })
    assert.deepInclude(report.comparison?.data[place], { cost: 10 })
  })
})
