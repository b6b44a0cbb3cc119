import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { z } from 'zod'
import { api, type Many } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { addTo } from '#tests/factories'
import { integrationForRun } from '../../integration_for_run.ts'
import SyncRun from '../../models/sync_run.ts'
import type { RunView } from '../../views/run_view.ts'
import { connected as connectNorthwind } from '../helpers/connected.ts'
import { useSources } from '../helpers/fixtures.ts'

interface Answer {
  data: z.output<typeof RunView>
  code?: string
}

async function connected() {
  const made = await connectNorthwind()
  const sync = (params: object = {}) => made.call.post<Answer>(`${made.path}/sync`, params)
  return { ...made, sync }
}

const setStatus = (id: string, status: string) =>
  db.from('sync_runs').where('id', id).update({ status })

test.group('runs', (group) => {
  useDatabases(group)
  useSources(group, 'northwind')

  test('a run is queued together with its job', async ({ assert }) => {
    const { sync } = await connected()
    const { status, body } = await sync({ from: '2026-01-01', to: '2026-01-31' })
    assert.equal(status, 202)
    assert.containSubset(body.data, {
      status: 'queued',
      trigger: 'manual',
      streams: [],
      attempt: 0,
    })
    const { rows } = await db.rawQuery<{ rows: { key: string }[] }>(
      'select key from graphile_worker.jobs where key = ?',
      [`sync_run:${body.data.id}`]
    )
    assert.lengthOf(rows, 1)
    const run = await SyncRun.findOrFail(body.data.id)
    assert.deepEqual(run.params, { from: '2026-01-01', to: '2026-01-31' })
  })

  test('whoever asks again gets the run that waits, behind one that runs', async ({ assert }) => {
    const { sync } = await connected()
    const [one, two] = await Promise.all([sync(), sync()])
    assert.equal(one.body.data.id, two.body.data.id)
    await setStatus(one.body.data.id, 'running')
    const next = await sync()
    assert.notEqual(next.body.data.id, one.body.data.id)
    assert.equal((await sync()).body.data.id, next.body.data.id)
  })

  test('refuses days that are none, or in the wrong order', async ({ assert }) => {
    const { sync } = await connected()
    assert.equal((await sync({ from: '2026-02-30' })).status, 422)
    assert.equal((await sync({ from: '2026-02-02', to: '2026-02-01' })).status, 422)
    assert.equal((await sync({ since: '2026-02-02' })).status, 422)
  })

  test('a queued run is canceled at once', async ({ assert }) => {
    const { call, path, sync } = await connected()
    const { body } = await sync()
    const canceled = await call.post<Answer>(`${path}/runs/${body.data.id}/cancel`)
    assert.equal(canceled.body.data.status, 'canceled')
    assert.isNotNull(canceled.body.data.finished_at)
    assert.notEqual((await sync()).body.data.id, body.data.id)
  })

  test('a running run is asked to stop, an ended one cannot be', async ({ assert }) => {
    const { call, path, sync } = await connected()
    const { body } = await sync()
    const cancel = () => call.post<Answer>(`${path}/runs/${body.data.id}/cancel`)
    await setStatus(body.data.id, 'running')
    const asked = await cancel()
    assert.containSubset(asked.body.data, { status: 'running', cancel_requested: true })
    assert.equal((await cancel()).status, 200, 'asking twice is no fault')
    await setStatus(body.data.id, 'done')
    const late = await cancel()
    assert.equal(late.status, 409)
    assert.equal(late.body.code, 'conflict')
  })

  test('shows the progress of each stream under its title', async ({ assert }) => {
    const { call, path, sync } = await connected()
    const { body } = await sync()
    await db.table('run_streams').insert({
      run_id: body.data.id,
      stream: 'costs',
      status: 'running',
      rows_read: 120,
      rows_loaded: 118,
      rows_skipped: 1,
      rows_rejected: 1,
      rows_total: 900,
      windows_done: 2,
      windows_total: 53,
    })
    const shown = await call.get<Answer>(`${path}/runs/${body.data.id}`)
    assert.deepEqual(shown.body.data.streams, [
      {
        stream: 'costs',
        title: 'Daily costs',
        status: 'running',
        rows_read: 120,
        rows_loaded: 118,
        rows_skipped: 1,
        rows_rejected: 1,
        rows_total: 900,
        windows_done: 2,
        windows_total: 53,
      },
    ])
  })

  test('are listed newest first, page by page', async ({ assert }) => {
    const { call, path, sync } = await connected()
    const ids: string[] = []
    for (let turn = 0; turn < 3; turn++) {
      const { body } = await sync()
      ids.unshift(body.data.id)
      await setStatus(body.data.id, 'done')
    }
    const first = await call.get<Many<typeof RunView>>(`${path}/runs`, { query: { limit: '2' } })
    const query = { limit: '2', cursor: first.body.next_cursor ?? '' }
    const second = await call.get<Many<typeof RunView>>(`${path}/runs`, { query })
    assert.deepEqual(
      [...first.body.data, ...second.body.data].map(({ id }) => id),
      ids
    )
  })

  test('belong to their integration; viewers only look', async ({ assert }) => {
    const mine = await connected()
    const other = await connected()
    const { body } = await mine.sync()
    const id = body.data.id
    assert.equal((await other.call.get(`${other.path}/runs/${id}`)).status, 404)
    assert.equal((await other.call.get(`${mine.path}/runs/${id}`)).status, 403)
    const viewer = api(await addTo(mine, 'viewer'))
    assert.equal((await viewer.get(`${mine.path}/runs/${id}`)).status, 200)
    assert.equal((await viewer.post(`${mine.path}/sync`)).status, 403)
    assert.equal((await viewer.post(`${mine.path}/runs/${id}/cancel`)).status, 403)
  })

  test('its worker gets the config with secrets, and a log without', async ({ assert }) => {
    const { sync } = await connected()
    const { body } = await sync({ full: true })
    const subject = await integrationForRun(body.data.id)
    assert.deepEqual(subject.params, { full: true })
    assert.deepEqual(subject.config, {
      host: 'https://shop.example.com',
      region: 'eu',
      token: 'canary-secret',
    })
    const lines: unknown[] = []
    const context = subject.context({
      signal: new AbortController().signal,
      log: (message, data) => lines.push(message, data),
    })
    context.log('sent canary-secret', { header: 'Bearer canary-secret', rows: 2 })
    assert.deepEqual(lines, ['sent [redacted]', { header: 'Bearer [redacted]', rows: 2 }])
    assert.equal(context.timezone, 'Europe/London')
    assert.equal(context.currency, 'GBP')
    assert.throws(() => context.file('host'), /no file/)
  })

  test('secrets under a lost key are asked for again', async ({ assert }) => {
    const { call, path, sync, integrationId } = await connected()
    const { body } = await sync()
    await db
      .from('integrations')
      .where('id', integrationId)
      .update({ encrypted_credentials: 'lost.v1:a.b.c' })
    const failed = await integrationForRun(body.data.id).catch((error: unknown) => error)
    assert.containSubset(failed, { code: 'auth_expired' })
    assert.equal((await call.patch(path, { settings: { region: 'us' } })).status, 422)
    const again = await call.patch(path, { credentials: { token: 'another-secret' } })
    assert.equal(again.status, 200)
    assert.equal((await integrationForRun(body.data.id)).config.token, 'another-secret')
  })
})
