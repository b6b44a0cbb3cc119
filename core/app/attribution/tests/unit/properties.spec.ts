import { test } from '@japa/runner'
import fc from 'fast-check'
import { attribute } from '../../attribute.ts'
import { creditConversion } from '../../credit.ts'
import { WHOLE } from '../../exact/fraction.ts'
import { prepareJourneys } from '../../journeys.ts'
import { fitMarkov } from '../../markov/fit.ts'
import { AttributionParameters, models, type Model } from '../../parameters.ts'
import { ruleOf } from '../../rules.ts'
import type { Path, Touch } from '../../types.ts'
import { DAY } from '../helpers/paths.ts'

const player = fc.constantFrom('A', 'B', 'C', 'D', null)

const touch = fc.record({
  id: fc.uuid(),
  time: fc.oneof(
    fc.integer({ min: 0, max: 60 * DAY }),
    fc.integer({ min: 0, max: 60 }).map((d) => d * DAY)
  ),
  player,
  isDirect: fc.boolean(),
})

const path = fc.record({
  conversion: fc.record({
    id: fc.uuid(),
    time: fc.integer({ min: 30 * DAY, max: 60 * DAY }),
    revenue: fc.bigInt(-(10n ** 12n), 10n ** 15n),
  }),
  touches: fc.array(touch, { maxLength: 9 }),
})

const parameters = fc
  .record({
    window_days: fc.integer({ min: 1, max: 40 }),
    half_life_days: fc.double({ min: 0.01, max: 90, noNaN: true }),
    ends: fc.constantFrom([0.4, 0.4], [1 / 3, 1 / 3], [0.5, 0], [0, 1], [0.123456789, 0.2]),
    allocation: fc.constantFrom('path', 'global'),
  })
  .map(({ window_days: days, half_life_days: halfLife, ends: [first, last], allocation }) =>
    AttributionParameters.parse({
      window_days: days,
      params: {
        time_decay: { half_life_days: halfLife },
        position_based: { first, last },
        markov: { allocation },
      },
    })
  )

const paths = fc.array(path, { maxLength: 8 })
const nullPaths = fc.array(fc.record({ touches: fc.array(touch, { maxLength: 5 }) }), {
  maxLength: 4,
})

/** Another order of arrival: of the paths, and of the touches in them. */
const arriveOtherwise = <T extends { touches: readonly Touch[] }>(drawn: readonly T[]): T[] =>
  drawn.map((one) => ({ ...one, touches: [...one.touches].reverse() })).reverse()

const rowLevel = (drawn: Path[], chosen: AttributionParameters, model: Model) => {
  const journeys = prepareJourneys(drawn, [], chosen.window_days)
  const rule = ruleOf(model, chosen.params, fitMarkov(journeys.counts))
  return journeys.conversions.map((journey) => ({
    journey,
    credits: creditConversion(journey, rule),
  }))
}

test.group('Whatever the paths', () => {
  test('credits of each order sum to exactly 1 and to exactly its amount: {$self}')
    .with([...models])
    .run(({ assert }, model) => {
      fc.assert(
        fc.property(paths, parameters, (drawn, chosen) => {
          for (const { journey, credits } of rowLevel(drawn, chosen, model)) {
            assert.isTrue(credits.every(({ conversions }) => conversions >= 0n))
            const sum = (of: 'conversions' | 'revenue') =>
              credits.reduce((all, credit) => all + credit[of], 0n)
            assert.equal(sum('conversions'), WHOLE)
            assert.equal(sum('revenue'), journey.revenue)
          }
        })
      )
    })

  test('rows of every model sum to the totals', ({ assert }) => {
    fc.assert(
      fc.property(paths, nullPaths, parameters, (drawn, nulls, chosen) => {
        const { rows, totals } = attribute(drawn, nulls, chosen)
        for (const model of models) {
          const sum = (of: 'conversions' | 'revenue') =>
            rows.reduce((all, row) => all + (row.models[model]?.[of] ?? 0n), 0n)
          assert.equal(sum('conversions'), totals.conversions, model)
          assert.equal(sum('revenue'), totals.revenue, model)
        }
      })
    )
  })

  test('the order of arrival changes nothing', ({ assert }) => {
    fc.assert(
      fc.property(paths, nullPaths, parameters, (drawn, nulls, chosen) => {
        assert.deepEqual(
          attribute(arriveOtherwise(drawn), arriveOtherwise(nulls), chosen),
          attribute(drawn, nulls, chosen)
        )
      })
    )
  })

  test('paths of a single touch: all models agree', ({ assert }) => {
    const single = path.map((one) => ({ ...one, touches: one.touches.slice(0, 1) }))
    fc.assert(
      fc.property(fc.array(single, { maxLength: 8 }), parameters, (drawn, chosen) => {
        const byPath = {
          ...chosen,
          params: { ...chosen.params, markov: { allocation: 'path' as const } },
        }
        for (const { models: found } of attribute(drawn, [], byPath).rows) {
          for (const model of models) assert.deepEqual(found[model], found.first_touch, model)
        }
      })
    )
  })

  test('players put together have what they had apart: {$self}')
    .with(models.filter((model) => model !== 'markov' && model !== 'shapley'))
    .run(({ assert }, model) => {
      const coarse = (name: string | null) => (name === 'A' || name === 'B' ? 'AB' : name)
      fc.assert(
        fc.property(paths, parameters, (drawn, chosen) => {
          const merged = drawn.map(({ conversion, touches }) => ({
            conversion,
            touches: touches.map((one) => ({ ...one, player: coarse(one.player) })),
          }))
          const creditOf = (from: Path[], names: string[]) =>
            attribute(from, [], chosen)
              .rows.filter(({ player: name }) => names.includes(name ?? ''))
              .reduce((sum, row) => sum + (row.models[model]?.conversions ?? 0n), 0n)
          assert.equal(creditOf(merged, ['AB']), creditOf(drawn, ['A', 'B']))
        })
      )
    })
})
