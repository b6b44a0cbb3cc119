import { test } from '@japa/runner'
import { withProjectLock } from '#ingestion/public'
import { api } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { addTo } from '#tests/factories'
import { untilWaiting } from '#tests/locks'
import { rows } from '#warehouse/public'
import { carryOutRequest } from '../../public.ts'
import { file } from '../helpers/file.ts'
import { People, useStall } from '../helpers/people.ts'
import { traces } from '../helpers/traces.ts'

const words = ['cust-mira', 'mira.quell', 'MQ-1001', 'MQ-1002', 'MQ-2000', 'C-MQ-1077']

test.group('erasure while other things happen', (group) => {
  useDatabases(group, { clickhouse: true })
  useStall(group)

  test('what was staged before and is published after says nothing of the person', async ({
    assert,
  }) => {
    const shop = await People.open()
    await shop.import('lines', file)
    const id = await shop.askErasure({ type: 'customer', value: 'cust-mira' })
    const next = [
      ...file.slice(0, 1),
      'MQ-2000,2026-01-08,1,4.00,cust-mira,mira.quell@example.org,,,GB,,,,,',
      'OT-3,2026-01-08,1,6.00,cust-other,,,,GB,,,,,',
    ]
    const runId = await shop.send('lines', next, 'next')
    let both: Promise<unknown> = Promise.resolve()
    await withProjectLock(shop.id, async () => {
      // Both want the lock: the erasure first, and the file after its rows are staged.
      const erasure = carryOutRequest(id)
      await untilWaiting(1)
      const run = shop.carryOn(runId)
      both = Promise.all([erasure, run])
      await untilWaiting(2)
      const staged = await rows<{ customer_id: string }>(
        'SELECT customer_id FROM stage_order_line ORDER BY line_number'
      )
      assert.deepEqual(
        staged.map((row) => row.customer_id),
        ['cust-mira', 'cust-other']
      )
    })
    await both
    assert.deepEqual(await traces(shop.id, { words, keys: [] }), [])
    const { people, kpi } = await shop.totals()
    assert.deepEqual(people, [{ customers: '2' }])
    const day = kpi.find(({ date }) => date === '2026-01-08')
    assert.deepInclude(day, { orders: '2', new: '0' })
    shop.close()
  }).timeout(300_000)

  test('somebody who is unknown yet is kept out', async ({ assert }) => {
    const shop = await People.open()
    await shop.erase({ type: 'email', value: 'Mira.Quell@example.org' })
    await shop.import('lines', file)
    const { people } = await shop.totals()
    assert.deepEqual(
      people,
      [{ customers: '3' }],
      'of her orders the two that name the address are one customer’s'
    )
    assert.deepEqual(await traces(shop.id, { words: ['mira.quell', 'MQ-1002'], keys: [] }), [])
    shop.close()
  }).timeout(300_000)

  test('it has to be confirmed, and only by who may', async ({ assert }) => {
    const shop = await People.open()
    const path = `/projects/${shop.id}/privacy/erasures`
    const alias = { type: 'email', value: 'mira.quell@example.org' }
    const careless = await shop.api.post<{ errors: { field: string }[] }>(path, {
      alias,
      confirm: 'yes',
    })
    assert.equal(careless.status, 422)
    assert.deepEqual(
      careless.body.errors.map(({ field }) => field),
      ['confirm']
    )
    const sent = { alias, confirm: alias.value }
    for (const level of ['editor', 'viewer'] as const) {
      assert.equal((await api(await addTo(shop, level)).post(path, sent)).status, 403)
    }
    const asked = await shop.api.post<{ data: { id: string; step: string } }>(path, sent)
    assert.deepInclude(asked.body.data, { step: 'requested' })
    const list = await shop.api.get<{ data: { id: string }[] }>(path)
    assert.deepEqual(
      list.body.data.map(({ id }) => id),
      [asked.body.data.id]
    )
    shop.close()
  })
})
