import { test } from '@japa/runner'
import { sunsetMessage, sunsetOf } from '../../sunset.ts'

const source = (sunset?: string) => ({
  title: 'Quay',
  vendorApi: { version: '2026-10', docs: '', ...(sunset !== undefined && { sunset }) },
})
const now = new Date('2026-11-20T23:30:00Z')

test.group('the end of a version of an API', () => {
  test('{sunset} is {level}')
    .with([
      { sunset: undefined, level: 'none', daysLeft: null },
      { sunset: '2027-02-19', level: 'none', daysLeft: 91 },
      { sunset: '2027-02-18', level: 'notice', daysLeft: 90 },
      { sunset: '2026-12-20', level: 'warning', daysLeft: 30 },
      { sunset: '2026-11-21', level: 'warning', daysLeft: 1 },
      { sunset: '2026-11-20', level: 'past', daysLeft: 0 },
    ])
    .run(({ assert }, { sunset, level, daysLeft }) => {
      assert.deepEqual(sunsetOf(source(sunset), now), { level, daysLeft })
      const message = sunsetMessage(source(sunset), now)
      if (level === 'none') assert.isUndefined(message)
      else assert.include(message, '2026-10')
    })
})
