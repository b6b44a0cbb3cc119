import { test } from '@japa/runner'
import { eligibleTouches, nullPathOf } from '../../eligible.ts'
import { DAY, pathOf, touchAt } from '../helpers/paths.ts'

const ids = (touches: { id: string }[]) => touches.map(({ id }) => id)

test.group('Eligible touches', () => {
  test('from the beginning of the window to the conversion, both included', ({ assert }) => {
    const touches = [
      touchAt(10 * DAY + 1, 'after'),
      touchAt(10 * DAY, 'at the conversion'),
      touchAt(3 * DAY, 'at the edge'),
      touchAt(3 * DAY - 1, 'too early'),
    ]
    assert.deepEqual(ids(eligibleTouches(pathOf(touches), 7)), ['at the edge', 'at the conversion'])
  })

  test('in order of time, then of the bytes of their ids', ({ assert }) => {
    // U+FF5A comes before U+1F600 in UTF-8, after it in UTF-16.
    const touches = [
      touchAt(2 * DAY, '😀'),
      touchAt(2 * DAY, 'ｚ'),
      touchAt(2 * DAY, 'b'),
      touchAt(2 * DAY, 'B'),
      touchAt(1 * DAY, 'x'),
    ]
    assert.deepEqual(ids(eligibleTouches(pathOf(touches), 30)), ['x', 'B', 'b', 'ｚ', '😀'])
  })
})

test.group('Null paths', () => {
  const touches = [touchAt(9, 'd'), touchAt(5, 'c'), touchAt(4, 'b'), touchAt(1, 'a')]
  test('{name}')
    .with([
      { name: 'no conversion: all touches of the range', conversions: [], path: ['b', 'c'] },
      { name: 'a conversion before them', conversions: [3], path: ['b', 'c'] },
      { name: 'a conversion between them', conversions: [4], path: ['c'] },
      { name: 'a conversion after them', conversions: [3, 7], path: [] },
      { name: 'a conversion outside of the range', conversions: [1, 9], path: ['b', 'c'] },
    ])
    .run(({ assert }, { conversions, path }) => {
      assert.deepEqual(ids(nullPathOf(touches, conversions, { from: 2, to: 8 })), path)
    })
})
