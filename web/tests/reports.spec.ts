import { test } from '@japa/runner'
import type { AttributionReport, AttributionRow, CreditRow } from '../src/api/types.ts'
import { spreadOf, toRows, widestShare } from '../src/features/attribution/rows.ts'
import { attributionRequest } from '../src/features/attribution/attribution_request.ts'
import {
  readAttributionState,
  writeAttributionState,
  type AttributionChange,
} from '../src/features/attribution/use_attribution_state.ts'
import { byConversion, hasSingleCredits } from '../src/features/attribution/credit_list.ts'
import { inOrder } from '../src/features/analysis/models.ts'
import { runsOf } from '../src/features/analysis/runs.ts'
import { median, toBuckets, trimmed } from '../src/features/journeys/lengths.ts'
import {
  journeysRequest,
  readJourneysState,
  writeJourneysState,
} from '../src/features/journeys/use_journeys_state.ts'

const data = { from: '2024-01-01', to: '2024-12-31' }
const TODAY = '2024-12-31'
const defaults = {
  model: 'shapley',
  windowDays: 45,
  params: { halfLifeDays: 7, first: 0.4, last: 0.4, allocation: 'path' },
  conversion: 'order',
} as const

const attribution = (search: string) =>
  readAttributionState(new URLSearchParams(search), TODAY, data, defaults)

test.group('Address of the attribution report', () => {
  test('says nothing where the report is as the project has settled it', ({ assert }) => {
    const state = attribution('')
    assert.equal(state.models[0], 'shapley')
    assert.equal(state.windowDays, 45)
    assert.deepEqual(state.sort, { by: 'shapley', dir: 'desc' })
    assert.isFalse(state.isListed)
  })

  test('holds every choice', ({ assert }) => {
    const change: AttributionChange = {
      by: 'campaign',
      models: ['linear', 'markov'],
      windowDays: 7,
      params: { halfLifeDays: 3, first: 0.2, last: 0.6, allocation: 'global' },
      conversion: 'event:Quote',
      value: 'margin',
      newOnly: true,
      figure: 'cpa',
      sort: { by: 'markov', dir: 'asc' },
      filters: [{ dimension: 'channel', value: 'Paid Search' }],
      isListed: true,
    }
    const written = writeAttributionState(new URLSearchParams(), change)
    assert.containSubset(attribution(written.toString()), change)
    const back = writeAttributionState(written, { newOnly: false, isListed: false, filters: [] })
    assert.containSubset(attribution(back.toString()), {
      newOnly: false,
      isListed: false,
      filters: [],
      by: 'campaign',
    })
  })

  test('what nobody could have chosen is not asked for', ({ assert }) => {
    const state = attribution('models=guess&window=9999&first=0.9&last=0.9&sort=guess.up&by=x')
    assert.equal(state.windowDays, 45)
    assert.deepInclude(state.params, { first: 0.4, last: 0.4 })
    assert.equal(state.by, 'channel')
    assert.equal(state.sort.by, state.models[0])
  })

  test('new customers and opened rows are filters of the request', ({ assert }) => {
    const request = attributionRequest(attribution('new=1&f.channel=Email'), data)
    assert.deepEqual(request.filters, [
      { dimension: 'channel', op: 'in', values: ['Email'] },
      { dimension: 'customer_type', op: 'in', values: ['new'] },
    ])
    assert.notProperty(attributionRequest(attribution(''), data), 'filters')
  })

  test('the project’s model stands first, whatever else is chosen', ({ assert }) => {
    assert.deepEqual(inOrder(['markov', 'first_touch', 'linear'], 'linear'), [
      'linear',
      'first_touch',
      'markov',
    ])
  })
})

const row = (channel: string | null, revenue: number | null, shares: [number, number]) =>
  ({
    channel,
    cost: null,
    models: { linear: { revenue } },
    disagreement: { min_share: shares[0], max_share: shares[1] },
  }) as unknown as AttributionRow

test.group('Rows of the attribution report', () => {
  const answer = {
    data: [
      row('B', 5, [0.1, 0.2]),
      row(null, 9, [0, 0]),
      row('A', null, [0, 0]),
      row('C', 7, [0, 0.5]),
    ],
  } as AttributionReport
  const keys = (dir: 'asc' | 'desc', by: 'linear' | 'disagreement' = 'linear') =>
    toRows(answer, undefined, 'channel', { by, dir }, 'revenue').players.map(({ key }) => key)

  test('what is unattributed stands apart; what is unknown stands last', ({ assert }) => {
    assert.deepEqual(keys('desc'), ['C', 'B', 'A'])
    assert.deepEqual(keys('asc'), ['B', 'C', 'A'])
    const rows = toRows(answer, answer, 'channel', { by: 'linear', dir: 'desc' }, 'revenue')
    assert.isNull(rows.unattributed?.key)
    assert.equal(rows.players[1]?.before, answer.data[0])
  })

  test('disagreement is the distance between the models', ({ assert }) => {
    assert.deepEqual(keys('desc', 'disagreement'), ['C', 'B', 'A'])
    assert.deepEqual(answer.data.slice(3).map(spreadOf), [0.5])
    assert.equal(
      widestShare(
        toRows(answer, undefined, 'channel', { by: 'linear', dir: 'asc' }, 'revenue').players
      ),
      0.5
    )
  })
})

test.group('Single credits', () => {
  const credit = (id: string, time: string, position: number) =>
    ({ conversion_id: id, conversion_time: time, position }) as CreditRow

  test('touches of one conversion stand together, those of a namesake apart', ({ assert }) => {
    const listed = byConversion([
      credit('1', '2024-01-01T00:00:00Z', 1),
      credit('1', '2024-01-01T00:00:00Z', 2),
      credit('1', '2024-01-02T00:00:00Z', 1),
    ])
    assert.deepEqual(
      listed.map(({ id, touches }) => [id, touches.length]),
      [
        ['1', 2],
        ['1', 1],
      ]
    )
  })

  test('there are none where Markov divides everything at once', ({ assert }) => {
    const global = 'half_life=7&first=0.4&last=0.4&allocation=global'
    assert.isFalse(hasSingleCredits(attribution(`models=markov&${global}`)))
    assert.isTrue(hasSingleCredits(attribution(`models=linear&${global}`)))
    assert.isTrue(hasSingleCredits(attribution('models=markov')))
  })
})

const journeys = (search: string) => readJourneysState(new URLSearchParams(search), TODAY, data)

test.group('Address of the journeys report', () => {
  test('holds every choice, and the request asks for it', ({ assert }) => {
    const change = {
      conversion: 'deal_won',
      windowDays: 90,
      step: 'campaign',
      depth: 3,
      from: 'end',
      include: 'all',
      leastShare: 0.1,
      collapses: false,
      newOnly: true,
    } as const
    const written = writeJourneysState(new URLSearchParams(), change)
    assert.containSubset(journeys(written.toString()), change)
    assert.deepInclude(journeysRequest(journeys(written.toString())), {
      step: 'campaign',
      min_share: 0.1,
      collapse_repeats: false,
      customers: 'new',
      from: 'end',
    })
  })

  test('a step of another kind is not looked for among the new ones', ({ assert }) => {
    const through = writeJourneysState(new URLSearchParams(), { through: 'Email' })
    assert.deepEqual(journeysRequest(journeys(through.toString())).contains_step, ['Email'])
    assert.isNull(journeys(writeJourneysState(through, { step: 'campaign' }).toString()).through)
  })

  test('what nobody could have chosen is as it is at first', ({ assert }) => {
    assert.deepEqual(journeys('depth=99&least=7&count=middle&window=x'), journeys(''))
  })
})

test.group('Lengths of journeys', () => {
  const counts = [
    { at: 1, count: 5 },
    { at: 2, count: 1 },
    { at: 7, count: 4 },
  ]

  test('half of all take at most the median', ({ assert }) => {
    assert.equal(median(counts), 1)
    assert.equal(
      median([
        { at: 3, count: 1 },
        { at: 9, count: 2 },
      ]),
      9
    )
    assert.isNull(median([]))
  })

  test('ranges take in what lies between their ends; empty ones at the end go', ({ assert }) => {
    const buckets = toBuckets(counts, [1, 2, 5, 10])
    assert.deepEqual(buckets, [
      { from: 1, to: 1, count: 5 },
      { from: 2, to: 4, count: 1 },
      { from: 5, to: 9, count: 4 },
      { from: 10, count: 0 },
    ])
    assert.lengthOf(trimmed(buckets), 3)
  })

  test('a step that repeats is written once with how often', ({ assert }) => {
    assert.deepEqual(runsOf(['a', 'a', 'b', 'a']), [
      { step: 'a', times: 2 },
      { step: 'b', times: 1 },
      { step: 'a', times: 1 },
    ])
  })
})
