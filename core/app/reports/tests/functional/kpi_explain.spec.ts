import { cleanCampaignName } from '@analyticaflow/sdk'
import { test } from '@japa/runner'
import type { Model } from '#attribution/public'
import { weekStarts } from '#shared/http/types'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import { foldCampaign, rows } from '#warehouse/public'
import { dimensions } from '../../catalogue/dimensions.ts'
import { metrics } from '../../catalogue/metrics.ts'
import type { Dimension, RefundBasis } from '../../catalogue/types.ts'
import { refusalUnder } from '../../plan/choose_table.ts'
import { bucketExpression, bucketsOf, granularities } from '../../plan/dates.ts'
import type { Explanation } from '../../schemas.ts'
import { askKpi, readKpi } from '../helpers/report.ts'
import { seedShop } from '../helpers/shop.ts'

type Row = Record<string, unknown>

/** Runs what the API explained, as anybody could. */
async function run({ sql, parameters }: Pick<Explanation, 'sql' | 'parameters'>) {
  // As JSON is: −0 is 0.
  const found = JSON.parse(JSON.stringify(await rows<Row>(sql, parameters))) as Row[]
  return {
    data: found.filter(({ is_total: isTotal }) => isTotal !== 1),
    totals: found[0] ?? {},
  }
}

interface Way {
  basis: RefundBasis
  model: Model
  window_days?: number
}

/** Ways to ask: under models of each kind where one has a say, and further back than journeys go. */
const waysOf = ({ touch, key }: Dimension): Way[] => [
  { basis: 'order_date', model: 'last_non_direct' },
  { basis: 'refund_date', model: 'linear' },
  ...(touch || key === 'product'
    ? ([
        { basis: 'refund_date', model: 'first_touch', window_days: 200 },
        { basis: 'order_date', model: 'markov' },
      ] as const)
    : []),
]

const pick = (row: Row, columns: readonly string[]) =>
  Object.fromEntries(columns.map((column) => [column, row[column]]))

test.group('KPI report, explained', (group) => {
  useDatabases(group, { clickhouse: true })
  let project: Awaited<ReturnType<typeof makeProject>>
  group.setup(async () => {
    project = await makeProject()
    await seedShop(project.id)
  })

  for (const dimension of dimensions) {
    test(`by ${dimension.key}: each allowed figure is what its SQL gives, each other is refused`, async ({
      assert,
    }) => {
      const meaningful = (model: Model) =>
        metrics.filter((metric) => refusalUnder(model, metric, dimension) === undefined)
      for (const { basis, ...attribution } of waysOf(dimension)) {
        const keys = meaningful(attribution.model).map(({ key }) => key)
        const report = await readKpi(project, {
          metrics: keys,
          group_by: dimension.key,
          granularity: 'week',
          attribution,
          refund_basis: basis,
          explain: true,
        })
        const explained = report.meta.explain
        if (!explained) throw new Error('no explanation')
        const { data, totals } = await run(explained)
        const columns = [dimension.key, ...keys]
        assert.isNotEmpty(data)
        assert.deepEqual(
          data.map((row) => pick(row, columns)),
          report.data.map((row) => pick(row, columns))
        )
        assert.deepEqual(pick(totals, keys), report.totals)
        assert.sameMembers(Object.keys(explained.metrics), keys)
      }
      const model = 'shapley'
      const allowed = meaningful(model)
      for (const metric of metrics.filter((one) => !allowed.includes(one))) {
        const refused = await askKpi(project, {
          metrics: [metric.key],
          group_by: dimension.key,
          attribution: { model },
        })
        assert.equal(refused.status, 422)
        assert.include(refused.text, refusalUnder(model, metric, dimension) ?? 'allowed')
      }
    })
  }

  test('values never stand in the text, and explain may stand in the query', async ({ assert }) => {
    const { meta } = await readKpi(project, {
      metrics: ['romi'],
      compare: 'previous_year',
      filters: [{ dimension: 'country', op: 'is', values: [`D'E`] }],
      explain: '1',
    })
    assert.notInclude(meta.explain?.sql, `D'E`)
    assert.deepEqual(meta.explain?.parameters.filter_0, [`D'E`])
    assert.equal(meta.explain?.comparison?.parameters.date_from, '2023-01-01')
    const romi = meta.explain?.metrics.romi
    assert.equal(romi?.formula, '(revenue − cost) ÷ cost; 0 where cost is 0')
    assert.sameDeepMembers(romi?.parts ?? [], [
      { key: 'gross', role: 'numerator', sign: 1, source: 'daily_kpi' },
      { key: 'discount', role: 'numerator', sign: -1, source: 'daily_kpi' },
      { key: 'refunded', role: 'numerator', sign: -1, source: 'daily_kpi' },
      { key: 'cost', role: 'numerator', sign: -1, source: 'daily_kpi' },
      { key: 'cost', role: 'denominator', sign: 1, source: 'daily_kpi' },
    ])
    assert.isUndefined((await readKpi(project, { metrics: ['romi'] })).meta.explain)
  })

  test('campaign names are cleaned in SQL as the SDK cleans them', async ({ assert }) => {
    const names = [
      ' (Sale) My_Campaign_2025 | RU ',
      '☀️ Sale',
      'ΣΑΣ İstanbul',
      'Распродажа — Лето № 1',
      'cafe\u0301',
      '1\u0308a',
      '\u0301x',
      'Ｆｕｌｌ　ｗｉｄｔｈ ﬁne',
      'हिन्दी अभियान',
      '!!!',
      '',
    ]
    const cleaned = await rows<{ name: string }>(
      `SELECT ${foldCampaign('toLowCardinality(name)')} AS name FROM (SELECT arrayJoin({names:Array(String)}) AS name)`,
      { names }
    )
    assert.deepEqual(
      cleaned.map(({ name }) => name),
      names.map(cleanCampaignName)
    )
  })

  test('buckets of time are the same in SQL and where periods are compared', async ({ assert }) => {
    const period = { from: '2023-12-27', to: '2024-04-09' }
    for (const granularity of granularities) {
      for (const weekStart of weekStarts) {
        const found = await rows<{ name: string }>(
          `SELECT DISTINCT toString(${bucketExpression('day', granularity, weekStart)}) AS name
           FROM (SELECT {date_from:Date} + number AS day FROM numbers(105)) ORDER BY name`,
          { date_from: period.from }
        )
        assert.deepEqual(
          found.map(({ name }) => name),
          bucketsOf(period, granularity, weekStart),
          `${granularity} from ${weekStart}`
        )
      }
    }
  })
})
