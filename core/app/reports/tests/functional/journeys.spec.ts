import { test } from '@japa/runner'
import { api } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { makeProject, signUp } from '#tests/factories'
import type { JourneysReport } from '../../journeys/schemas.ts'
import { askJourneys, projectOf, readJourneys, visitor } from '../helpers/paths.ts'

const { visit } = visitor()

/** Links as `source > target: paths, revenue`. */
const drawn = ({ links }: JourneysReport) =>
  links.map(({ source, target, value, revenue }) => `${source} > ${target}: ${value}, ${revenue}`)

const shop = () =>
  projectOf({
    visits: [
      visit(1, '2024-03-01T10:00', 'Paid Search'),
      visit(1, '2024-03-03T10:00', 'Email'),
      visit(2, '2024-03-02T10:00', 'Paid Search'),
      visit(2, '2024-03-02T11:00', 'Paid Search'),
      visit(2, '2024-03-02T12:00', 'Email'),
      visit(2, '2024-03-02T13:00', 'Referral'),
      visit(3, '2024-03-05T10:00', 'Email'),
    ],
    sales: [
      { id: 'A', person: 1, at: '2024-03-03T12:00Z', gross: '100.10', country: 'DE', isNew: true },
      { id: 'B', person: 2, at: '2024-03-02T12:00Z', gross: '50.20', country: 'FR' },
      { id: 'C', person: 9, at: '2024-03-04T12:00Z', gross: '7', country: 'DE' },
      { id: 'D', person: 1, at: '2024-03-03T12:00Z', gross: '9', state: 'cancelled' },
    ],
  })

test.group('Journeys report', (group) => {
  useDatabases(group, { clickhouse: true })
  let project: Awaited<ReturnType<typeof shop>>
  group.setup(async () => {
    project = await shop()
  })

  test('ways from the first touch to an order, and to none', async ({ assert }) => {
    const report = await readJourneys(project, { include: 'all', depth: 2 })
    assert.sameMembers(drawn(report), [
      '1:Paid Search > 2:Email: 1, 100.1',
      '1:Paid Search > 2:Paid Search: 1, 50.2',
      '2:Email > conversion: 1, 100.1',
      '2:Paid Search > more: 1, 50.2',
      'more > conversion: 1, 50.2',
      'no_touch > conversion: 1, 7',
      '1:Referral > no_conversion: 1, 0',
      '1:Email > no_conversion: 1, 0',
    ])
    assert.deepEqual(report.totals, {
      paths: 5,
      conversions: 3,
      revenue: 157.3,
      paths_without_touch: 1,
      paths_without_conversion: 2,
    })
    assert.deepInclude(report.nodes, {
      id: '1:Paid Search',
      step: 1,
      label: 'Paid Search',
      kind: 'step',
      value: 2,
      conversions: 2,
      revenue: 150.3,
    })
    assert.deepInclude(report.meta, { currency: 'EUR', window_days: 30, step: 'channel', depth: 2 })
    assert.equal(report.meta.coverage.orders, 3)
  })

  test('back from the order; repeats are one step', async ({ assert }) => {
    const report = await readJourneys(project, { from: 'end', depth: 1, collapse_repeats: true })
    assert.sameMembers(drawn(report), [
      'more > -1:Email: 2, 150.3',
      '-1:Email > conversion: 2, 150.3',
      'no_touch > conversion: 1, 7',
    ])
    assert.deepEqual(report.top_paths, [
      {
        path: ['(more)', 'Email'],
        conversions: 2,
        revenue: 150.3,
        share: 2 / 3,
        avg_days: 26 / 24,
      },
    ])
  })

  test('lengths count touches and days, orders without a touch as 0', async ({ assert }) => {
    const { lengths } = await readJourneys(project)
    assert.deepEqual(lengths, {
      touches: [
        { touches: 0, conversions: 1 },
        { touches: 2, conversions: 1 },
        { touches: 3, conversions: 1 },
      ],
      days: [
        { days: 0, conversions: 1 },
        { days: 2, conversions: 1 },
      ],
    })
  })

  test('filters choose orders, contains_step paths, customers the first orders', async ({
    assert,
  }) => {
    const conversions = async (request: Record<string, unknown>) =>
      (await readJourneys(project, request)).totals
    const filters = [{ dimension: 'country', op: 'is', values: ['DE'] }]
    assert.deepInclude(await conversions({ filters }), { conversions: 2, revenue: 107.1 })
    assert.deepInclude(await conversions({ contains_step: 'Email' }), { conversions: 2 })
    assert.deepInclude(await conversions({ contains_step: ['Email'], filters }), { conversions: 1 })
    assert.deepInclude(await conversions({ contains_step: 'Referral' }), { conversions: 0 })
    assert.deepInclude(await conversions({ customers: 'new' }), { conversions: 1, revenue: 100.1 })
    const type = [{ dimension: 'customer_type', op: 'is', values: ['new'] }]
    assert.deepInclude(await conversions({ filters: type }), { conversions: 1 })
    assert.deepInclude(await conversions({ date_to: '2024-03-02' }), { conversions: 1 })
    assert.deepInclude(await conversions({ conversion: 'deal' }), { conversions: 0, paths: 0 })
  })

  test('what a conversion cannot be chosen by is refused with the reason', async ({ assert }) => {
    const refused = async (request: Record<string, unknown>, field: string) => {
      const { status, body } = await askJourneys(project, request)
      assert.equal(status, 422)
      const { errors } = body as unknown as { errors: { field: string }[] }
      assert.include(
        errors.map((error) => error.field),
        field
      )
    }
    const by = (dimension: string) => ({ filters: [{ dimension, op: 'is', values: ['x'] }] })
    await refused(by('channel'), 'filters.0.dimension')
    await refused(by('nonsense'), 'filters.0.dimension')
    await refused({ ...by('coupon'), conversion: 'deal' }, 'filters.0.dimension')
    await refused({ customers: 'new', conversion: 'lead' }, 'customers')
    await refused({ conversion: 'refund' }, 'conversion')
    await refused({ window_days: 366 }, 'window_days')
    await refused({ depth: 11 }, 'depth')
    await refused({ min_share: 0.6 }, 'min_share')
    await refused({ date_to: '2023-01-01' }, 'date_to')
  })

  test('strangers learn nothing', async ({ assert }) => {
    const { status } = await askJourneys({ id: project.id, owner: await signUp() }, {})
    assert.equal(status, 403)
    const empty = await makeProject()
    const { totals } = await readJourneys(empty, { include: 'all' })
    assert.deepInclude(totals, { paths: 0, conversions: 0 })
  })

  test('by GET, and the links as CSV', async ({ assert }) => {
    const path = `/projects/${project.id}/reports/journeys`
    const query = { date_from: '2024-03-01', date_to: '2024-03-31', contains_step: 'Referral' }
    const found = await api(project.owner).get<JourneysReport>(path, {
      query: { ...query, include: 'all', explain: '1' },
    })
    assert.deepEqual(drawn(found.body), ['1:Referral > no_conversion: 1, 0'])
    const { text } = await api(project.owner).get(path, {
      query: { ...query, include: 'all' },
      headers: { accept: 'text/csv' },
    })
    assert.equal(
      text,
      'source_step,source,target_step,target,value,conversions,revenue\r\n1,Referral,7,(no conversion),1,0,0\r\n'
    )
  })

  test('explains itself without values in the text', async ({ assert }) => {
    const report = await readJourneys(project, { contains_step: `Em'ail`, explain: true })
    const statements = report.meta.explain?.statements ?? []
    assert.deepEqual(
      statements.map(({ name }) => name),
      ['flow', 'top_paths', 'lengths']
    )
    for (const { sql, parameters } of statements) {
      assert.notInclude(sql, `Em'ail`)
      assert.deepEqual(parameters.contains_step, [`Em'ail`])
    }
  })
})
