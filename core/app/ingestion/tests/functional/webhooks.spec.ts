import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { registerWebhooks } from '#connections/public'
import { quayIntegration, tell, useQuay } from '#connections/tests/helpers/quay'
import { webhookUrl } from '#connections/webhooks/address'
import { rows } from '#warehouse/public'
import { day, kpi, now, order, stock, sync } from '../helpers/quay_shop.ts'

test.group('webhooks', (group) => {
  useDatabases(group, { clickhouse: true })
  group.each.timeout(180_000)
  const quay = useQuay(group)

  async function listening(shop = 'one.quay.test') {
    stock(quay.vendor)
    const made = await quayIntegration(quay.vendor, { settings: { shop } })
    await made.connect()
    await sync(made)
    await registerWebhooks()
    const url = (await webhookUrl(made.integrationId)) ?? ''
    return {
      ...made,
      url,
      deliveries: () =>
        db.from('webhook_deliveries').where('integration_id', made.integrationId).orderBy('id'),
      told: (topic: string, body: unknown, more = {}) => tell(url, { topic, body, ...more }),
    }
  }

  test('are registered once, and taken back with the integration', async ({ assert }) => {
    const { url, call, path, integrationId } = await listening()
    assert.deepEqual(quay.vendor.hooks, [url])
    await db
      .from('webhook_endpoints')
      .where('integration_id', integrationId)
      .update({ registered_at: new Date(0) })
    await registerWebhooks()
    assert.deepEqual(quay.vendor.hooks, [url])
    await call.delete(path)
    assert.deepEqual(quay.vendor.hooks, [])
    assert.equal((await tell(url, { topic: 'order/told', body: {} })).status, 404)
  })

  test('a call may only say which row to fetch again; one that is gone goes', async ({
    assert,
  }) => {
    const made = await listening()
    quay.vendor.orders = quay.vendor.orders.filter(({ id }) => id !== '5')
    quay.vendor.orders[0] = order('1', '20.50', { updated: `${day(0)}T00:00:00Z` })
    await made.told('order/changed', { id: '1' })
    await made.told('order/changed', { id: '5' })
    await made.told('order/told', { order: { id: 'not an order' } })
    await now()
    await now()
    assert.deepInclude(await kpi(made), { revenue: 152.5 + 10 - 50.5, orders: 4 })
    const failed = (await made.deliveries().where('status', 'failed').first()) as {
      error: string
    }
    assert.equal(failed.error, 'The call could not be read.')
  })

  test('nobody else can tell anything', async ({ assert }) => {
    const made = await listening()
    const body = { order: order('9', '1000.00') }
    for (const signature of ['', 'AAAA', Buffer.alloc(32).toString('base64')]) {
      const answer = await made.told('order/told', body, { signature })
      assert.equal(answer.status, 401)
      assert.equal(answer.body.code, 'signature_invalid')
    }
    assert.equal((await tell(`${made.url}x`, { topic: 'order/told', body })).status, 404)
    assert.deepEqual((await made.told('unknown/topic', body)).body, { received: false })
    assert.lengthOf(await made.deliveries(), 0)
  })

  test('what the law demands is carried out: of a person, and of the whole shop', async ({
    assert,
  }) => {
    const made = await listening('law.quay.test')
    const application = new URL('/api/v1/webhooks/sources/quay-shop', made.url).href
    const demand = (topic: string, body: unknown = {}) =>
      tell(application, { topic, body, shop: 'law.quay.test' })
    assert.deepEqual((await demand('person/export', { email: '2@people.example' })).body, {
      received: true,
    })
    await demand('person/erase', { email: '2@people.example' })
    assert.equal(
      (await tell(application, { topic: 'shop/erase', body: {}, signature: 'AAAA' })).status,
      401
    )
    await now()
    await now()
    const requests = (await db.from('privacy_requests').where('project_id', made.id)) as Record<
      string,
      unknown
    >[]
    assert.sameMembers(
      requests.map(({ type }) => type),
      ['export', 'erasure']
    )
    assert.deepInclude(await kpi(made), { revenue: 152.5, orders: 5 })
    const records = await rows<{ n: string }>(
      `SELECT count() AS n FROM records
       WHERE project_id = {id:UInt64} AND payload LIKE '%2@people.example%'`,
      { id: made.id }
    )
    assert.equal(Number(records[0]?.n), 0)

    await demand('shop/erase')
    await now()
    await now()
    assert.deepInclude(await kpi(made), { revenue: 0, orders: 0 })
    assert.equal((await made.call.get(made.path)).status, 404)
  })
})
