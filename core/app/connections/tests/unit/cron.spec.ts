import { test } from '@japa/runner'
import { cronFault, nextRun } from '../../schedules/cron.ts'

/** The next times of a schedule, each asked for from the one before. */
function times(cron: string, timezone: string, after: string, count: number): string[] {
  const found: string[] = []
  let last = new Date(after)
  while (found.length < count) {
    last = nextRun({ cron, timezone }, last)
    found.push(last.toISOString().slice(0, 16))
  }
  return found
}

test.group('the times of a schedule', () => {
  test('are those of its time zone', ({ assert }) => {
    assert.deepEqual(times('0 6 * * MON', 'Asia/Tokyo', '2026-05-01T00:00Z', 1), [
      '2026-05-03T21:00',
    ])
  })

  test('one that the clock skips in spring comes as much later, once', ({ assert }) => {
    assert.deepEqual(times('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00Z', 2), [
      '2026-03-29T01:30',
      '2026-03-30T00:30',
    ])
    assert.deepEqual(times('30 2,3 * * *', 'Europe/Berlin', '2026-03-28T12:00Z', 2), [
      '2026-03-29T01:30',
      '2026-03-30T00:30',
    ])
  })

  test('one that the clock shows twice in autumn comes once', ({ assert }) => {
    assert.deepEqual(times('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00Z', 2), [
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ])
    // Its run came late, when the clock already showed the hour again.
    assert.deepEqual(times('30 2 * * *', 'Europe/Berlin', '2026-10-25T01:10Z', 1), [
      '2026-10-26T01:30',
    ])
    assert.deepEqual(times('45 1 * * *', 'Australia/Lord_Howe', '2026-04-04T14:50Z', 1), [
      '2026-04-05T15:15',
    ])
  })

  test('of every hour come in the repeated and not in the skipped one', ({ assert }) => {
    assert.deepEqual(times('*/30 * * * *', 'Europe/Berlin', '2026-10-24T23:50Z', 5), [
      '2026-10-25T00:00',
      '2026-10-25T00:30',
      '2026-10-25T01:00',
      '2026-10-25T01:30',
      '2026-10-25T02:00',
    ])
    assert.deepEqual(times('*/30 * * * *', 'Europe/Berlin', '2026-03-29T00:10Z', 3), [
      '2026-03-29T00:30',
      '2026-03-29T01:00',
      '2026-03-29T01:30',
    ])
  })
})

test.group('cron expressions', () => {
  test('of five fields are taken')
    .with(['0 6 * * *', '*/5 * * * *', '0  */4 1,15 jan-jun mon-fri', '58,2 3 * * *', '0 0 29 2 *'])
    .run(({ assert }, cron) => {
      assert.isUndefined(cronFault(cron))
    })

  test('that are none, or never come, or come too often, are refused')
    .with([
      '',
      '0 6 * *',
      '0 0 6 * * *',
      '@daily',
      'H 6 * * *',
      '0 6 L * *',
      '0 6 * * 1#2',
      '60 * * * *',
      '0 6 31 2 *',
      '* * * * *',
      '*/4 * * * *',
      '0,3 6 * * *',
      '58,2 * * * *',
      '58,2 3,4 * * *',
    ])
    .run(({ assert }, cron) => {
      assert.isString(cronFault(cron))
    })
})
