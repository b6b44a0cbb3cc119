import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { rows } from '#warehouse/public'
import type { StallOrder } from '../fixtures/stall/index.ts'
import { People, useStall } from '../helpers/people.ts'
import { keysBeside, traces } from '../helpers/traces.ts'

const at = (day: number, hour = 10) =>
  `2026-02-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000Z`

const mira = { customer: 'cust-mira', email: 'Mira.Quell@example.org', country: 'GB' }
const orders: StallOrder[] = [
  { id: 'S-9001', at: at(1), updated: at(1), total: '10.00', ...mira, article: 'lamp' },
  {
    id: 'S-9002',
    at: at(1),
    updated: at(2),
    total: '20.00',
    ...mira,
    refund: '5.00',
    country: 'FR',
  },
  { id: 'S-9003', at: at(3), updated: at(3), total: '30.00', email: 'mira.quell@example.org' },
  { id: 'S-9004', at: at(3), updated: at(4), total: '40.00', customer: 'cust-other' },
]
const words = ['cust-mira', 'mira.quell', 'S-9001', 'S-9002', 'S-9003']

test.group('erasure of somebody who is polled', (group) => {
  useDatabases(group, { clickhouse: true })
  useStall(group)

  test('neither polls nor a full reading bring the person back', async ({ assert }) => {
    const shop = await People.open()
    await shop.poll(orders)
    const changed = orders.map((order) =>
      order.id === 'S-9001' ? { ...order, total: '11.00', updated: at(5) } : order
    )
    await shop.poll(changed)
    const before = await shop.totals()
    const needles = { words, keys: await keysBeside(words) }
    await shop.erase({ type: 'order', value: 'S-9003' })
    assert.deepEqual(await shop.totals(), before)
    assert.deepEqual(await traces(shop.id, needles), [])
    const history = await rows<{ total: string }>(
      `SELECT total FROM order_log WHERE startsWith(customer_id, 'erased-') AND NOT is_deleted AND toHour(ordered_at) = 10
       GROUP BY total ORDER BY total`
    )
    assert.deepEqual(
      history.map(({ total }) => Number(total)),
      [10, 11, 20],
      'amounts stay, also those of former versions'
    )

    await shop.poll(changed)
    await shop.poll(changed, { full: true })
    assert.deepEqual(await shop.totals(), before)
    assert.deepEqual(await traces(shop.id, needles), [])
    shop.close()
  }).timeout(300_000)

  test('what the vendor changes or takes back of an erased order still counts', async ({
    assert,
  }) => {
    const shop = await People.open()
    await shop.poll(orders)
    const gross = async () =>
      (await shop.totals()).kpi.reduce((sum, row) => sum + Number(row.gross), 0)
    await shop.erase({ type: 'customer', value: 'cust-mira' })
    assert.equal(await gross(), 100)
    const later = orders.map((order) => {
      if (order.id === 'S-9001') return { ...order, total: '17.00', updated: at(6) }
      return order.id === 'S-9002' ? { ...order, gone: true, updated: at(6) } : order
    })
    await shop.poll(later)
    assert.equal(await gross(), 87)
    const added = { ...mira, id: 'S-9005', at: at(7), updated: at(7), total: '3.00' }
    await shop.poll([...later, added])
    assert.equal(await gross(), 90)
    const found = await traces(shop.id, { words: [...words, 'S-9005'], keys: [] })
    assert.deepEqual(found, [])
    const { people } = await shop.totals()
    assert.deepEqual(people, [{ customers: '2' }])
    shop.close()
  }).timeout(300_000)
})
