import { test } from '@japa/runner'
import fc from 'fast-check'
import { sumCredits } from '../../aggregate.ts'
import { shapleyOfCounts } from '../../attribute_counts.ts'
import { shapley } from '../../models/shapley.ts'
import type { NamedCount, PathCount } from '../../types.ts'
import { creditsOf, seen, stepsOf } from '../helpers/paths.ts'

const conversionsOf = (paths: readonly PathCount[]): Map<string | null, number> =>
  new Map(
    [...sumCredits(shapleyOfCounts(paths))].map(([player, { conversions }]) => [
      player,
      Number(conversions) / 1e9,
    ])
  )

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1))

/** Σ over coalitions S without the player: |S|! (n − |S| − 1)! ÷ n! × (v(S + player) − v(S)). */
function byDefinition(paths: readonly NamedCount[]): Map<string, number> {
  const players = [...new Set(paths.flatMap((path) => path.players))]
  const n = players.length
  const worth = (coalition: ReadonlySet<string>) =>
    paths
      .filter((path) => path.players.every((player) => coalition.has(player)))
      .reduce((sum, { conversions }) => sum + conversions, 0)
  const coalitions = Array.from(
    { length: 2 ** n },
    (_, bits) => new Set(players.filter((_player, place) => (bits >> place) & 1))
  )
  const valueOf = (player: string) =>
    coalitions
      .filter((coalition) => !coalition.has(player))
      .reduce((sum, coalition) => {
        const weight =
          (factorial(coalition.size) * factorial(n - coalition.size - 1)) / factorial(n)
        return sum + weight * (worth(new Set([...coalition, player])) - worth(coalition))
      }, 0)
  return new Map(players.map((player) => [player, valueOf(player)]))
}

test.group('Shapley', () => {
  test('the same to each distinct player, evenly over its touches', ({ assert }) => {
    assert.deepEqual(creditsOf(shapley, stepsOf('A > B')), ['0.5', '0.5'])
    assert.deepEqual(creditsOf(shapley, stepsOf('A > B > A')), ['0.25', '0.5', '0.25'])
    assert.deepEqual(creditsOf(shapley, stepsOf('A > A > A > A')), ['0.25', '0.25', '0.25', '0.25'])
    // 1/3 for A, 1/6 for each touch of B, 1/3 for C, which takes the remainder.
    assert.deepEqual(creditsOf(shapley, stepsOf('A > B > B > C')), [
      '0.333333333',
      '0.166666666',
      '0.166666666',
      '0.333333335',
    ])
  })

  test('a published example', ({ assert }) => {
    // J. Kinley, “Data-Driven Marketing Attribution” (2019): of 100 conversions 20 by F alone, 10 O,
    // 17 L, 17 F and O, 30 F and L, 6 all three. F 0.455, O 0.205, L 0.34.
    // By hand: F = 20 + 17/2 + 30/2 + 6/3, O = 10 + 17/2 + 6/3, L = 17 + 30/2 + 6/3.
    const found = conversionsOf([
      seen('F', 20),
      seen('O', 10),
      seen('L', 17),
      seen('F > O', 17),
      seen('L > F', 30),
      seen('F > L > O', 6),
    ])
    assert.closeTo(found.get('F') ?? NaN, 45.5, 1e-7)
    assert.closeTo(found.get('O') ?? NaN, 20.5, 1e-7)
    assert.closeTo(found.get('L') ?? NaN, 34, 1e-7)
  })

  test('sequence, repeats and null paths do not matter', ({ assert }) => {
    const found = conversionsOf([seen('B > A > B', 3, 50), seen('C', 0, 9)])
    assert.deepEqual(
      found,
      new Map([
        ['B', 1.5],
        ['A', 1.5],
      ])
    )
  })

  test('equals the definition over all coalitions', ({ assert }) => {
    const paths = fc.array(
      fc.record({
        players: fc.array(fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F'), {
          minLength: 1,
          maxLength: 6,
        }),
        conversions: fc.nat(30),
        nulls: fc.nat(30),
        revenue: fc.constant(0n),
      }),
      { maxLength: 8 }
    )
    fc.assert(
      fc.property(paths, (drawn) => {
        const found = conversionsOf(drawn)
        for (const [player, value] of byDefinition(drawn)) {
          assert.closeTo(found.get(player) ?? 0, value, 1e-6, player)
        }
      })
    )
  })
})
