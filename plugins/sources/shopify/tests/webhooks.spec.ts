import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SourceError, z, type Context, type WebhookRequest } from '@analyticaflow/sdk'
import { startSandbox, type Sandbox } from '@analyticaflow/sandbox'
import { test } from '@japa/runner'
import type { Config } from '../src/config.ts'
import source from '../src/index.ts'
import { calls } from '../src/webhooks/calls.ts'
import { TOLD } from '../src/webhooks/topics.ts'
import { connectTo, control, SHOP_DOMAIN } from './sandbox_shop.ts'

/** Of the app in the sandbox. */
const CLIENT_SECRET = 'shpss_sandbox_client_secret'

type Shop = Context<typeof Config>

const WebhookList = z.object({
  data: z.object({
    webhookSubscriptions: z.object({ nodes: z.array(z.object({ topic: z.string() })) }),
  }),
})

/** The error that work ends with. */
async function failureOf(work: Promise<unknown> | undefined): Promise<SourceError> {
  const error = await work?.then(
    () => undefined,
    (reason: unknown) => reason
  )
  if (error instanceof SourceError) return error
  throw new Error('It did not fail', { cause: error })
}

const flat = (headers: IncomingHttpHeaders) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat()[0]]))

/** Somebody who listens, and keeps every call as it came. */
async function listen() {
  const heard: WebhookRequest[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      heard.push({ headers: flat(request.headers), body: Buffer.concat(chunks) })
      response.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { heard, server, url: `http://127.0.0.1:${port}/hooks/secret` }
}

/** The signature that a call has to carry, by what the definition says of it. */
function isSigned({ headers, body }: WebhookRequest): boolean {
  const { verify } = calls
  if (typeof verify === 'function' || verify.secret !== 'application') return false
  const own = createHmac('sha256', CLIENT_SECRET).update(body).digest(verify.encoding)
  return headers[verify.header] === own
}

const bodyOf = ({ body }: WebhookRequest) => JSON.parse(body.toString()) as Record<string, unknown>

function entity(name: keyof typeof source.streams) {
  const stream = source.streams[name]
  if (stream.kind !== 'entity') throw new Error('Not an entity')
  return stream.def
}

function topicOf(call: WebhookRequest) {
  const topic = calls.topics[calls.topic?.(call) ?? '']
  if (topic === undefined || !('keys' in topic)) throw new Error('An unknown topic')
  return topic
}

/** What the calls make known: by key the row as it is now, or null for one that is gone. */
async function told(shop: Shop, heard: readonly WebhookRequest[]) {
  const rows = new Map<string, unknown>()
  for (const call of heard) {
    const { stream, keys } = topicOf(call)
    for (const key of keys(bodyOf(call))) {
      rows.set(`${stream} ${key.join(' ')}`, await entity(stream).refetch?.(shop, key))
    }
  }
  return rows
}

const isOrder = (call: WebhookRequest) => calls.topic?.(call)?.startsWith('orders/') === true

async function subscriptions(shop: Shop): Promise<string[]> {
  const query = '{ webhookSubscriptions(first: 250) { nodes { topic } } }'
  const path = '/admin/api/2026-10/graphql.json'
  const { body } = await shop.http.request('POST', path, WebhookList, { body: { query } })
  return body.data.webhookSubscriptions.nodes.map(({ topic }) => topic).toSorted()
}

function consentOf() {
  const [auth] = [source.auth].flat()
  if (auth?.kind === 'oauth2') return auth
  throw new Error('The first way is not a consent')
}
const consent = consentOf()

/** Parameters of the way back after a merchant has installed the app. */
async function installed(sandbox: Sandbox): Promise<Record<string, string>> {
  const { authorizeUrl, scopes, scopeSeparator } = consent
  const { host, pathname } = new URL(authorizeUrl.replace('{shop}', SHOP_DOMAIN))
  const query = new URLSearchParams({
    client_id: '5a0d0b0c0ffee5a0d0b0c0ffee123456',
    scope: scopes.join(scopeSeparator),
    redirect_uri: 'https://flow.example/api/v1/oauth/callback',
    state: 'a-state',
  })
  const answer = await fetch(`${sandbox.url}/${host}${pathname}?${query.toString()}`, {
    method: 'POST',
    body: new URLSearchParams({ decision: 'install' }),
    redirect: 'manual',
  })
  return Object.fromEntries(new URL(answer.headers.get('location') ?? '').searchParams)
}

test.group('Calls of a double of Shopify', (group) => {
  let sandbox: Sandbox
  let shop: Shop
  let ear: Awaited<ReturnType<typeof listen>>
  group.setup(async () => {
    sandbox = await startSandbox({
      from: '2026-10-20',
      now: '2026-11-05T12:00:00Z',
      peoplePerDay: 8,
    })
    ear = await listen()
  })
  group.each.setup(async () => {
    shop = await connectTo(sandbox)
    ear.heard.length = 0
  })
  group.teardown(async () => {
    ear.server.close()
    await sandbox.close()
  })

  const WANTED = Object.keys(TOLD)
    .map((topic) => topic.replace('/', '_').toUpperCase())
    .toSorted()

  test('every topic is asked for once, however often, and none after the end', async ({
    assert,
  }) => {
    await calls.register?.(shop, ear.url)
    await calls.register?.(shop, `${ear.url}-of-another`)
    await calls.register?.(shop, ear.url)
    assert.deepEqual(await subscriptions(shop), [...WANTED, ...WANTED].toSorted())
    await calls.unregister?.(shop, ear.url)
    await calls.unregister?.(shop, ear.url)
    assert.deepEqual(await subscriptions(shop), WANTED)
    await calls.unregister?.(shop, `${ear.url}-of-another`)
  })

  test('an address that Shopify refuses is an error with a cause', async ({ assert }) => {
    const error = await failureOf(calls.register?.(shop, 'http://plain.example/hooks'))
    assert.equal(error.code, 'vendor_response')
    assert.include(error.userMessage, 'orders/create')
  })

  test('what is told is authentic, and read again it is what polling reads', async ({ assert }) => {
    await calls.register?.(shop, ear.url)
    await control(sandbox, 'clock', { advance_seconds: 2 * 86_400 })
    await control(sandbox, 'shopify/webhooks', { copies: 2 })
    const later = await connectTo(sandbox)
    assert.isTrue(ear.heard.length > 4 && ear.heard.every(isSigned))
    assert.isTrue(ear.heard.every((call) => calls.account?.of(call) === SHOP_DOMAIN))
    const ids = new Set(ear.heard.map((call) => calls.dedupe(call)))
    assert.equal(ids.size * 2, ear.heard.length)

    const rows = await told(later, ear.heard)
    const polled = new Map<string, unknown>()
    for await (const { rows: page } of entity('orders').read(later, { since: null }, null)) {
      for (const row of page as { legacyResourceId: string }[])
        polled.set(`orders ${row.legacyResourceId} seen`, row)
    }
    assert.isAbove(rows.size, 0)
    for (const [key, row] of rows) assert.deepEqual(row, polled.get(key), key)
  }).timeout(60_000)

  test('only a deletion names an order so that it is forgotten', async ({ assert }) => {
    await calls.register?.(shop, ear.url)
    await control(sandbox, 'clock', { advance_seconds: 86_400 })
    await control(sandbox, 'shopify/webhooks', {})
    const id = String(
      bodyOf(ear.heard.find(isOrder) ?? { headers: {}, body: Buffer.from('{}') }).id
    )
    ear.heard.length = 0
    await control(sandbox, 'shopify/delete_order', { order_id: id })
    await control(sandbox, 'shopify/webhooks', {})
    const rows = await told(await connectTo(sandbox), ear.heard)
    assert.deepEqual([...rows], [[`orders ${id}`, null]])
  })

  test('an app that is removed is noticed by the call that says so', async ({ assert }) => {
    await calls.register?.(shop, ear.url)
    await control(sandbox, 'shopify/uninstall', {})
    assert.deepEqual(
      ear.heard.map((call) => calls.topic?.(call)),
      ['app/uninstalled']
    )
    assert.equal((await failureOf(told(shop, ear.heard))).code, 'auth_expired')
  })

  test('a forged call is signed with something else', async ({ assert }) => {
    await calls.register?.(shop, ear.url)
    await control(sandbox, 'clock', { advance_seconds: 86_400 })
    await control(sandbox, 'shopify/webhooks', { forge: true })
    assert.isNotEmpty(ear.heard)
    assert.isFalse(ear.heard.some(isSigned))
  })

  test('the way back from the installation is signed as the definition says', async ({
    assert,
  }) => {
    const { callback } = consent
    const back = await installed(sandbox)
    const { [String(callback?.hmac)]: signature, ...others } = back
    const text = Object.entries(others)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${value}`)
      .join('&')
    assert.equal(signature, createHmac('sha256', CLIENT_SECRET).update(text).digest('hex'))
    assert.deepEqual(callback?.timestamp, { name: 'timestamp', withinSeconds: 90 })
    assert.closeTo(Number(back.timestamp), sandbox.clock.now(), 90)
    assert.deepEqual(callback?.settings, { shop: 'shop' })
    assert.equal(back.shop, SHOP_DOMAIN)
  })
})

test.group('Demands by law', () => {
  const personOf = (topic: string, body: Record<string, unknown>) => {
    const demand = calls.compliance?.[topic]
    if (demand === undefined || demand.kind === 'remove') throw new Error(topic)
    return { kind: demand.kind, ...demand.person(body) }
  }

  // https://shopify.dev/docs/apps/build/compliance/privacy-law-compliance
  test('name the person as Shopify does', ({ assert }) => {
    const customer = { id: 191167, email: 'john@example.com', phone: '555-625-1199' }
    const names = {
      customerIds: ['191167'],
      emails: ['john@example.com'],
      phones: ['555-625-1199'],
    }
    assert.deepEqual(personOf('customers/redact', { customer, orders_to_redact: [299938] }), {
      kind: 'erase',
      ...names,
    })
    assert.deepEqual(personOf('customers/data_request', { customer, orders_requested: [] }), {
      kind: 'export',
      ...names,
    })
    assert.deepEqual(calls.compliance?.['shop/redact'], { kind: 'remove' })
  })

  test('that name nobody are set aside, without what they say', ({ assert }) => {
    for (const customer of [undefined, null, {}, { id: 'john@example.com' }, { email: '' }]) {
      try {
        personOf('customers/redact', { customer })
        assert.fail('It passed')
      } catch (error) {
        assert.instanceOf(error, TypeError)
        assert.notInclude(String(error), 'john')
      }
    }
  })
})

test.group('Keys in calls', () => {
  const keysOf = (topic: string, body: Record<string, unknown>) => {
    const known = calls.topics[topic]
    if (known === undefined || !('keys' in known)) throw new Error(topic)
    return known.keys(body)
  }

  test('a refund leads to its order, a product to its variants', ({ assert }) => {
    assert.deepEqual(keysOf('refunds/create', { id: 5, order_id: 61 }), [['61', 'seen']])
    assert.deepEqual(keysOf('products/update', { id: 8, variants: [{ id: 71 }, { id: 72 }] }), [
      ['71'],
      ['72'],
    ])
    assert.deepEqual(keysOf('customers/delete', { id: 5001 }), [['5001']])
  })

  test('what is no number of a row is refused', ({ assert }) => {
    for (const id of [undefined, null, 'x', '61" }', 1.5, -1, {}, 2 ** 60]) {
      assert.throws(() => keysOf('orders/updated', { id }), TypeError)
    }
    assert.throws(() => keysOf('products/update', { id: 8 }), TypeError)
  })
})
