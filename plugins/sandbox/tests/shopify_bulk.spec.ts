import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { test } from '@japa/runner'
import { Admin, AUTUMN, cents, sign, type OrderTruth } from './admin.ts'
import { useSandbox } from './support.ts'

const QUERY =
  '{orders(query:"created_at:>=2026-10-01"){edges{node{id totalPriceSet{shopMoney{amount}} refunds{id} lineItems{edges{node{id quantity}}}}}}}'

test.group('Shopify in bulk', (group) => {
  const bench = useSandbox(group, AUTUMN)
  let admin: Admin
  group.each.setup(() => {
    admin = new Admin(bench.current)
  })

  test('one file holds every order and line once; lines name their order, and come anywhere', async ({
    assert,
  }) => {
    const truth: OrderTruth[] = await bench.current.control('truth/shopify/orders?from=2026-10-01')
    const rows = await admin.bulk(QUERY)
    const orders = rows.filter(({ __parentId }) => __parentId === undefined)
    assert.sameMembers(
      orders.map(({ id, totalPriceSet }) => `${id} ${cents(totalPriceSet.shopMoney.amount)}`),
      truth.map(({ id, total_cents: total }) => `gid://shopify/Order/${id} ${total}`)
    )
    const lines = rows.filter(({ __parentId }) => __parentId !== undefined)
    assert.isAbove(lines.length, orders.length)
    const known = new Set(orders.map(({ id }) => id))
    assert.isTrue(lines.every(({ __parentId }) => known.has(__parentId)))
    assert.isFalse(rows.some((row) => 'lineItems' in row))
    assert.notEqual(rows[1].__parentId, rows[0].id)
    const grouped = await admin.bulk(QUERY, true)
    assert.equal(grouped[1].__parentId, grouped[0].id)
    assert.sameDeepMembers(grouped, rows)
  })

  test('an operation without rows has no file', async ({ assert }) => {
    assert.deepEqual(
      await admin.bulk('{orders(query:"created_at:>=2027-01-01"){edges{node{id}}}}'),
      []
    )
  })

  test('is refused: {reason}')
    .with([
      { reason: 'no connection', query: '{shop{name}}' },
      { reason: 'an unknown field', query: '{orders{edges{node{nope}}}}' },
      { reason: 'nonsense', query: '{orders{' },
      { reason: 'two fields', query: '{orders{edges{node{id}}} products{edges{node{id}}}}' },
      {
        reason: 'a connection in a list',
        query: '{orders{edges{node{id refunds{refundLineItems{edges{node{quantity}}}}}}}}',
      },
      {
        reason: 'three levels',
        query:
          '{customers{edges{node{id orders{edges{node{id lineItems{edges{node{id product{variants{edges{node{id}}}}}}}}}}}}}}',
      },
    ])
    .run(async ({ assert }, { query }) => {
      await assert.rejects(() => admin.bulk(query))
    })

  test('five at a time', async ({ assert }) => {
    const start = async () =>
      (
        await admin.data(
          'mutation($q:String!){bulkOperationRunQuery(query:$q){bulkOperation{id} userErrors{code}}}',
          { q: QUERY }
        )
      ).bulkOperationRunQuery
    const started = []
    for (let index = 0; index < 5; index += 1) started.push(await start())
    assert.isTrue(started.every(({ userErrors }) => userErrors.length === 0))
    assert.deepEqual((await start()).userErrors, [{ code: 'LIMIT_REACHED' }])
    const [{ bulkOperation }] = started
    const { bulkOperationCancel } = await admin.data(
      'mutation($id:ID!){bulkOperationCancel(id:$id){bulkOperation{status} userErrors{message}}}',
      { id: bulkOperation.id }
    )
    assert.equal(bulkOperationCancel.bulkOperation.status, 'CANCELED')
    assert.lengthOf((await start()).userErrors, 0)
    for (const { bulkOperation: other } of started) {
      for (let look = 0; look < 2; look += 1) {
        await admin.data('query($id:ID!){bulkOperation(id:$id){status}}', { id: other.id })
      }
    }
  })

  test('one that fails keeps half of its work; one without the scope fails', async ({ assert }) => {
    await bench.current.control('shopify/fail_next_bulk', { error_code: 'TIMEOUT' })
    await assert.rejects(() => admin.bulk(QUERY), 'TIMEOUT')
    await admin.grant('read_orders')
    await assert.rejects(
      () => admin.bulk('{orders{edges{node{id customer{id}}}}}'),
      'ACCESS_DENIED'
    )
  })

  test('a link works without a token, for seven days, unless it was changed', async ({
    assert,
  }) => {
    await admin.bulk(QUERY)
    const { currentBulkOperation } = await admin.data('{currentBulkOperation{url}}')
    const { url } = currentBulkOperation
    assert.isAbove((await admin.file(url)).length, 10)
    await assert.rejects(() => admin.file(url.replace('Signature=', 'Signature=x')), /AccessDenied/)
    await bench.current.control('clock', { advance_seconds: 7 * 86_400 })
    await assert.rejects(() => admin.file(url), /AccessDenied/)
    await bench.current.control('clock', { advance_seconds: -7 * 86_400 })
  })
})

interface Received {
  topic: string
  id: string
  isSigned: boolean
  body: { id?: number; customer?: { email: string } }
}

/** Somebody who listens, answers 200 and remembers. */
async function listener(): Promise<{ server: Server; uri: string; received: Received[] }> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const raw = Buffer.concat(parts)
      received.push({
        topic: String(request.headers['x-shopify-topic']),
        id: String(request.headers['x-shopify-webhook-id']),
        isSigned: request.headers['x-shopify-hmac-sha256'] === sign(raw, 'base64'),
        body: JSON.parse(raw.toString()),
      })
      response.end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { server, uri: `http://127.0.0.1:${port}/hooks`, received }
}

test.group('Shopify tells', (group) => {
  const bench = useSandbox(group, AUTUMN)
  let ear: Awaited<ReturnType<typeof listener>>
  let admin: Admin
  group.each.setup(async () => {
    ear = await listener()
    admin = new Admin(bench.current)
    return () => {
      ear.server.close()
    }
  })
  const subscribe = async (topic: string, uri = ear.uri) =>
    (
      await admin.data(
        'mutation($t:WebhookSubscriptionTopic! $u:String!){webhookSubscriptionCreate(topic:$t webhookSubscription:{uri:$u format:JSON}){webhookSubscription{id topic uri} userErrors{field message}}}',
        { t: topic, u: uri }
      )
    ).webhookSubscriptionCreate
  const tell = (manner: object = {}) => bench.current.control('shopify/webhooks', manner)
  const wait = async (hours: number) => {
    await bench.current.control('clock', { advance_seconds: hours * 3600 })
    // Tokens live an hour.
    await admin.grant()
  }

  test('of what was subscribed to, signed; copies keep their id', async ({ assert }) => {
    const { webhookSubscription } = await subscribe('ORDERS_CREATE')
    await tell()
    await wait(48)
    const { delivered } = await tell({ copies: 2 })
    assert.isAbove(delivered.length, 6)
    assert.isTrue(delivered.every(({ status }: { status: number }) => status === 200))
    assert.isTrue(
      ear.received.every(({ topic, isSigned }) => topic === 'orders/create' && isSigned)
    )
    assert.equal(new Set(ear.received.map(({ id }) => id)).size * 2, ear.received.length)
    const { order } = await admin.data('query($id:ID!){order(id:$id){legacyResourceId}}', {
      id: `gid://shopify/Order/${ear.received[0]?.body.id}`,
    })
    assert.equal(order.legacyResourceId, String(ear.received[0]?.body.id))
    await admin.data(
      'mutation($id:ID!){webhookSubscriptionDelete(id:$id){deletedWebhookSubscriptionId userErrors{message}}}',
      { id: webhookSubscription.id }
    )
    await wait(48)
    assert.lengthOf((await tell()).delivered, 0)
  })

  test('late, in the wrong order, forged, or not at all', async ({ assert }) => {
    await subscribe('ORDERS_CREATE')
    await tell({ lose: true })
    await wait(24)
    await tell({ reverse: true })
    const ids = ear.received.map(({ body }) => body.id ?? 0)
    assert.isAbove(ids.length, 1)
    assert.deepEqual(
      ids,
      ids.toSorted((left, right) => right - left)
    )
    ear.received.length = 0
    await wait(24)
    await tell({ forge: true })
    assert.isTrue(ear.received.every(({ isSigned }) => !isSigned))
    ear.received.length = 0
    await wait(24)
    const lost = await tell({ lose: ['orders/create'] })
    assert.isAbove(lost.happened, 0)
    assert.lengthOf(ear.received, 0)
    await wait(24)
    ear.server.close()
    ear.server.closeAllConnections()
    const { delivered } = await tell()
    assert.isTrue(delivered.every(({ status }: { status: number }) => status === 0))
  })

  test('of deletions, finished operations and the end of the installation', async ({ assert }) => {
    for (const topic of ['ORDERS_DELETE', 'BULK_OPERATIONS_FINISH', 'APP_UNINSTALLED']) {
      await subscribe(topic)
    }
    const { orders } = await admin.data('{orders(first:1){nodes{id}}}')
    await bench.current.control('shopify/delete_order', { order_id: orders.nodes[0].id })
    await admin.bulk(QUERY)
    await tell()
    await bench.current.control('shopify/uninstall', {})
    assert.sameMembers(
      ear.received.map(({ topic }) => topic),
      ['orders/delete', 'bulk_operations/finish', 'app/uninstalled']
    )
    assert.isTrue(ear.received.every(({ isSigned }) => isSigned))
  })

  test('of people who want their data or want them gone', async ({ assert }) => {
    const { customers } = await admin.data('{customers(first:1){nodes{id email firstName}}}')
    const [{ id, email }] = customers.nodes
    for (const topic of ['customers/data_request', 'customers/redact', 'shop/redact']) {
      await bench.current.control('shopify/compliance', { uri: ear.uri, topic, customer_id: id })
    }
    assert.deepEqual(
      ear.received.map(({ topic, isSigned }) => [topic, isSigned]),
      [
        ['customers/data_request', true],
        ['customers/redact', true],
        ['shop/redact', true],
      ]
    )
    assert.equal(ear.received[0]?.body.customer?.email, email)
    const { customer } = await admin.data('query($id:ID!){customer(id:$id){email firstName}}', {
      id,
    })
    assert.deepEqual(customer, { email: null, firstName: null })
  })

  test('only to addresses that it takes, once for each topic', async ({ assert }) => {
    assert.lengthOf((await subscribe('ORDERS_UPDATED')).userErrors, 0)
    assert.match((await subscribe('ORDERS_UPDATED')).userErrors[0].message, /already been taken/)
    const plain = await subscribe('ORDERS_UPDATED', 'http://shop.example/hooks')
    assert.match(plain.userErrors[0].message, /not supported/)
    assert.match((await subscribe('ORDERS_UPDATED', 'nonsense')).userErrors[0].message, /invalid/)
    const { webhookSubscriptions } = await admin.data(
      '{webhookSubscriptions(first:10 topics:[ORDERS_UPDATED]){nodes{uri topic}}}'
    )
    assert.deepEqual(webhookSubscriptions.nodes, [{ uri: ear.uri, topic: 'ORDERS_UPDATED' }])
  })
})
