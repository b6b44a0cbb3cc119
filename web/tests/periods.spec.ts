import { test } from '@japa/runner'
import {
  bucketEnd,
  buckets,
  defaultGrain,
  grainsFor,
  todayIn,
} from '../src/features/period/dates.ts'
import { defaultPreset, presetRange, toDate } from '../src/features/period/periods.ts'

const data = { from: '2010-12-01', to: '2011-12-09' }

test.group('Periods', () => {
  test('presets are calendar periods of the project, ends included', ({ assert }) => {
    const today = '2024-03-31'
    assert.deepEqual(presetRange('last_7', today, data), { from: '2024-03-25', to: today })
    assert.deepEqual(presetRange('last_month', today, data), {
      from: '2024-02-01',
      to: '2024-02-29',
    })
    assert.deepEqual(presetRange('last_quarter', today, data), {
      from: '2023-10-01',
      to: '2023-12-31',
    })
    assert.deepEqual(presetRange('this_year', today, data), { from: '2024-01-01', to: today })
    assert.deepEqual(presetRange('all', today, data), data)
  })

  test('old data is shown whole, fresh data by its last thirty days', ({ assert }) => {
    assert.equal(defaultPreset('2024-03-31', data), 'all')
    assert.equal(defaultPreset('2011-12-12', data), 'last_30')
    assert.equal(defaultPreset('2011-12-12', { from: '2011-12-05', to: '2011-12-11' }), 'all')
  })

  test('today is a date of the project, not of the browser', ({ assert }) => {
    const night = new Date('2024-03-31T23:30:00Z')
    assert.equal(todayIn('Europe/Moscow', night), '2024-04-01')
    assert.equal(todayIn('America/New_York', night), '2024-03-31')
  })

  test('only dates that exist come out of the address bar', ({ assert }) => {
    assert.equal(toDate('2024-02-29'), '2024-02-29')
    for (const bad of [null, '', '2023-02-29', '2024-13-01', '2024-1-1', 'x']) {
      assert.isNull(toDate(bad), String(bad))
    }
  })
})

test.group('Buckets', () => {
  test('weeks start as the project wants and are clipped at the edges', ({ assert }) => {
    const range = { from: '2011-12-01', to: '2011-12-14' }
    assert.deepEqual(buckets(range, 'week', 'monday'), ['2011-12-01', '2011-12-05', '2011-12-12'])
    assert.deepEqual(buckets(range, 'week', 'sunday'), ['2011-12-01', '2011-12-04', '2011-12-11'])
    assert.equal(bucketEnd('2011-12-12', range.to, 'week', 'monday'), '2011-12-14')
  })

  test('months and quarters follow the calendar', ({ assert }) => {
    const range = { from: '2010-12-15', to: '2011-05-02' }
    assert.deepEqual(buckets(range, 'month', 'monday'), [
      '2010-12-15',
      '2011-01-01',
      '2011-02-01',
      '2011-03-01',
      '2011-04-01',
      '2011-05-01',
    ])
    assert.deepEqual(buckets(range, 'quarter', 'monday'), [
      '2010-12-15',
      '2011-01-01',
      '2011-04-01',
    ])
  })

  test('no series is longer than one answer of the API', ({ assert }) => {
    for (const [from, to] of [
      ['2011-01-01', '2011-01-02'],
      ['2010-01-01', '2011-05-15'],
      ['2005-01-01', '2024-12-31'],
    ] as const) {
      const range = { from, to }
      for (const grain of [defaultGrain(range), ...grainsFor(range)]) {
        assert.isAtMost(buckets(range, grain, 'monday').length, 500, `${from} ${grain}`)
      }
    }
  })
})
