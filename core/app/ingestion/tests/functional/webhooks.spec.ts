import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { registerWebhooks } from '#connections/public'
import { quayIntegration, tell, useQuay } from '#connections/tests/helpers/quay'
import { webhookUrl } from '#connections/webhooks/address'
import { stock, sync } from '../helpers/quay_shop.ts'

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
    return { ...made, url }
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
})
