import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { file } from '../helpers/file.ts'
import { People, useStall } from '../helpers/people.ts'
import { traces } from '../helpers/traces.ts'

const email = { type: 'email', value: 'mira.quell@example.org' }

test.group('after an erasure', (group) => {
  useDatabases(group, { clickhouse: true })
  useStall(group)

  test('somebody who wants to be known again is, from then on, and nothing counts twice', async ({
    assert,
  }) => {
    const shop = await People.open()
    await shop.import('lines', file)
    await shop.erase(email)
    const before = await shop.totals()
    const hash = await shop.hashOf('mira.quell@example.org')
    const lift = (alias: object, confirm: string) =>
      shop.api.post<{ data: { lifted: boolean } }>(
        `/projects/${shop.id}/privacy/suppressions/lift`,
        { alias, confirm }
      )
    const again = [
      ...file.slice(0, 1),
      'MQ-3001,2026-03-01,1,7.00,,mira.quell@example.org,,,GB,,,,,',
    ]
    await shop.import('lines', again, 'again')
    assert.deepEqual(await traces(shop.id, { words: [hash, 'mira.quell'], keys: [] }), [])

    assert.equal((await lift(email, 'somebody else')).status, 422)
    assert.equal((await lift({ type: 'order', value: 'MQ-1001' }, 'MQ-1001')).status, 422)
    assert.deepEqual((await lift(email, email.value)).body, { data: { lifted: true } })
    assert.deepEqual((await lift(email, email.value)).body, { data: { lifted: false } })

    const [head = '', order = ''] = again.slice(0, 1).concat(again.slice(-1))
    await shop.import('lines', [head, order, order.replace('MQ-3001', 'MQ-3002')], 'again')
    assert.isNotEmpty(await traces(shop.id, { words: [hash], keys: [] }))
    await shop.import('lines', file)
    const { kpi } = await shop.totals()
    assert.deepEqual(
      kpi.filter(({ date }) => String(date) < '2026-03-01'),
      before.kpi,
      'what was erased comes as it was'
    )
    assert.deepEqual(await traces(shop.id, { words: ['MQ-1001', 'cust-mira'], keys: [] }), [])
    shop.close()
  }).timeout(300_000)

  test('the next page of a report made before it begins anew', async ({ assert }) => {
    const shop = await People.open()
    await shop.import('lines', file)
    const path = `/projects/${shop.id}/reports/kpi`
    const asked = {
      date_from: '2026-01-01',
      date_to: '2026-01-31',
      metrics: ['revenue'],
      group_by: 'date',
      limit: 1,
    }
    type Page = { next_cursor: string; code?: string }
    const first = await shop.api.post<Page>(path, asked)
    const cursor = first.body.next_cursor
    assert.equal((await shop.api.post(path, { ...asked, cursor })).status, 200)
    await shop.erase(email)
    const next = await shop.api.post<Page>(path, { ...asked, cursor })
    assert.equal(next.status, 409)
    assert.equal(next.body.code, 'cursor_expired')
    shop.close()
  }).timeout(300_000)
})
