import { test } from '@japa/runner'
import { AttributionParameters } from '../../parameters.ts'

test.group('Parameters of attribution', () => {
  test('defaults', ({ assert }) => {
    assert.deepEqual(AttributionParameters.parse({}), {
      models: [
        'first_touch',
        'last_touch',
        'last_non_direct',
        'linear',
        'time_decay',
        'position_based',
        'markov',
        'shapley',
      ],
      window_days: 30,
      params: {
        time_decay: { half_life_days: 7 },
        position_based: { first: 0.4, last: 0.4 },
        markov: { allocation: 'path' },
      },
    })
  })

  test('{title}')
    .with([
      { title: 'a window of 0 days', value: { window_days: 0 }, path: 'window_days' },
      { title: 'a window of 366 days', value: { window_days: 366 }, path: 'window_days' },
      { title: 'half a day', value: { window_days: 1.5 }, path: 'window_days' },
      { title: 'no model', value: { models: [] }, path: 'models' },
      { title: 'an unknown model', value: { models: ['magic'] }, path: 'models.0' },
      {
        title: 'a half-life of 0',
        value: { params: { time_decay: { half_life_days: 0 } } },
        path: 'params.time_decay.half_life_days',
      },
      {
        title: 'more than everything to the ends',
        value: { params: { position_based: { first: 0.7, last: 0.4 } } },
        path: 'params.position_based',
      },
      {
        title: 'nothing to either end',
        value: { params: { position_based: { first: 0, last: 0 } } },
        path: 'params.position_based',
      },
      {
        title: 'an unknown allocation',
        value: { params: { markov: { allocation: 'order' } } },
        path: 'params.markov.allocation',
      },
      { title: 'an unknown parameter', value: { params: { linear: {} } }, path: 'params' },
    ])
    .run(({ assert }, { value, path }) => {
      const { error } = AttributionParameters.safeParse(value)
      assert.deepEqual(
        error?.issues.map((issue) => issue.path.join('.')),
        [path]
      )
    })

  test('1 and 365 days, and ends that make 1 together', ({ assert }) => {
    for (const days of [1, 365]) {
      assert.isTrue(AttributionParameters.safeParse({ window_days: days }).success)
    }
    // 0.1 + 0.9 and 0.7 + 0.3 are not 1 in every arithmetic.
    for (const [first, last] of [
      [0.1, 0.9],
      [0.7, 0.3],
      [1, 0],
    ]) {
      const params = { position_based: { first, last } }
      assert.isTrue(AttributionParameters.safeParse({ params }).success)
    }
  })
})
