import { test } from '@japa/runner'
import fc from 'fast-check'
import { markovOfCounts } from '../../attribute_counts.ts'
import { sumCredits } from '../../aggregate.ts'
import { fromNanos } from '../../exact/nanos.ts'
import { effectWeight, fitMarkov } from '../../markov/fit.ts'
import { removalEffects } from '../../markov/removal_effects.ts'
import { countTransitions } from '../../markov/transitions.ts'
import { markov } from '../../models/markov.ts'
import type { PathCount } from '../../types.ts'
import { removeEach, walk } from '../helpers/chain.ts'
import { creditsOf, seen, stepsOf } from '../helpers/paths.ts'

type Counts = (PathCount & { players: string[] })[]

const effectsOf = (paths: Counts) => removalEffects(countTransitions(paths))

const conversionsOf = (paths: Counts, allocation: 'path' | 'global') =>
  Object.fromEntries(
    [...sumCredits(markovOfCounts(paths, allocation))].flatMap(([player, { conversions }]) =>
      player === null ? [] : [[player, fromNanos(conversions)]]
    )
  )

/** The definitions’ own example: C1 > C2 > C3 converts; C1 and C2 > C3 do not. */
const worked = [seen('C1 > C2 > C3', 1), seen('C1', 0, 1), seen('C2 > C3', 0, 1)]

/**
 * The example of S. Puzyrov, “Markov Chain Attribution – Simple Explanation Of Removal Effect” (2019):
 * start → G 4/5, → M 1/5; G → conversion 1/2, → M 1/4, → null 1/4; M → conversion 1.
 * P = 4/5 × (1/2 + 1/4) + 1/5 = 4/5. Without G 1/5, so RE 3/4; without M 4/5 × 1/2 = 2/5, so RE 1/2.
 */
const published = [seen('G', 2, 1), seen('M', 1), seen('G > M', 1)]

/**
 * With a loop and a way back. start → A 1/2, B 1/4, C 1/4; A → A, B, null 1/3 each;
 * B → conversion 2/3, C 1/3; C → B, null 1/2 each.
 * b = 2/3 + c/3 and c = b/2 give b = 4/5, c = 2/5; a = a/3 + b/3 gives a = 2/5.
 * P = 1/2 × 2/5 + 1/4 × 4/5 + 1/4 × 2/5 = 1/2.
 * Without A: 1/5 + 1/10 = 3/10, RE 2/5. Without B: 0, RE 1.
 * Without C: b = 2/3, a = 1/3, P = 1/6 + 1/6 = 1/3, RE 1/3.
 */
const looping = [seen('A > A > B', 1), seen('A', 0, 1), seen('C > B', 1), seen('B > C', 0, 1)]

test.group('Markov: removal effects by hand', () => {
  test('{name}')
    .with([
      { name: 'worked example', paths: worked, rate: 1 / 3, effects: { C1: 1 / 2, C2: 1, C3: 1 } },
      { name: 'published example', paths: published, rate: 4 / 5, effects: { G: 3 / 4, M: 1 / 2 } },
      { name: 'loops', paths: looping, rate: 1 / 2, effects: { A: 2 / 5, B: 1, C: 1 / 3 } },
    ])
    .run(({ assert }, { paths, rate, effects }) => {
      const found = effectsOf(paths)
      assert.closeTo(found.conversionRate, rate, 1e-12)
      assert.sameMembers([...found.effects.keys()], Object.keys(effects))
      for (const [player, effect] of Object.entries(effects)) {
        assert.closeTo(found.effects.get(player) ?? NaN, effect, 1e-12, player)
      }
    })

  test('a player as rare as one in 10¹² is as exact as any', ({ assert }) => {
    // P = (10⁹ + 1) ÷ (10¹² + 1), of which 1 in 10⁹ + 1 comes by the rare player.
    const { effects } = effectsOf([seen('A', 1e9, 1e12 - 1e9), seen('rare', 1)])
    assert.closeTo((effects.get('rare') ?? NaN) * (1e9 + 1), 1, 1e-12)
  })

  test('nothing converts, nothing is lost', ({ assert }) => {
    const { conversionRate, effects } = effectsOf([seen('A > B', 0, 3)])
    assert.equal(conversionRate, 0)
    assert.deepEqual([...effects.values()], [0, 0])
    assert.equal(effectsOf([]).effects.size, 0)
  })

  test('one single path', ({ assert }) => {
    // A → B 1/2, → conversion 1/2; B → A. Everything comes by A, half of it by B.
    assert.deepEqual(
      [...effectsOf([seen('A > B > A', 1)]).effects],
      [
        ['A', 1],
        ['B', 0.5],
      ]
    )
  })
})

test.group('Markov: credits', () => {
  test('by path: the path’s own players in proportion to their effects', ({ assert }) => {
    // 1/2 : 1 : 1
    assert.deepEqual(conversionsOf(worked, 'path'), { C1: '0.2', C2: '0.4', C3: '0.4' })
    // G and M alone keep what is theirs; G > M divides 3/4 : 1/2 = 0.6 : 0.4.
    assert.deepEqual(conversionsOf(published, 'path'), { G: '2.6', M: '1.4' })
  })

  test('touches of one player share its credit', ({ assert }) => {
    // A 2/5 : B 1 → 2/7 and 5/7; A’s two touches 1/7 each. C > B: 1/3 : 1 → 1/4 and 3/4.
    const rule = markov(fitMarkov(looping))
    assert.deepEqual(creditsOf(rule, stepsOf('A > A > B')), [
      '0.142857142',
      '0.142857142',
      '0.714285716',
    ])
    assert.deepEqual(creditsOf(rule, stepsOf('C > B')), ['0.25', '0.75'])
  })

  test('globally: all conversions in proportion to the effects of all', ({ assert }) => {
    assert.deepEqual(conversionsOf(worked, 'global'), { C1: '0.2', C2: '0.4', C3: '0.4' })
    assert.deepEqual(conversionsOf(published, 'global'), { G: '2.4', M: '1.6' })
    // Of 26/15: 6/26, 15/26, 5/26 of 2 = 0.461 538 461|54, 1.153 846 153|85, 0.384 615 384|62;
    // the two nano-credits that are missing go to the largest remainders, B and C.
    assert.deepEqual(conversionsOf(looping, 'global'), {
      A: '0.461538461',
      B: '1.153846154',
      C: '0.384615385',
    })
  })

  test('thirds and twelfths give four fifths, not a nano-credit less', ({ assert }) => {
    const effects = new Map([
      ['A', effectWeight(1 / 3)],
      ['B', effectWeight(1 / 12)],
    ])
    assert.deepEqual(creditsOf(markov(effects), stepsOf('A > B')), ['0.8', '0.2'])
    const tiny = new Map([
      ['A', effectWeight(1e-9 / 3)],
      ['B', effectWeight(1e-9 / 12)],
    ])
    assert.deepEqual(creditsOf(markov(tiny), stepsOf('A > B > A')), ['0.4', '0.2', '0.4'])
  })

  test('effects of zero divide evenly between players', ({ assert }) => {
    assert.deepEqual(creditsOf(markov(new Map()), stepsOf('A > B > A')), ['0.25', '0.5', '0.25'])
  })

  test('conversions without touch stay out of it', ({ assert }) => {
    const untouched = { players: [], conversions: 5, nulls: 0, revenue: 70n }
    for (const allocation of ['path', 'global'] as const) {
      const credits = sumCredits(markovOfCounts([...published, untouched], allocation))
      assert.deepEqual(credits.get(null), { conversions: 5_000_000_000n, revenue: 70n })
    }
    assert.deepEqual(conversionsOf([...published, untouched], 'global'), { G: '2.4', M: '1.6' })
  })
})

const counts = fc
  .array(
    fc.record({
      players: fc.array(fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F'), {
        minLength: 1,
        maxLength: 7,
      }),
      conversions: fc.nat(20),
      nulls: fc.nat(200),
      revenue: fc.constant(0n),
    }),
    { minLength: 1, maxLength: 12 }
  )
  .filter((paths) => paths.some(({ conversions }) => conversions > 0))

test.group('Markov: against other ways to compute it', () => {
  test('equals taking each player out and solving again', ({ assert }) => {
    fc.assert(
      fc.property(counts, (paths) => {
        const { effects } = effectsOf(paths)
        const removed = removeEach(paths)
        assert.sameMembers([...effects.keys()], [...removed.keys()])
        for (const [player, effect] of effects) {
          assert.closeTo(effect, removed.get(player) ?? NaN, 1e-9)
        }
      })
    )
  })

  test('equals random walks, as nearly as 40,000 of them can tell', ({ assert }) => {
    const paths = [
      seen('A > B > C', 40, 100),
      seen('B > B > A', 25, 60),
      seen('C', 10, 90),
      seen('D > A > D > C', 15, 30),
    ]
    const walked = walk(paths, 40_000)
    for (const [player, effect] of effectsOf(paths).effects) {
      assert.closeTo(effect, walked.get(player) ?? NaN, 0.02, player)
    }
  })

  test('repeats in a row change no effect', ({ assert }) => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 4 }), (paths, times) => {
        const stretched = paths.map((path) => ({
          ...path,
          players: path.players.flatMap((player) => Array.from({ length: times }, () => player)),
        }))
        const { effects } = effectsOf(paths)
        for (const [player, effect] of effectsOf(stretched).effects) {
          assert.closeTo(effect, effects.get(player) ?? NaN, 1e-12)
        }
      })
    )
  })

  test('the order of the paths and how they are grouped change no bit', ({ assert }) => {
    fc.assert(
      fc.property(counts, (paths) => {
        const single = paths
          .flatMap((path) => [
            { ...path, conversions: 0 },
            { ...path, nulls: 0 },
          ])
          .reverse()
        assert.deepEqual(fitMarkov(single), fitMarkov(paths))
      })
    )
  })
})
