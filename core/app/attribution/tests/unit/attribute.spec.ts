import { test } from '@japa/runner'
import { attribute } from '../../attribute.ts'
import { fromNanos } from '../../exact/nanos.ts'
import { AttributionParameters, models } from '../../parameters.ts'
import type { Model } from '../../parameters.ts'
import { pathOf, stepsOf } from '../helpers/paths.ts'

const orders = [
  pathOf(stepsOf('A > B'), { id: '1', revenue: '100' }),
  pathOf(stepsOf('B > Direct'), { id: '2', revenue: '50' }),
  pathOf([], { id: '3', revenue: '8' }),
  pathOf(stepsOf('A'), { id: '4', revenue: '-2' }),
]

const figures = (model: Model, options: object = {}) => {
  const parameters = AttributionParameters.parse({ models: [model], ...options })
  return Object.fromEntries(
    attribute(orders, [], parameters).rows.map(({ player, models: found }) => {
      const { conversions = 0n, revenue = 0n, share = null } = found[model] ?? {}
      return [player, [fromNanos(conversions), fromNanos(revenue), share]]
    })
  )
}

test.group('Attribution', () => {
  test('rows per player, and what is unattributed', ({ assert }) => {
    assert.deepEqual(figures('first_touch'), {
      A: ['2', '98', 0.5],
      B: ['1', '50', 0.25],
      Direct: ['0', '0', 0],
      null: ['1', '8', 0.25],
    })
    assert.deepEqual(figures('last_touch'), {
      A: ['1', '-2', 0.25],
      B: ['1', '100', 0.25],
      Direct: ['1', '50', 0.25],
      null: ['1', '8', 0.25],
    })
    assert.deepEqual(figures('last_non_direct'), {
      A: ['1', '-2', 0.25],
      B: ['2', '150', 0.5],
      Direct: ['0', '0', 0],
      null: ['1', '8', 0.25],
    })
    assert.deepEqual(figures('shapley'), {
      A: ['1.5', '48', 0.375],
      B: ['1', '75', 0.25],
      Direct: ['0.5', '25', 0.125],
      null: ['1', '8', 0.25],
    })
  })

  test('Markov globally, over the conversions that have touches', ({ assert }) => {
    // start → A 2/3, B 1/3; A → B, conversion 1/2 each; B → conversion, Direct 1/2 each; all convert.
    // Without A 1/3, without B 1/3, without Direct 2/3 × (1/2 + 1/4) + 1/6 = 2/3.
    // RE 2/3, 2/3, 1/3 → 2/5, 2/5, 1/5 of 3 conversions and of 148.
    const params = { markov: { allocation: 'global' } }
    assert.deepEqual(figures('markov', { params }), {
      A: ['1.2', '59.2', 0.3],
      B: ['1.2', '59.2', 0.3],
      Direct: ['0.6', '29.6', 0.15],
      null: ['1', '8', 0.25],
    })
  })

  test('the models disagree between their least and their largest share', ({ assert }) => {
    const parameters = AttributionParameters.parse({ models: ['first_touch', 'last_touch'] })
    const { rows } = attribute(orders, [], parameters)
    assert.deepEqual(
      rows.map(({ player, disagreement }) => [
        player,
        disagreement.minShare,
        disagreement.maxShare,
      ]),
      [
        ['A', 0.25, 0.5],
        ['B', 0.25, 0.25],
        ['Direct', 0, 0.25],
        [null, 0.25, 0.25],
      ]
    )
  })

  test('says what it rests on', ({ assert }) => {
    const nullPaths = [{ touches: stepsOf('C > A') }, { touches: stepsOf('A') }, { touches: [] }]
    const found = attribute(orders, nullPaths, AttributionParameters.parse({}))
    assert.equal(found.paths, 3)
    assert.equal(found.pathsWithoutConversion, 2)
    assert.equal(found.conversionsWithoutTouch, 1)
    assert.deepEqual(found.totals, { conversions: 4_000_000_000n, revenue: 156_000_000_000n })
  })

  test('touches outside of the window are no touches', ({ assert }) => {
    // The conversion is on day 10; the last touches are on days 0 and 1.
    assert.deepEqual(figures('linear', { window_days: 8 }), { null: ['4', '156', 1] })
  })

  test('a person with 100,000 touches', ({ assert }) => {
    const touches = Array.from({ length: 100_000 }, (_, second) => ({
      id: `t${second}`,
      time: second * 1000,
      player: `channel ${second % 12}`,
      isDirect: second % 12 === 11,
    }))
    const found = attribute([pathOf(touches)], [], AttributionParameters.parse({}))
    for (const model of models) {
      const credits = found.rows.map((row) => row.models[model]?.conversions ?? 0n)
      assert.equal(
        credits.reduce((sum, credit) => sum + credit, 0n),
        1_000_000_000n
      )
    }
    // 8,334 touches each of channels 0 to 3, at 0.00001
    assert.equal(found.rows[0]?.models.linear?.share, 0.08334)
  }).timeout(30_000)

  test('nothing at all', ({ assert }) => {
    const found = attribute([], [], AttributionParameters.parse({}))
    assert.deepEqual(
      found.rows.map(({ player }) => player),
      [null]
    )
    assert.sameMembers(Object.keys(found.rows[0]?.models ?? {}), [...models])
    assert.deepEqual(found.rows[0]?.disagreement, { minShare: null, maxShare: null })
  })
})
