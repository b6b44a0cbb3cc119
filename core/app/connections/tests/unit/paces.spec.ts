import { test } from '@japa/runner'
import { leave, paceOf, type PaceState } from '../../requests/paces.ts'

const START = 1_800_000_000_000

/** Moments at which requests that all want to go at once are let through. */
function moments(limit: Parameters<typeof paceOf>[0], count: number, body: unknown = null) {
  const pace = paceOf(limit)
  let state: PaceState = {}
  let now = START
  return Array.from({ length: count }, (_, at) => {
    now = Math.max(now, pace.freeAt(state, body, now))
    state = JSON.parse(JSON.stringify(pace.take(state, body, now, String(at)))) as PaceState
    return now
  })
}

test.group('limits of vendors', () => {
  test('so many requests in any span of time, and not fewer than nearly so many', ({ assert }) => {
    const sent = moments({ requests: 30, seconds: 10 }, 200)
    for (const from of sent) {
      assert.isAtMost(sent.filter((at) => at >= from && at < from + 10_000).length, 30)
    }
    assert.isAtMost((sent.at(-1) ?? 0) - START, 6 * 10_000 * 1.06)
  })

  test('a bucket lets a burst through, then as fast as it fills', ({ assert }) => {
    const limit = { bucket: 100, refillPerSecond: 50, cost: () => 25 }
    const sent = moments(limit, 8)
    assert.deepEqual(
      sent.map((at) => at - START),
      [0, 0, 0, 0, 500, 1000, 1500, 2000]
    )
  })

  test('what the vendor says of its bucket counts, not our count', ({ assert }) => {
    const pace = paceOf({ bucket: 100, refillPerSecond: 50, cost: () => 25 })
    const told = pace.observe?.({}, { available: 0, refillPerSecond: 10 }, START) ?? {}
    assert.equal(pace.freeAt(told, null, START), START + 2500)
  })

  test('so many at the same time; a place of a process that died comes free', ({ assert }) => {
    const pace = paceOf({ parallel: 2 })
    const full = pace.take(pace.take({}, null, START, 'a'), null, START, 'b')
    assert.isAbove(pace.freeAt(full, null, START), START)
    assert.equal(pace.freeAt(leave(full, 'a'), null, START), START)
    const later = START + 6 * 60_000
    assert.equal(pace.freeAt(full, null, later), later)
  })
})
