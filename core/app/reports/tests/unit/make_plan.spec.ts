import { test } from '@japa/runner'
import { Problem } from '#shared/http/problem'
import { AttributionParameters } from '#attribution/public'
import { makePlan, type Settled } from '../../plan/make_plan.ts'
import { creditedMetrics } from '../../plan/credited_metrics.ts'
import { KpiRequest } from '../../plan/request.ts'

const settled: Settled = {
  weekStart: 'monday',
  attribution: {
    model: 'last_non_direct',
    window_days: 30,
    params: AttributionParameters.parse({}).params,
    conversion: 'order',
  },
}

const plan = (request: Record<string, unknown>) =>
  makePlan(
    KpiRequest.parse({
      date_from: '2024-01-01',
      date_to: '2024-01-31',
      metrics: ['revenue'],
      ...request,
    }),
    settled,
    0
  )

function faults(request: Record<string, unknown>): string[] {
  try {
    plan(request)
  } catch (error) {
    if (error instanceof Problem) return (error.errors ?? []).map(({ message }) => message)
    throw error
  }
  return []
}

test.group('Planning a report', () => {
  test('names every fault, and what exists instead', ({ assert }) => {
    const found = faults({ metrics: ['revenu', 'orders'], group_by: ['contry'] })
    assert.lengthOf(found, 2)
    assert.match(found[0] ?? '', /no metric "revenu"; there are revenue, /)
    assert.match(found[1] ?? '', /no dimension "contry"; there are date, /)
  })

  test('refuses {name}')
    .with([
      { name: 'days in the wrong order', request: { date_to: '2023-12-31' }, why: /lies before/ },
      { name: '21 years', request: { date_from: '2003-12-31' }, why: /at most 20 years/ },
      { name: 'no metric', request: { metrics: [] }, why: /at least one metric/ },
      { name: 'a dimension twice', request: { group_by: 'campaign,campaign_name' }, why: /twice/ },
      {
        name: 'whole customers less divided new ones',
        request: {
          metrics: 'returning_customers',
          group_by: 'channel',
          attribution: { model: 'linear' },
        },
        why: /divides a first order among several touches, but no customer: choose first_touch/,
      },
      {
        name: 'what is no order, by channel',
        request: { metrics: 'cancelled_orders', group_by: 'channel' },
        why: /no model credits it/,
      },
      {
        name: 'Markov as published',
        request: {
          group_by: 'channel',
          attribution: { model: 'markov', params: { markov: { allocation: 'global' } } },
        },
        why: /which the global allocation does not say/,
      },
      {
        name: 'shares of more than everything',
        request: {
          attribution: {
            model: 'position_based',
            params: { position_based: { first: 0.7, last: 0.7 } },
          },
        },
        why: /exceed 1 together/,
      },
      { name: 'as_of', request: { as_of: '2024-01-01T00:00:00Z' }, why: /not available yet/ },
      {
        name: 'cost by product',
        request: { metrics: 'cost', group_by: 'product' },
        why: /"cost" has no meaning by "product"/,
      },
      {
        name: 'cost of a product',
        request: { metrics: 'cost', filters: [{ dimension: 'product', op: 'is', values: 'p1' }] },
        why: /no meaning/,
      },
      {
        name: 'an unknown order',
        request: { order_by: [{ metric: 'cost' }] },
        why: /"cost" is not part of the report/,
      },
      {
        name: 'an order by both',
        request: { order_by: [{ metric: 'revenue', dimension: 'date' }] },
        why: /either a metric or a dimension/,
      },
      {
        name: 'a filter without values',
        request: { filters: [{ dimension: 'country', op: 'in' }] },
        why: /at least one value/,
      },
      {
        name: 'two values of is',
        request: { filters: [{ dimension: 'country', op: 'is', values: ['a', 'b'] }] },
        why: /exactly one value/,
      },
      {
        name: 'values of is_null',
        request: { filters: [{ dimension: 'country', op: 'is_null', values: ['a'] }] },
        why: /no values/,
      },
      {
        name: 'a filter on date',
        request: { filters: [{ dimension: 'date', op: 'is', values: 'x' }] },
        why: /date_from and date_to/,
      },
      {
        name: 'five groupings',
        request: { group_by: 'date,country,channel,source,medium' },
        why: /at most 4/,
      },
      {
        name: 'a comparison before time',
        request: { date_from: '1970-01-01', date_to: '1970-01-02', compare: 'previous_period' },
        why: /before 1970/,
      },
    ])
    .run(({ assert }, { request, why }) => {
      assert.isTrue(
        faults(request).some((message) => why.test(message)),
        faults(request).join('; ')
      )
    })

  test('a model that has nothing to credit may be any', ({ assert }) => {
    const global = { model: 'markov', params: { markov: { allocation: 'global' } } }
    assert.deepEqual(faults({ group_by: 'country', attribution: global }), [])
  })

  test('{metrics} by {by}: the model credits {credited}')
    .with([
      { metrics: 'revenue,orders', by: 'date,country', credited: [] },
      { metrics: 'revenue,cost', by: 'channel', credited: ['revenue'] },
      { metrics: 'revenue,roas,cpa,ncac,romi', by: 'date', credited: ['roas', 'cpa', 'ncac'] },
      { metrics: 'revenue', by: 'product,keyword', credited: ['revenue'] },
      { metrics: 'cost', by: 'campaign', credited: [] },
    ])
    .run(({ assert }, { metrics, by, credited }) => {
      const found = creditedMetrics(plan({ metrics, group_by: by })).map(({ key }) => key)
      assert.deepEqual(found, credited)
    })

  test('time runs forward, anything else from the greatest', ({ assert }) => {
    assert.deepEqual(plan({ group_by: 'country,date' }).order, [{ column: 'date', dir: 'asc' }])
    assert.deepEqual(plan({ group_by: 'country' }).order, [{ column: 'revenue', dir: 'desc' }])
  })

  test('a list may be a text, and `in` splits its text', ({ assert }) => {
    const { metrics, filters } = plan({
      metrics: 'revenue, orders',
      filters: [
        { dimension: 'country', op: 'in', values: 'DE,FR' },
        { dimension: 'source', op: 'is', values: 'a,b' },
      ],
    })
    assert.deepEqual(
      metrics.map(({ key }) => key),
      ['revenue', 'orders']
    )
    assert.deepEqual(filters[0]?.values, ['DE', 'FR'])
    assert.deepEqual(filters[1]?.values, ['a,b'])
  })
})
