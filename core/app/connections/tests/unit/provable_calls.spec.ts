import { test } from '@japa/runner'
import { discoverSources } from '../../registry/discover.ts'
import { Registry } from '../../registry/registry.ts'
import { isProvable } from '../../webhooks/signature.ts'
import { fixture } from '../helpers/fixtures.ts'

const CLIENT_ID = 'AF_OAUTH_QUAY_SHOP_CLIENT_ID'
const CLIENT_SECRET = 'AF_OAUTH_QUAY_SHOP_CLIENT_SECRET'

test.group('calls that can be proven', (group) => {
  group.each.setup(() => {
    const before = { ...process.env }
    Object.assign(process.env, { [CLIENT_ID]: 'of the app', [CLIENT_SECRET]: 'of the app' })
    return () => {
      process.env = before
    }
  })

  test('are those of a connection by the application’s own consent', async ({ assert }) => {
    const registry = await Registry.load(discoverSources(fixture('quay')))
    const source = registry.find('quay-shop')
    if (source === undefined) throw new Error('There is no such source')
    assert.isTrue(isProvable(source, { account: 'acc-1' }))
    // The key is of another application, and so is the secret that signs.
    assert.isFalse(isProvable(source, { account: 'acc-1', key: 'a key of its own' }))
    process.env[CLIENT_SECRET] = ''
    assert.isFalse(isProvable(source, { account: 'acc-1' }))
    const { webhooks: _none, ...silent } = source
    assert.isFalse(isProvable(silent, { account: 'acc-1' }))
  })
})
