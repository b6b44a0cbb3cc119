import { cleanCampaignName } from '@analyticaflow/sdk'
import { test } from '@japa/runner'
import { api } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { makeProject, type TestAccount } from '#tests/factories'
import { makeShop, shopFiles, type GoldenReport, type GoldenShop } from '../helpers/golden_shop.ts'
import { readKpi } from '../helpers/report.ts'

interface Figures {
  conversions: number
  revenue: number
}

interface Answer {
  data: ({ models: Record<string, Figures> } & Record<string, unknown>)[]
  totals: Figures
  meta: { paths: number; paths_without_conversion: number; conversions_without_touch: number }
}

/** Figures of a report in billionths, by player; '' is what is unattributed. Players without any are left out. */
function inNanos(answer: Answer, model: string, column: string) {
  return Object.fromEntries(
    answer.data.flatMap((row) => {
      const { conversions, revenue } = row.models[model] ?? { conversions: 0, revenue: 0 }
      const figures = { conversions: nano(conversions), revenue: nano(revenue) }
      const isNothing = figures.conversions === '0' && figures.revenue === '0'
      return isNothing ? [] : [[playerOf(row[column]), figures]]
    })
  )
}

/** Campaigns are shown under one of their spellings; the golden figures name them by what these share. */
function playerOf(value: unknown): string {
  const name = typeof value === 'string' ? value : ''
  return campaigns.has(cleanCampaignName(name)) ? cleanCampaignName(name) : name
}

const campaigns = new Set([
  'brand_de',
  'generic_shoes',
  'newsletter_12',
  'spring_sale',
  'winter_boots',
])

const nano = (figure: number) => String(Math.round(figure * 1e9))

test.group('A shop with touches, deals and an office, imported and attributed', (group) => {
  useDatabases(group, { clickhouse: true })
  let project: { id: string; owner: TestAccount }
  let golden: GoldenShop
  group.setup(async () => {
    project = await makeProject({ currency: 'EUR', timezone: 'Europe/Berlin' })
    const shop = await makeShop()
    golden = shop.golden
    for (const kind of shopFiles) {
      const { status, rows_rejected: rejected } = await shop.import(project, kind)
      if (status !== 'done' || rejected > 0)
        throw new Error(`${kind}: ${status}, ${rejected} rejected`)
    }
    await shop.remove()
  })

  async function attribution(groupBy: string, more: Record<string, unknown> = {}) {
    const { body } = await api(project.owner).post<Answer>(
      `/projects/${project.id}/reports/attribution`,
      {
        date_from: golden.range.from,
        date_to: golden.range.to,
        group_by: groupBy,
        window_days: 30,
        ...more,
      }
    )
    return body
  }

  for (const [dimension, column] of [
    ['channel', 'channel'],
    ['campaign', 'campaign_name'],
  ] as const) {
    test(`eight models by ${dimension}, to the last digit`, async ({ assert }) => {
      const expected: GoldenReport = golden[dimension]
      const models = Object.keys(expected.models)
      const answer = await attribution(column, { models })
      assert.containSubset(answer.meta, {
        paths: expected.paths,
        paths_without_conversion: expected.paths_without_conversion,
        conversions_without_touch: expected.conversions_without_touch,
      })
      assert.equal(answer.totals.conversions, golden.totals.orders)
      assert.equal(nano(answer.totals.revenue), nano(Number(golden.totals.revenue)))
      for (const model of models) {
        assert.deepEqual(inNanos(answer, model, column), expected.models[model], model)
      }
    })
  }

  test('Markov as published', async ({ assert }) => {
    const answer = await attribution('channel', {
      models: ['markov'],
      params: { markov: { allocation: 'global' } },
    })
    const { '': unattributed, ...players } = inNanos(answer, 'markov', 'channel')
    assert.deepEqual(players, golden.channel.markov_global)
    assert.equal(unattributed?.conversions, `${golden.channel.conversions_without_touch}000000000`)
  })

  test('who is who: customers and new customers', async ({ assert }) => {
    const report = await readKpi(project, {
      date_from: golden.range.from,
      date_to: golden.range.to,
      metrics: ['orders', 'revenue', 'customers', 'new_customers'],
    })
    assert.deepEqual(report.totals, {
      orders: golden.totals.orders,
      revenue: Number(golden.totals.revenue),
      customers: golden.totals.customers,
      new_customers: golden.totals.new_customers,
    })
  })
})
