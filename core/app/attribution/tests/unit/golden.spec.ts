import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { repoRoot } from '#shared/paths'
import { attribute } from '../../attribute.ts'
import { creditConversion } from '../../credit.ts'
import { nullPathOf, type Range } from '../../eligible.ts'
import { prepareJourneys } from '../../journeys.ts'
import { fitMarkov } from '../../markov/fit.ts'
import { AttributionParameters, models, type Model } from '../../parameters.ts'
import { ruleOf } from '../../rules.ts'
import type { Conversion, Touch } from '../../types.ts'

interface GoldenCredit {
  touch: string
  player: string
  credit: string
  revenue: string
}

/** What scripts/golden/attribution.py prints. */
interface Golden {
  parameters: { window_days: number; half_life_days: number; first: string; last: string }
  range: Range
  persons: {
    touches: (Omit<Touch, 'isDirect'> & { is_direct: boolean })[]
    conversions: Conversion[]
  }[]
  paths: number
  paths_without_conversion: number
  conversions_without_touch: number
  removal_effects: Record<string, number>
  orders: Record<Model, Record<string, GoldenCredit[]>>
  markov_global: Record<string, { conversions: string; revenue: string }>
}

/** Computes the golden case, with nothing of ours. */
const computeGolden = (): Golden =>
  JSON.parse(
    execFileSync('python3', [join(repoRoot, 'scripts/golden/attribution.py')], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    })
  ) as Golden

function pathsOf({ persons, range }: Golden) {
  const all = persons.map(({ touches, conversions }) => ({
    touches: touches.map(({ is_direct: isDirect, ...touch }) => ({ ...touch, isDirect })),
    conversions,
  }))
  const inRange = ({ time }: Conversion) => time >= range.from && time <= range.to
  return {
    paths: all.flatMap(({ touches, conversions }) =>
      conversions.filter(inRange).map((conversion) => ({ conversion, touches }))
    ),
    nullPaths: all.map(({ touches, conversions }) => ({
      touches: nullPathOf(
        touches,
        conversions.map(({ time }) => time),
        range
      ),
    })),
  }
}

const parametersOf = (
  { parameters: { window_days: days, ...given } }: Golden,
  allocation: string
) =>
  AttributionParameters.parse({
    window_days: days,
    params: {
      time_decay: { half_life_days: given.half_life_days },
      position_based: { first: Number(given.first), last: Number(given.last) },
      markov: { allocation },
    },
  })

test.group('A shop computed by Python in fractions', (group) => {
  let golden: Golden
  group.setup(() => {
    golden = computeGolden()
  })

  test('every touch of every order has the same credit and revenue: {$self}')
    .with([...models])
    .run(({ assert }, model) => {
      const { paths, nullPaths } = pathsOf(golden)
      const { params, window_days: days } = parametersOf(golden, 'path')
      const journeys = prepareJourneys(paths, nullPaths, days)
      const rule = ruleOf(model, params, fitMarkov(journeys.counts))
      const found = journeys.conversions.map((journey) => [
        journey.id,
        creditConversion(journey, rule).flatMap(({ step, conversions, revenue }) =>
          step === null
            ? []
            : {
                touch: step.id,
                player: step.player,
                credit: `${conversions}`,
                revenue: `${revenue}`,
              }
        ),
      ])
      assert.deepEqual(Object.fromEntries(found), golden.orders[model])
    })

  test('Markov’s removal effects, to 10⁻¹²', ({ assert }) => {
    const { paths, nullPaths } = pathsOf(golden)
    const { counts } = prepareJourneys(paths, nullPaths, golden.parameters.window_days)
    const effects = fitMarkov(counts)
    assert.sameMembers([...effects.keys()], Object.keys(golden.removal_effects))
    for (const [player, effect] of Object.entries(golden.removal_effects)) {
      assert.closeTo(Number(effects.get(player)) / 1e24, effect, 1e-12, player)
    }
  })

  test('Markov’s global allocation, and what the models rest on', ({ assert }) => {
    const { paths, nullPaths } = pathsOf(golden)
    const found = attribute(paths, nullPaths, parametersOf(golden, 'global'))
    const rows = found.rows.flatMap(({ player, models: { markov } }) =>
      player === null
        ? []
        : [[player, { conversions: `${markov?.conversions}`, revenue: `${markov?.revenue}` }]]
    )
    assert.deepEqual(Object.fromEntries(rows), golden.markov_global)
    assert.equal(found.paths, golden.paths)
    assert.equal(found.pathsWithoutConversion, golden.paths_without_conversion)
    assert.equal(found.conversionsWithoutTouch, golden.conversions_without_touch)
  })
})
