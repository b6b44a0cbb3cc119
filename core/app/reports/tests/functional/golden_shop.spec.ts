import { cleanCampaignName } from '@analyticaflow/sdk'
import { test } from '@japa/runner'
import fc from 'fast-check'
import { models } from '#attribution/public'
import { api } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { makeProject, type TestAccount } from '#tests/factories'
import { propertyRuns, propertyTimeout } from '#tests/properties'
import { additive, comparableTotals, expectedRows, reportedRows } from '../helpers/golden_kpi.ts'
import { makeShop, shopFiles, type GoldenReport, type GoldenShop } from '../helpers/golden_shop.ts'
import { readKpi } from '../helpers/report.ts'

interface Figures {
  conversions: number
  revenue: number
}

interface Answer {
  data: ({ models: Record<string, Figures> } & Record<string, unknown>)[]
  totals: Figures & { models: Record<string, { roas: number | null; cpa: number | null }> }
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
  'nobody_clicks',
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
      const names = Object.keys(expected.models)
      const answer = await attribution(column, { models: names })
      assert.containSubset(answer.meta, {
        paths: expected.paths,
        paths_without_conversion: expected.paths_without_conversion,
        conversions_without_touch: expected.conversions_without_touch,
      })
      assert.equal(answer.totals.conversions, golden.totals.orders)
      assert.equal(nano(answer.totals.revenue), nano(Number(golden.totals.revenue)))
      for (const model of names) {
        assert.deepEqual(inNanos(answer, model, column), expected.models[model], model)
      }
    })
  }

  test('what paid channels brought in all, under each model', async ({ assert }) => {
    const { totals } = await attribution('channel')
    for (const [model, { totals: expected }] of Object.entries(golden.kpi.channel.order_date)) {
      assert.closeTo(Number(totals.models[model]?.roas), Number(expected.roas), 1e-9, model)
      assert.closeTo(Number(totals.models[model]?.cpa), Number(expected.cpa), 1e-9, model)
    }
  })

  test('Markov as published', async ({ assert }) => {
    const answer = await attribution('channel', {
      models: ['markov'],
      params: { markov: { allocation: 'global' } },
    })
    assert.deepEqual(answer.totals.models, { markov: { roas: null, cpa: null } })
    const { '': unattributed, ...players } = inNanos(answer, 'markov', 'channel')
    assert.deepEqual(players, golden.channel.markov_global)
    assert.equal(unattributed?.conversions, `${golden.channel.conversions_without_touch}000000000`)
  })

  const columnOf = { channel: 'channel', campaign: 'campaign_name' } as const
  const ask = (request: Record<string, unknown>) =>
    readKpi(project, {
      date_from: golden.range.from,
      date_to: golden.range.to,
      limit: 500,
      ...request,
    })

  for (const dimension of ['channel', 'campaign'] as const) {
    for (const basis of ['order_date', 'refund_date'] as const) {
      test(`key figures by ${dimension} under eight models, refunds by ${basis}`, async ({
        assert,
      }) => {
        const column = columnOf[dimension]
        for (const [model, expected] of Object.entries(golden.kpi[dimension][basis])) {
          const keys = Object.keys(expected.totals)
          const report = await ask({
            metrics: keys,
            group_by: column,
            refund_basis: basis,
            attribution: { model, window_days: 30 },
          })
          const rows = reportedRows(report, (row) => playerOf(row[column]), keys)
          assert.deepEqual(rows, expectedRows(expected.rows), model)
          assert.deepEqual(
            comparableTotals(report.totals, keys),
            comparableTotals(expected.totals, keys),
            model
          )
        }
      }).timeout(120_000)
    }
  }

  test('by channel, key figures are what the attribution report credits, to the billionth', async ({
    assert,
  }) => {
    for (const days of [45, 200]) {
      const { data } = await attribution('channel', { window_days: days })
      for (const model of models) {
        const report = await ask({
          metrics: ['orders', 'revenue'],
          group_by: 'channel',
          attribution: { model, window_days: days },
        })
        const credited = inNanos({ data } as Answer, model, 'channel')
        const figures = Object.fromEntries(
          report.data.flatMap(({ channel, orders, revenue }) => {
            const own = { conversions: nano(Number(orders)), revenue: nano(Number(revenue)) }
            return own.conversions === '0' && own.revenue === '0' ? [] : [[playerOf(channel), own]]
          })
        )
        assert.deepEqual(figures, credited, `${model}, ${days} days`)
      }
    }
  }).timeout(120_000)

  test('under any grouping by touches and any model, rows add up to what was sold', async ({
    assert,
  }) => {
    const asked = fc.record({
      of: fc.subarray(['channel', 'source', 'medium', 'campaign_name', 'landing_page', 'keyword'], {
        minLength: 1,
        maxLength: 2,
      }),
      and: fc.constantFrom<string[]>([], [], ['date'], ['customer_type'], ['product']),
      model: fc.constantFrom(...models),
      days: fc.integer({ min: 1, max: 120 }),
      basis: fc.constantFrom('order_date', 'refund_date'),
    })
    await fc.assert(
      fc.asyncProperty(asked, async ({ of, and, model, days, basis }) => {
        const metrics = and.includes('product') ? additive.slice(0, 4) : additive
        const whole = await ask({ metrics, refund_basis: basis })
        const {
          data,
          totals,
          next_cursor: next,
        } = await ask({
          metrics,
          refund_basis: basis,
          group_by: [...of, ...and],
          granularity: 'month',
          attribution: { model, window_days: days },
        })
        assert.isNull(next)
        for (const metric of metrics) {
          const sum = data.reduce((before, row) => before + Number(row[metric]), 0)
          assert.closeTo(sum, Number(whole.totals[metric]), 1e-6, metric)
          assert.closeTo(Number(totals[metric]), Number(whole.totals[metric]), 1e-6, metric)
        }
      }),
      { numRuns: propertyRuns(12), seed: 20240103, endOnFailure: true }
    )
  }).timeout(propertyTimeout(120_000))

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
