import { test } from '@japa/runner'
import { runEvents } from '../../run_events.ts'
import type { RunStatus } from '../../types.ts'

const view = (status: RunStatus) => ({
  id: '1',
  integration_id: '2',
  status,
  trigger: 'manual' as const,
  cancel_requested: false,
  streams: [],
  error: null,
  attempt: 0,
  retry_at: null,
  created_at: '2026-05-04T12:00:00.000Z',
  started_at: null,
  finished_at: null,
})

const quick = { pollMs: 1, heartbeatMs: 0, lines: () => Promise.resolve([]) }

test.group('the events of a run', () => {
  test('heartbeats keep the connection open while nothing changes', async ({ assert }) => {
    const events = runEvents({
      ...quick,
      read: () => Promise.resolve(view('running')),
      permit: () => Promise.resolve(),
      isOver: () => false,
    })
    assert.match((await events.next()).value as string, /^event: run\ndata: .*"running".*\n\n$/)
    for (let turn = 0; turn < 3; turn++) {
      assert.match((await events.next()).value as string, /^: .*\n\n$/)
    }
    await events.return(undefined)
  })

  test('end when the caller may not look any more', async ({ assert }) => {
    const events = runEvents({
      ...quick,
      read: () => Promise.resolve(view('running')),
      permit: () => Promise.reject(new Error('expired')),
      isOver: () => false,
    })
    await events.next()
    await assert.rejects(async () => events.next(), 'expired')
  })

  test('end when the server stops, whatever the run does', async ({ assert }) => {
    let stopping = false
    const events = runEvents({
      ...quick,
      heartbeatMs: 60_000,
      read: () => Promise.resolve(view('running')),
      permit: () => Promise.resolve(),
      isOver: () => stopping,
    })
    await events.next()
    stopping = true
    assert.isTrue((await events.next()).done)
  })
})
