import { test } from '@japa/runner'
import { markovOfCounts, shapleyOfCounts } from '../../attribute_counts.ts'
import { sumCredits } from '../../aggregate.ts'
import { nameCounts } from '../../players.ts'
import { seededRandom } from '../helpers/chain.ts'
import { seen } from '../helpers/paths.ts'

const named = (paths: Parameters<typeof nameCounts>[0], limit?: number) =>
  nameCounts(paths, limit).map(({ players }) => players.join(' > '))

test.group('Players', () => {
  test('without a value: (not set)', ({ assert }) => {
    const path = { players: ['A', null, ''], conversions: 1, nulls: 0, revenue: 0n }
    assert.deepEqual(named([path]), ['A > (not set) > (not set)'])
  })

  test('those that touched most conversions keep their names', ({ assert }) => {
    // Conversions touched: D 5 (once per path), C 4, B 3 on more paths, A 1, though it is seen most.
    const paths = [
      seen('D > D > C', 4),
      seen('D > B', 1),
      seen('B > A', 1),
      seen('B', 1),
      seen('A', 0, 90),
    ]
    const names = ['D > D > C', 'D > (other)', '(other) > (other)', '(other)', '(other)']
    assert.deepEqual(named(paths, 2), names)
    assert.deepEqual(named([...paths].reverse(), 2), [...names].reverse())
  })

  test('of equal ones the first by name', ({ assert }) => {
    assert.deepEqual(named([seen('C', 1), seen('A', 1), seen('B', 1)], 2), ['(other)', 'A', 'B'])
  })

  test('200 are told apart, the 201st is (other)', ({ assert }) => {
    const paths = Array.from({ length: 201 }, (_, number) =>
      seen(`p${String(number).padStart(3, '0')}`, 1)
    )
    assert.notInclude(named(paths.slice(0, 200)), '(other)')
    assert.deepEqual(named(paths).slice(-2), ['p199', '(other)'])
  })
})

test.group('At scale', () => {
  test('30,000 paths of 200 players add up, whatever their number', ({ assert }) => {
    const random = seededRandom(3)
    const below = (limit: number) => Math.floor(random() * limit)
    const paths = Array.from({ length: 30_000 }, () => ({
      players: Array.from({ length: 1 + below(9) }, () => `campaign ${below(230)}`),
      conversions: below(4),
      nulls: below(40),
      revenue: BigInt(below(1e9)),
    }))
    const total = paths.reduce((sum, { conversions }) => sum + conversions, 0)
    const revenue = paths
      .filter(({ conversions }) => conversions > 0)
      .reduce((sum, path) => sum + path.revenue, 0n)
    for (const credits of [
      markovOfCounts(paths, 'path'),
      shapleyOfCounts(paths),
      markovOfCounts(
        paths.filter(({ conversions }) => conversions > 0),
        'global'
      ),
    ]) {
      const sums = [...sumCredits(credits)].filter(([player]) => player !== null)
      assert.lengthOf(sums, 201)
      assert.equal(
        sums.reduce((sum, [, { conversions }]) => sum + conversions, 0n),
        BigInt(total) * 1_000_000_000n
      )
      assert.equal(
        sums.reduce((sum, [, figures]) => sum + figures.revenue, 0n),
        revenue
      )
    }
  }).timeout(30_000)
})
