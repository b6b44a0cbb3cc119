import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { takeLogs } from '#tests/log_capture'
import { useDatabases } from '#tests/databases'
import { command } from '#warehouse/public'
import { carryOutRequest, reapRequests } from '../../public.ts'
import PrivacyRequest from '../../models/privacy_request.ts'
import { file } from '../helpers/file.ts'
import { People, useStall } from '../helpers/people.ts'
import { traces } from '../helpers/traces.ts'

interface Shown {
  data: { status: string; step: string; error: string | null; retry_at: string | null }
}

const words = ['cust-mira', 'mira.quell', 'MQ-1001', 'MQ-1002', 'C-MQ-1077']

test.group('erasures that fail', (group) => {
  useDatabases(group, { clickhouse: true })
  useStall(group)

  test('they are tried again later, given up in the end, and go on when asked to', async ({
    assert,
  }) => {
    const shop = await People.open()
    await shop.import('lines', file)
    const before = await shop.totals()
    const id = await shop.askErasure({ type: 'email', value: 'mira.quell@example.org' })
    const path = `/projects/${shop.id}/privacy/erasures/${id}`
    const shown = async () => (await shop.api.get<Shown>(path)).body.data

    await command('RENAME TABLE journeys TO journeys_away')
    await carryOutRequest(id)
    const waiting = await shown()
    assert.deepInclude(waiting, { status: 'queued', step: 'collected' })
    assert.isAbove(DateTime.fromISO(waiting.retry_at ?? '').toMillis(), Date.now())
    assert.match(waiting.error ?? '', /tried again/)
    assert.equal((await shop.api.post(`${path}/retry`)).status, 409, 'it goes on by itself')

    const request = await PrivacyRequest.findOrFail(id)
    await request.merge({ attempt: 23 }).save()
    await carryOutRequest(id)
    assert.deepInclude(await shown(), { status: 'failed', step: 'collected', retry_at: null })
    await carryOutRequest(id)
    assert.deepInclude(await shown(), { status: 'failed' }, 'nobody tries what was given up')

    await command('RENAME TABLE journeys_away TO journeys')
    const retried = await shop.api.post<Shown>(`${path}/retry`)
    assert.equal(retried.status, 202)
    assert.deepInclude(retried.body.data, { status: 'queued', error: null })
    await carryOutRequest(id)
    assert.deepInclude(await shown(), { status: 'done', step: 'done', error: null })
    assert.deepEqual(await shop.totals(), before)
    assert.deepEqual(await traces(shop.id, { words, keys: [] }), [])
    assert.notInclude(takeLogs(), 'mira.quell')
    shop.close()
  }).timeout(300_000)

  test('the reaper leaves a request alone until its time has come', async ({ assert }) => {
    const shop = await People.open()
    const id = await shop.askErasure({ type: 'email', value: 'mira.quell@example.org' })
    const request = await PrivacyRequest.findOrFail(id)
    await request.merge({ retryAt: DateTime.utc().plus({ minutes: 5 }) }).save()
    const jobs = async () => {
      const { rows } = await db.rawQuery<{ rows: unknown[] }>(
        'select 1 from graphile_worker.jobs where key like ?',
        [`privacy_request:${id}%`]
      )
      return rows.length
    }
    const asked = await jobs()
    await reapRequests()
    assert.equal(await jobs(), asked)
    await request.merge({ retryAt: DateTime.utc().minus({ seconds: 1 }) }).save()
    await reapRequests()
    assert.equal(await jobs(), asked + 1)
    shop.close()
  })
})
