import { test } from '@japa/runner'
import { nestedQuery } from '../src/api/nested_query.ts'
import type { ExplainedOrder, OrderModel, OrderTouch } from '../src/api/types.ts'
import { ApiError } from '../src/api/problem.ts'
import { localFormula, playerRows, touchRows } from '../src/features/orders/credit_matrix.ts'
import { orderPath } from '../src/features/orders/order_path.ts'
import { orderInReport, readOrderState } from '../src/features/orders/order_state.ts'
import {
  daysToOrder,
  numbersByAlias,
  placeInWindow,
  sectionsOf,
} from '../src/features/orders/touch_sections.ts'
import { ownersIn } from '../src/features/orders/owners.ts'
import { readAttributionState } from '../src/features/attribution/use_attribution_state.ts'
import { originDetails } from '../src/features/people/origin.ts'
import { formatter } from '../src/i18n/format.ts'

const blank = {
  kind: 'session',
  integration_id: '1',
  is_direct: false,
  channel: null,
  source: null,
  medium: null,
  campaign: null,
  ad: null,
  keyword: null,
  landing_page: null,
  country: null,
  device: null,
} as const

const touch = (id: string, at: string, reason: OrderTouch['reason'], alias = 'a'): OrderTouch => ({
  ...blank,
  id,
  alias_id: alias,
  at,
  player: id.toUpperCase(),
  eligible: reason === null,
  reason,
})

const touches = [
  touch('x', '2024-01-01T00:00:00Z', 'before_window'),
  touch('p', '2024-02-20T00:00:00Z', null),
  touch('q', '2024-02-25T00:00:00Z', null, 'b'),
  touch('y', '2024-03-02T00:00:00Z', 'after_conversion', 'b'),
]

const model = (name: OrderModel['model'], credits: Record<string, string>): OrderModel => ({
  model: name,
  explanation: { en: '', ru: '' },
  sum_of_weights: 1,
  touches: Object.entries(credits).map(([id, credit]) => ({
    touch_id: id,
    player: id.toUpperCase(),
    weight: 1,
    formula: '1',
    share: Number(credit),
    credit,
    amount: '10',
  })),
  players: Object.entries(credits).map(([id, credit]) => ({
    player: id.toUpperCase(),
    credit,
    amount: '10',
  })),
  total: { credit: '1', amount: '10' },
  fit: null,
})

const explained = (models: OrderModel[]) => ({ touches, models }) as ExplainedOrder

test.group('Touches of an order', () => {
  test('only those that count have a number, in order of time', ({ assert }) => {
    const { before, within, after } = sectionsOf(touches)
    const plain = (list: typeof within) => list.map(({ touch: { id }, number }) => [id, number])
    assert.deepEqual(plain(before), [['x', null]])
    assert.deepEqual(plain(within), [
      ['p', 1],
      ['q', 2],
    ])
    assert.deepEqual(plain(after), [['y', null]])
  })

  test('those of an order that is no conversion stay in the window, without numbers', ({
    assert,
  }) => {
    const { within } = sectionsOf([touch('p', '2024-02-20T00:00:00Z', 'no_conversion')])
    assert.deepEqual(
      within.map(({ number }) => number),
      [null]
    )
  })

  test('an identifier knows the numbers of what was made under it', ({ assert }) => {
    assert.deepEqual(
      [...numbersByAlias(touches)],
      [
        ['a', [1]],
        ['b', [2]],
      ]
    )
  })

  test('a moment has its place in the window', ({ assert }) => {
    const place = (at: string) => placeInWindow(at, '2024-03-31T00:00:00Z', 30)
    assert.equal(place('2024-03-31T00:00:00Z'), 1)
    assert.equal(place('2024-03-16T00:00:00Z'), 0.5)
    assert.equal(place('2024-03-01T00:00:00Z'), 0)
    assert.equal(place('2023-03-01T00:00:00Z'), 0)
  })

  test('the time to the order begins with the first touch that counts', ({ assert }) => {
    assert.equal(daysToOrder(touches, '2024-03-01T00:00:00Z'), 10)
    assert.isNull(daysToOrder(touches.slice(0, 1), '2024-03-01T00:00:00Z'))
  })
})

test.group('Credits of an order', () => {
  const data = explained([
    model('linear', { p: '0.5', q: '0.5' }),
    model('last_touch', { p: '0', q: '1' }),
    // Markov's global allocation divides no single order.
    { ...model('markov', {}), players: [] },
  ])

  test('a touch has what each model gives it, and nothing of one that gives none', ({ assert }) => {
    assert.deepEqual(
      touchRows(data).map(({ number, cells }) => [number, cells.linear?.credit, cells.markov]),
      [
        [1, 0.5, undefined],
        [2, 0.5, undefined],
      ]
    )
  })

  test('players come with the most credited first, what nobody gets left out', ({ assert }) => {
    const nobody = { player: null, credit: '1', amount: '1' }
    const models = data.models.map((one) => ({ ...one, players: [...one.players, nobody] }))
    const rows = playerRows({ ...data, models })
    assert.deepEqual(
      rows.map(({ player }) => player),
      ['Q', 'P']
    )
  })

  test('a formula is written as the language writes numbers', ({ assert }) => {
    assert.equal(localFormula('2^(−3.5 ÷ 7)', 'ru'), '2^(−3,5 ÷ 7)')
    assert.equal(localFormula('2^(−3.5 ÷ 7)', 'en'), '2^(−3.5 ÷ 7)')
  })
})

test.group('Address of an order', () => {
  test('a number may hold whatever the shop puts into it', ({ assert }) => {
    assert.equal(orderPath('1', '#12/4 ü?'), '/p/1/orders/%2312%2F4%20%C3%BC%3F')
  })

  test('an order opened from a report is explained as the report reckons', ({ assert }) => {
    const range = { from: '2024-01-01', to: '2024-12-31' }
    const params = { halfLifeDays: 3, first: 0.3, last: 0.5, allocation: 'path' as const }
    const report = readAttributionState(
      new URLSearchParams('from=2024-03-01&to=2024-03-31&window=60&by=campaign'),
      '2024-12-31',
      range,
      { model: 'linear', windowDays: 30, params, conversion: 'order' }
    )
    const url = new URL(orderInReport('1', 'A-1', report), 'http://shop.example')
    assert.deepEqual(readOrderState(url.searchParams), {
      by: 'campaign',
      windowDays: 60,
      params,
      range: { from: '2024-03-01', to: '2024-03-31' },
      integrationId: null,
    })
  })

  test('what makes no sense in an address is as the project has settled it', ({ assert }) => {
    const state = readOrderState(
      new URLSearchParams('by=nonsense&window=-3&from=2024&integration=x&half_life=7')
    )
    assert.deepEqual(state, {
      by: 'channel',
      windowDays: null,
      params: null,
      range: null,
      integrationId: null,
    })
  })

  test('parameters within parameters are written as the API reads them', ({ assert }) => {
    const query = { window_days: 30, params: { linear: { days: 7 } }, none: undefined }
    assert.equal(decodeURIComponent(nestedQuery(query)), 'window_days=30&params[linear][days]=7')
  })

  test('an order that several sources have names them', ({ assert }) => {
    const errors = ['1', '4'].map((value) => ({
      field: 'integration_id',
      rule: 'ambiguous',
      message: '',
      value,
    }))
    const error = new ApiError({ status: 422, code: 'validation_failed', errors })
    assert.deepEqual(ownersIn(error), ['1', '4'])
    assert.deepEqual(ownersIn(new ApiError({ status: 404, code: 'not_found' })), [])
  })
})

test.group('Durations', () => {
  test('are in the biggest unit that there is one of', ({ assert }) => {
    const [en, ru] = [formatter('en'), formatter('ru')]
    const plain = (text: string) => text.replaceAll('\u00a0', ' ')
    assert.deepEqual(
      [12.4, 2.54, 1 / 4, 1 / 1440, 0].map((days) => plain(en.duration(days))),
      ['12 days', '2.5 days', '6 hours', '1 minute', '0 minutes']
    )
    assert.equal(plain(ru.duration(2.54)), '2,5 дня')
  })
})

test.group('Where something came from', () => {
  test('a page stands without the parameters, whose meaning stands beside it', ({ assert }) => {
    const page = 'https://shop.example/sale?utm_source=google&gclid=Cj0#top'
    assert.deepEqual(
      originDetails({
        ...{ source: 'google', medium: 'cpc', campaign: 'What now?', landing_page: page },
        country: 'DE',
      }),
      ['google / cpc', 'What now?', 'https://shop.example/sale', 'DE']
    )
  })
})
