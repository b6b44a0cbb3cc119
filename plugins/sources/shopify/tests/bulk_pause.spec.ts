import { test } from '@japa/runner'
import { stillRunning } from '../src/bulk/status.ts'

const now = new Date('2026-11-01T12:00:00Z')

function pauseOf(createdAt: string, headers: Record<string, string>): number | undefined {
  const bulkOperation = { status: 'RUNNING', createdAt }
  const retryAt = stillRunning({ status: 200, headers, body: { data: { bulkOperation } }, now })
    ?.detail.retryAt
  return retryAt && retryAt.getTime() - now.getTime()
}

test.group('The pause before a look at a bulk operation', () => {
  test('is a tenth of its age, within bounds', ({ assert }) => {
    assert.equal(pauseOf('2026-11-01T11:59:59Z', {}), 1000)
    assert.equal(pauseOf('2026-11-01T11:59:30Z', {}), 3000)
    assert.equal(pauseOf('2026-11-01T11:00:00Z', {}), 10_000)
  })

  test('is measured by the clock of the vendor, however wrong that goes', ({ assert }) => {
    const date = 'Thu, 29 Oct 2026 12:00:00 GMT'
    assert.equal(pauseOf('2026-10-29T11:59:30Z', { date }), 3000)
  })
})
