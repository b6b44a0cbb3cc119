import { test } from '@japa/runner'
import { Problem } from '#shared/http/problem'
import { api } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { addTo, makeProject, signUp } from '#tests/factories'
import { closeClickhouse } from '#warehouse/public'
import { runStatement } from '../../queries/run_statement.ts'
import type { KpiReport } from '../../schemas.ts'
import { askKpi, readKpi } from '../helpers/report.ts'
import { seedShop } from '../helpers/shop.ts'

type Made = Awaited<ReturnType<typeof makeProject>>
interface ProblemBody {
  code: string
  detail?: string
  errors?: { field: string; rule: string; message: string }[]
}

const period = { date_from: '2024-01-01', date_to: '2024-02-29' }

test.group('KPI report, ways to ask', (group) => {
  useDatabases(group, { clickhouse: true })
  let project: Made
  let path: string
  group.setup(async () => {
    project = await makeProject()
    path = `/projects/${project.id}/reports/kpi`
    await seedShop(project.id)
  })

  test('a body on GET, query parameters and POST give the same', async ({ assert }) => {
    const caller = api(project.owner)
    const asBody = {
      ...period,
      metrics: ['revenue', 'orders'],
      group_by: 'country',
      filters: [{ dimension: 'country', op: 'in', values: ['DE', 'FR'] }],
      order_by: [{ metric: 'revenue', dir: 'asc' }],
    }
    const query = {
      ...period,
      metrics: 'revenue,orders',
      group_by: 'country',
      'filters[0][dimension]': 'country',
      'filters[0][op]': 'in',
      'filters[0][values]': 'DE,FR',
      'order_by[0][metric]': 'revenue',
      'order_by[0][dir]': 'asc',
    }
    const posted = await caller.post<KpiReport>(path, asBody)
    const got = await caller.get<KpiReport>(path, { json: asBody })
    const asked = await caller.get<KpiReport>(path, { query })
    assert.deepEqual(posted.body.data, [
      { country: 'FR', revenue: 80, orders: 1 },
      { country: 'DE', revenue: 105, orders: 2 },
    ])
    assert.deepEqual([got.body.data, asked.body.data], [posted.body.data, posted.body.data])
    assert.deepEqual([got.body.totals, asked.body.totals], [posted.body.totals, posted.body.totals])
  })

  test('as many long values as a filter takes', async ({ assert }) => {
    const values = Array.from({ length: 1000 }, (_, n) => `${'Название товара '.repeat(6)}${n}`)
    const { status, body } = await api(project.owner).post<KpiReport>(path, {
      ...period,
      metrics: ['revenue'],
      filters: [{ dimension: 'country', op: 'in', values: ['DE', ...values.slice(1)] }],
    })
    assert.equal(status, 200)
    assert.isAbove(Number(body.totals.revenue), 0)
  })

  test('a body together with query parameters is refused', async ({ assert }) => {
    const { status, body } = await api(project.owner).get<ProblemBody>(path, {
      json: { ...period, metrics: ['revenue'] },
      query: { group_by: 'country' },
    })
    assert.equal(status, 422)
    assert.deepEqual(
      body.errors?.map(({ field }) => field),
      ['group_by']
    )
  })

  test('refuses {name} and names the field')
    .with([
      { name: 'a missing date', request: { date_from: undefined }, field: 'date_from' },
      { name: 'a date that does not exist', request: { date_to: '2024-02-30' }, field: 'date_to' },
      { name: 'an unknown field', request: { metric: 'revenue' }, field: 'metric' },
      { name: 'an unknown metric', request: { metrics: ['profit'] }, field: 'metrics' },
      { name: 'an unknown dimension', request: { group_by: 'planet' }, field: 'group_by' },
      {
        name: 'an unknown comparison',
        request: { filters: [{ dimension: 'country', op: 'like' }] },
        field: 'filters.0.op',
      },
      {
        name: 'cost by product',
        request: { metrics: ['cost'], group_by: 'product' },
        field: 'group_by',
      },
      { name: 'a limit of 501', request: { limit: 501 }, field: 'limit' },
      { name: 'a cursor of something else', request: { cursor: 'eyJhIjoxfQ' }, field: 'cursor' },
    ])
    .run(async ({ assert }, { request, field }) => {
      const response = await askKpi(project, { metrics: ['revenue'], ...request })
      const problem = response.body as unknown as ProblemBody
      assert.equal(response.status, 422)
      assert.equal(problem.code, 'validation_failed')
      assert.include(
        problem.errors?.map((error) => error.field),
        field
      )
    })

  test('viewers may ask; strangers learn nothing', async ({ assert }) => {
    const viewer = await addTo(project, 'viewer')
    const stranger = await signUp()
    const request = { ...period, metrics: ['revenue'] }
    assert.equal((await api(viewer).post(path, request)).status, 200)
    assert.equal((await api(stranger).post(path, request)).status, 403)
    assert.equal((await api(stranger).get(`/projects/${project.id}/metrics`)).status, 403)
    assert.equal((await api(stranger).post('/projects/999999/reports/kpi', request)).status, 403)
    assert.equal((await api().post(path, request)).status, 401)
  })

  test('figures of one project are not those of another', async ({ assert }) => {
    const other = await makeProject()
    const { data, totals, meta } = await readKpi(other, { metrics: ['revenue', 'aov', 'romi'] })
    assert.deepEqual(totals, { revenue: 0, aov: null, romi: 0 })
    assert.deepEqual(data, [totals])
    assert.deepInclude(meta.coverage, { orders: 0, first_date: null, last_date: null })
    const grouped = await readKpi(other, { metrics: ['revenue'], group_by: 'date' })
    assert.deepEqual(grouped.data, [])
    assert.deepEqual(grouped.totals, { revenue: 0 })
  })

  test('meta tells what the figures stand on', async ({ assert }) => {
    const { meta } = await readKpi(project, { metrics: ['revenue'] })
    assert.containSubset(meta, {
      currency: 'EUR',
      timezone: 'UTC',
      ...period,
      refund_basis: 'order_date',
      attribution: { model: 'last_non_direct', window_days: 30 },
      coverage: {
        orders: 4,
        orders_with_customer: 3, // A4 has none
        unconverted: 1, // A7
        first_date: '2024-01-10',
        last_date: '2024-02-20',
      },
      nulls: {},
    })
    assert.match(meta.query_id, /^[\da-f-]{36}$/)
    assert.match(meta.commit, /^\d+$/)
  })

  test('as CSV and as a workbook', async ({ assert }) => {
    const request = { ...period, metrics: ['revenue', 'aov'], group_by: 'country' }
    const as = (accept: string) => api(project.owner).post(path, request, { headers: { accept } })
    const csv = await as('text/csv')
    assert.equal(csv.headers.get('content-type'), 'text/csv; charset=utf-8')
    assert.match(csv.headers.get('content-disposition') ?? '', /kpi_2024-01-01_2024-02-29\.csv/)
    assert.equal(csv.text, 'country,revenue,aov\r\nDE,105,52.5\r\nFR,80,80\r\n,30,30\r\nUS,0,\r\n')
    const xlsx = await as('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    assert.equal(xlsx.status, 200)
    assert.isTrue(xlsx.text.startsWith('PK'))
  })

  test('while ClickHouse is away: 503, and when to ask again', async ({ assert }) => {
    const before = process.env.CLICKHOUSE_URL
    await closeClickhouse()
    process.env.CLICKHOUSE_URL = 'http://127.0.0.1:9'
    try {
      const { status, headers, body } = await askKpi(project, { metrics: ['revenue'] })
      assert.equal(status, 503)
      assert.equal((body as unknown as ProblemBody).code, 'unavailable')
      assert.equal(headers.get('retry-after'), '5')
    } finally {
      await closeClickhouse()
      process.env.CLICKHOUSE_URL = before ?? ''
    }
    assert.equal((await askKpi(project, { metrics: ['revenue'] })).status, 200)
  })

  test('a statement that takes more than it may is stopped', async ({ assert }) => {
    const heavy = { sql: 'SELECT number FROM numbers(20000)', parameters: {} }
    const error: unknown = await runStatement(heavy, 'heavy').catch((thrown: unknown) => thrown)
    assert.instanceOf(error, Problem)
    assert.equal((error as Problem).code, 'unavailable')
    const wrong = { sql: 'SELECT nothing FROM nowhere', parameters: {} }
    const mistake: unknown = await runStatement(wrong, 'wrong').catch((thrown: unknown) => thrown)
    assert.notInstanceOf(mistake, Problem)
  })

  test('the catalogue says what there is and what goes with what', async ({ assert }) => {
    interface Entry {
      key: string
      formula: string
      dimensions: string[]
      title: { en: string; ru: string }
    }
    const caller = api(project.owner)
    const { body: listed } = await caller.get<{ data: Entry[] }>(`/projects/${project.id}/metrics`)
    const romi = listed.data.find(({ key }) => key === 'romi')
    assert.include(romi?.formula, '0 where cost is 0')
    assert.include(romi?.dimensions, 'campaign_name')
    assert.notInclude(romi?.dimensions, 'product')
    const { body: found } = await caller.get<{ data: Entry[] }>(
      `/projects/${project.id}/dimensions`
    )
    assert.equal(found.data.find(({ key }) => key === 'country')?.title.ru, 'Страна')
  })
})
