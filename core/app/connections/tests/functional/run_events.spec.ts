import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { api, type One } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { MAX_STREAMS } from '../../run_events.ts'
import type { RunView } from '../../views/run_view.ts'
import { connected, setRun } from '../helpers/connected.ts'
import { openStream } from '../helpers/event_stream.ts'
import { useSources } from '../helpers/fixtures.ts'

async function running() {
  const made = await connected()
  const id = await made.sync()
  const run = `${made.path}/runs/${id}`
  const open = () => openStream(`${run}/events`, made.owner.token)
  return { ...made, id, run, open }
}

const stalled = { code: 'stalled', message: 'The source stopped getting anywhere.' }

test.group('GET …/runs/:run_id/events', (group) => {
  useDatabases(group)
  useSources(group, 'northwind')

  test('tells the run at once, each change, and ends with it', async ({ assert }) => {
    const { id, run, open, call } = await running()
    const events = await open()
    assert.equal(events.status, 200)
    assert.equal(events.contentType, 'text/event-stream; charset=utf-8')
    assert.containSubset(await events.run(), { id, status: 'queued', streams: [] })
    await setRun(id, 'running')
    assert.containSubset(await events.run(), { status: 'running' })
    await db.table('run_streams').insert({ run_id: id, stream: 'costs', rows_read: 120 })
    assert.containSubset(await events.run(), {
      status: 'running',
      streams: [{ title: 'Daily costs', rows_read: 120 }],
    })
    await setRun(id, 'done', { finished_at: new Date() })
    const last = await events.run()
    assert.deepEqual(last, (await call.get<One<typeof RunView>>(run)).body.data)
    assert.isUndefined(await events.run(), 'the stream has ended')
  })

  test('of an ended run is that and nothing more, also of one that stalled', async ({ assert }) => {
    const { id, run, call } = await running()
    await setRun(id, 'stalled', { finished_at: new Date(), error: stalled })
    const { status, text } = await call.get(`${run}/events`)
    assert.equal(status, 200)
    const shown = await call.get<One<typeof RunView>>(run)
    assert.containSubset(shown.body.data, { status: 'stalled', error: stalled })
    assert.equal(text, `event: run\ndata: ${JSON.stringify(shown.body.data)}\n\n`)
    assert.equal((await call.post(`${run}/cancel`)).status, 409)
  })

  test('ends with the integration', async ({ assert }) => {
    const { open, call, path } = await running()
    const events = await open()
    await events.run()
    assert.equal((await call.delete(path)).status, 204)
    assert.isUndefined(await events.run())
  })

  test('is not for strangers, nor for runs of others', async ({ assert }) => {
    const mine = await running()
    const other = await running()
    assert.equal((await api().get(`${mine.run}/events`)).status, 401)
    assert.equal((await other.call.get(`${mine.run}/events`)).status, 403)
    const crossed = await mine.call.get(`${mine.path}/runs/${other.id}/events`)
    assert.equal(crossed.status, 404)
  })

  test('is open so often for each account, and free again when closed', async ({ assert }) => {
    const { run, open, call } = await running()
    const streams = await Promise.all(Array.from({ length: MAX_STREAMS }, open))
    await Promise.all(streams.map((stream) => stream.run()))
    const refused = await call.get(`${run}/events`)
    assert.equal(refused.status, 429)
    assert.exists(refused.headers.get('retry-after'))
    const another = await (await running()).open()
    assert.equal(another.status, 200, 'the next account has its own')
    another.close()
    for (const stream of streams) stream.close()
    let again = await open()
    // The server hears of a closed connection a moment later.
    for (let turn = 0; again.status === 429 && turn < 50; turn++) {
      again.close()
      await sleep(20)
      again = await open()
    }
    assert.equal(again.status, 200)
    again.close()
  })
})
