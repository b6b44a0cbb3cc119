import { test } from '@japa/runner'
import { foldFlow } from '../../journeys/fold.ts'

/** One step before the conversion: how many paths have led through it. */
const through = (name: string, paths: number) => [
  { from_step: 0, source: 'begin', to_step: 1, target: `=${name}`, paths, revenue: '0' },
  { from_step: 1, source: `=${name}`, to_step: 2, target: 'conversion', paths, revenue: '10' },
]

const stepsOf = (converted: ReturnType<typeof through>, minShare: number) => {
  const links = foldFlow({ converted, lost: [] }, [], minShare)
  const first = links.filter(({ from_step: from }) => from === 0)
  return Object.fromEntries(first.map((link) => [String(link.to_node), Number(link.value)]))
}

test.group('Steps of a flow that keep their names', () => {
  const converted = [...through('Email', 6), ...through('Ads', 3), ...through('Blog', 1)]

  test('have as large a share as is asked for, or a larger one', ({ assert }) => {
    assert.deepEqual(stepsOf(converted, 0.3), { '=Email': 6, '=Ads': 3, '=(other)': 1 })
    assert.deepEqual(stepsOf(converted, 0.31), { '=Email': 6, '=(other)': 4 })
    assert.deepEqual(stepsOf(converted, 0), { '=Email': 6, '=Ads': 3, '=Blog': 1 })
  })

  test('are thirty in a column at most, and of equals the first by name', ({ assert }) => {
    const many = Array.from({ length: 32 }, (_, at) => `S${String(at).padStart(2, '0')}`)
    const kept = stepsOf(
      many.toReversed().flatMap((name) => through(name, 1)),
      0
    )
    assert.equal(kept['=(other)'], 2)
    assert.deepEqual(
      Object.keys(kept).sort(),
      ['=(other)', ...many.slice(0, 30).map((name) => `=${name}`)].sort()
    )
  })

  test('those that are folded are one step, with all that led through them', ({ assert }) => {
    const links = foldFlow({ converted, lost: [] }, [], 0.5)
    const last = links.find(({ from_node: from }) => from === '=(other)')
    assert.containSubset(last, { value: 4, conversions: 4, revenue: '20' })
  })
})
