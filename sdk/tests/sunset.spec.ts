import { test } from '@japa/runner'
import { sunsetOf } from '../src/index.ts'

test.group('sunset', () => {
  const on = (day: string) => sunsetOf({ sunset: '2027-04-01' }, new Date(`${day}T23:59:59Z`))

  test('tells how near the end of an API version is', ({ assert }) => {
    assert.deepEqual(sunsetOf(undefined, new Date()), { state: 'none' })
    assert.deepEqual(sunsetOf({}, new Date()), { state: 'none' })
    assert.deepEqual(on('2026-12-31'), { state: 'far', days: 91 })
    assert.deepEqual(on('2027-01-01'), { state: 'soon', days: 90 })
    assert.deepEqual(on('2027-03-31'), { state: 'soon', days: 1 })
    assert.deepEqual(on('2027-04-01'), { state: 'past', days: 0 })
    assert.deepEqual(on('2027-04-11'), { state: 'past', days: -10 })
  })
})
