import { test } from '@japa/runner'
import { bucketsOf, comparisonPeriod, exceedsYears } from '../../plan/dates.ts'

const quarter = { from: '2024-02-10', to: '2024-04-02' }

test.group('Periods', () => {
  test('the previous period is as long and ends the day before', ({ assert }) => {
    assert.deepEqual(
      comparisonPeriod({ from: '2024-03-01', to: '2024-03-31' }, 'previous_period'),
      {
        from: '2024-01-30',
        to: '2024-02-29',
      }
    )
    assert.deepEqual(
      comparisonPeriod({ from: '2024-03-31', to: '2024-03-31' }, 'previous_period'),
      {
        from: '2024-03-30',
        to: '2024-03-30',
      }
    )
  })

  test('a year earlier, 29 February is the 28th', ({ assert }) => {
    assert.deepEqual(comparisonPeriod({ from: '2024-02-01', to: '2024-02-29' }, 'previous_year'), {
      from: '2023-02-01',
      to: '2023-02-28',
    })
  })

  test('20 years are allowed, a day more is not', ({ assert }) => {
    assert.isFalse(exceedsYears({ from: '2004-01-01', to: '2023-12-31' }, 20))
    assert.isTrue(exceedsYears({ from: '2004-01-01', to: '2024-01-01' }, 20))
  })

  test('buckets are named by their first day, the first one clipped', ({ assert }) => {
    assert.deepEqual(bucketsOf(quarter, 'month', 'monday'), [
      '2024-02-10',
      '2024-03-01',
      '2024-04-01',
    ])
    assert.deepEqual(bucketsOf(quarter, 'quarter', 'monday'), ['2024-02-10', '2024-04-01'])
    assert.deepEqual(bucketsOf(quarter, 'year', 'monday'), ['2024-02-10'])
    assert.deepEqual(bucketsOf({ from: '2024-02-28', to: '2024-03-01' }, 'day', 'monday'), [
      '2024-02-28',
      '2024-02-29',
      '2024-03-01',
    ])
  })

  test('weeks begin on the project’s own day', ({ assert }) => {
    const fortnight = { from: '2024-02-07', to: '2024-02-20' } // a Wednesday
    assert.deepEqual(bucketsOf(fortnight, 'week', 'monday'), [
      '2024-02-07',
      '2024-02-12',
      '2024-02-19',
    ])
    assert.deepEqual(bucketsOf(fortnight, 'week', 'sunday'), [
      '2024-02-07',
      '2024-02-11',
      '2024-02-18',
    ])
    assert.deepEqual(bucketsOf(fortnight, 'week', 'saturday'), [
      '2024-02-07',
      '2024-02-10',
      '2024-02-17',
    ])
  })
})
