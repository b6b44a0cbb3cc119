import { test } from '@japa/runner'
import { Admin, AUTUMN } from './admin.ts'
import { useSandbox, type Reply } from './support.ts'

const codeOf = ({ body }: Reply) => body.errors?.[0]?.extensions?.code

test.group('Shopify refuses', (group) => {
  const bench = useSandbox(group, AUTUMN)
  let admin: Admin
  group.each.setup(() => {
    admin = new Admin(bench.current)
  })

  test('{reason}: {code}')
    .with([
      {
        reason: 'a field that its schema has not',
        query: '{orders(first:1){nodes{nope}}}',
        code: 'undefinedField',
      },
      {
        reason: 'an argument that its schema has not',
        query: '{orders(first:1 colour:"red"){nodes{id}}}',
        code: 'argumentNotAccepted',
      },
      { reason: 'a list without a size', query: '{orders{nodes{id}}}', code: 'BAD_REQUEST' },
      {
        reason: 'more than 250 at a time',
        query: '{orders(first:251){nodes{id}}}',
        code: 'BAD_REQUEST',
      },
      { reason: 'both sizes', query: '{orders(first:1 last:1){nodes{id}}}', code: 'BAD_REQUEST' },
      {
        reason: 'a broken cursor',
        query: '{orders(first:1 after:"x"){nodes{id}}}',
        code: 'BAD_REQUEST',
      },
      {
        reason: 'a query that costs too much',
        query:
          '{orders(first:250){nodes{lineItems(first:250){nodes{id product{variants(first:250){nodes{id}}}}}}}}',
        code: 'MAX_COST_EXCEEDED',
      },
    ])
    .run(async ({ assert }, { query, code }) => {
      const reply = await admin.ask(query)
      assert.equal(reply.status, 200)
      assert.equal(codeOf(reply), code)
    })

  test('nonsense, and no query', async ({ assert }) => {
    assert.match((await admin.ask('{orders(')).body.errors[0].message, /Syntax Error/)
    const headers = { 'x-shopify-access-token': admin.token, 'content-type': 'application/json' }
    const path = '/harbour-coffee.myshopify.com/admin/api/2026-10/graphql.json'
    const empty = await bench.current.ask(path, { method: 'POST', headers, body: '{}' })
    assert.deepEqual(
      [empty.status, empty.body],
      [400, { errors: { query: 'Required parameter missing or invalid' } }]
    )
    const raw = { ...headers, 'content-type': 'application/graphql' }
    const plain = await bench.current.ask(path, {
      method: 'POST',
      headers: raw,
      body: '{shop{name}}',
    })
    assert.equal(plain.body.data.shop.name, 'Harbour Coffee')
  })

  test('orders of more than 60 days ago without read_all_orders, silently', async ({ assert }) => {
    const oldest = async () =>
      (await admin.data('{orders(first:1 sortKey:CREATED_AT){nodes{createdAt}}}')).orders.nodes[0]
        .createdAt
    assert.isBelow(Date.parse(await oldest()), Date.parse('2026-08-23'))
    await admin.grant('read_orders,read_customers')
    assert.isAbove(Date.parse(await oldest()), Date.parse('2026-09-11T12:00:00Z'))
  })

  test('what a scope does not cover, with the rest of the answer', async ({ assert }) => {
    await admin.grant('read_orders')
    const reply = await admin.ask(
      '{orders(first:3 query:"source_name:web"){nodes{id customer{id}}}}'
    )
    assert.equal(codeOf(reply), 'ACCESS_DENIED')
    assert.deepEqual(reply.body.errors[0].path, ['orders', 'nodes', 0, 'customer'])
    assert.lengthOf(reply.body.data.orders.nodes, 3)
    assert.equal(codeOf(await admin.ask('{customers(first:1){nodes{id}}}')), 'ACCESS_DENIED')
    assert.equal(codeOf(await admin.ask('{products(first:1){nodes{id}}}')), 'ACCESS_DENIED')
  })

  test('protected data that Shopify has not approved', async ({ assert }) => {
    await bench.current.control('shopify/app', { data_level: 1 })
    const personal = await admin.ask('{customers(first:1){nodes{id firstName}}}')
    assert.equal(codeOf(personal), 'ACCESS_DENIED')
    assert.isNull(personal.body.data.customers.nodes[0].firstName)
    await bench.current.control('shopify/app', { data_level: 0 })
    assert.match(
      (await admin.ask('{orders(first:1){nodes{id}}}')).body.errors[0].message,
      /not approved/
    )
    await bench.current.control('shopify/app', { data_level: 2 })
  })

  test('a shop that is {reason}: {status}')
    .with([
      { reason: 'frozen', status: 402 },
      { reason: 'closed', status: 404 },
      { reason: 'locked', status: 423 },
    ])
    .run(async ({ assert }, { status }) => {
      await bench.current.control('shopify/app', { shop_status: status })
      assert.equal((await admin.ask('{shop{name}}')).status, status)
      await bench.current.control('shopify/app', { shop_status: null })
    })

  test('an empty bucket, which says how full it is', async ({ assert }) => {
    await admin.ask('{shop{name}}')
    await bench.current.control('shopify/drain', {})
    const reply = await admin.ask(
      '{orders(first:250){nodes{lineItems(first:250){nodes{id product{id} variant{id}}}}}}'
    )
    assert.equal(codeOf(reply), 'THROTTLED')
    assert.isNull(reply.body.extensions.cost.actualQueryCost)
    const { requestedQueryCost, throttleStatus } = reply.body.extensions.cost
    assert.isBelow(throttleStatus.currentlyAvailable, requestedQueryCost)
    assert.containSubset(throttleStatus, { maximumAvailable: 2000, restoreRate: 100 })
    // It stays rich, so that what is asked next does not meet an empty bucket.
    await bench.current.control('shopify/app', { plan: 'Enterprise' })
    const rich = await admin.ask('{shop{plan{shopifyPlus}}}')
    assert.equal(rich.body.extensions.cost.throttleStatus.maximumAvailable, 40_000)
  })

  test('what it has and the double has not is said so', async ({ assert }) => {
    for (const query of [
      '{orders(first:1){nodes{risk{recommendation}}}}',
      '{orders(first:1 sortKey:TOTAL_PRICE){nodes{id}}}',
      '{orders(first:1 query:"NOT test:true"){nodes{id}}}',
    ]) {
      const reply = await admin.ask(query)
      assert.equal(reply.status, 501, query)
    }
  })

  test('a search for a field that there is not finds everything, and warns', async ({ assert }) => {
    const { body } = await admin.ask('{orders(first:1 query:"colour:red"){nodes{id}}}')
    assert.lengthOf(body.data.orders.nodes, 1)
    assert.equal(body.extensions.search[0].warnings[0].field, 'colour')
  })

  test('in its own words: {kind}')
    .with([
      { kind: 'rate_limit', status: 200, text: 'THROTTLED' },
      { kind: 'quota', status: 429, text: 'Exceeded' },
      { kind: 'server_error', status: 200, text: 'INTERNAL_SERVER_ERROR' },
      { kind: 'unavailable', status: 503, text: 'Unavailable' },
      { kind: 'missing_scope', status: 403, text: 'merchant approval' },
      { kind: 'expired_token', status: 401, text: 'Invalid API key' },
    ])
    .run(async ({ assert }, { kind, status, text }) => {
      await admin.grant()
      await bench.current.fault({ vendor: 'shopify', endpoint: 'graphql', kind })
      const reply = await admin.ask('{shop{name}}')
      assert.equal(reply.status, status)
      assert.include(reply.text, text)
      assert.equal((await admin.ask('{shop{name}}')).status, kind === 'expired_token' ? 401 : 200)
    })
})
