import { SourceError } from '@analyticaflow/sdk'
import { test } from '@japa/runner'
import { Config } from '../src/config.ts'
import source from '../src/index.ts'
import { connect, type Mishap } from './connected.ts'
import { ordersOf } from './made_up.ts'

/** The error that work ends with. */
async function failureOf(work: Promise<unknown>): Promise<SourceError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason
  )
  if (error instanceof SourceError) return error
  throw new Error('It did not fail', { cause: error })
}

const json = (body: unknown, status = 200): Mishap => ({ status, body: JSON.stringify(body) })
const refused = (code: string, path: (string | number)[] = []) => ({
  message: 'No.',
  path,
  extensions: { code },
})

const check = (connection: ReturnType<typeof connect>) => source.check(connection.context)

test.group('Check of a connection', () => {
  test('one that works passes, and says what to know', async ({ assert }) => {
    const connection = connect()
    await check(connection)
    assert.deepEqual(connection.log, [])
    assert.isAtMost(connection.shop.asked.length, 3)
  })

  // apis/shopify.md, traps: no `read_all_orders` → history silently stops at 60 days (airbyte #21173).
  test('the window of 60 days is told', async ({ assert }) => {
    const connection = connect()
    connection.shop.scopes = ['read_orders', 'read_customers', 'read_products']
    await check(connection)
    assert.match(connection.log.join(), /60 days.*read_all_orders/)
  })

  test('another currency or time zone than the project’s is told', async ({ assert }) => {
    const connection = connect()
    await source.check({ ...connection.context, timezone: 'Europe/London' })
    assert.match(connection.log.join(), /Europe\/Berlin.*Europe\/London/)
  })

  test('missing scopes are named', async ({ assert }) => {
    const connection = connect()
    connection.shop.scopes = ['read_orders', 'write_customers']
    const error = await failureOf(check(connection))
    assert.equal(error.code, 'auth_scope')
    assert.deepEqual(error.detail.scopes, ['read_products'])
    assert.include(error.userMessage, 'read_products')
  })

  test('data that is protected is told from scopes that are missing', async ({ assert }) => {
    const connection = connect()
    connection.shop.denied = 'email'
    const error = await failureOf(check(connection))
    assert.equal(error.code, 'auth_scope')
    assert.include(error.userMessage, 'protected customer data')
    await check({
      ...connection,
      context: {
        ...connection.context,
        config: { ...connection.context.config, personal_data: false },
      },
    })
  })

  test('credentials of another shop are told from wrong ones', async ({ assert }) => {
    const connection = connect()
    connection.shop.domain = 'cups.myshopify.com'
    const error = await failureOf(check(connection))
    assert.deepInclude(error, { code: 'config_invalid' })
    assert.equal(error.detail.field, 'shop')
    assert.include(error.userMessage, 'cups.myshopify.com')
  })

  test('each state of a shop has its own answer', async ({ assert }) => {
    const answers: [Mishap, string][] = [
      [json({ errors: '[API] Invalid API key or access token' }, 401), 'auth_expired'],
      [json({ errors: 'Unavailable Shop' }, 402), 'config_invalid'],
      [json({ errors: 'Forbidden' }, 403), 'config_invalid'],
      [json({ errors: 'Not Found' }, 404), 'config_invalid'],
      [json({ errors: 'Locked' }, 423), 'config_invalid'],
      [{ status: 404, body: '<!DOCTYPE html><html>Nothing here</html>' }, 'config_invalid'],
      [{ status: 200, body: '<!DOCTYPE html><html>Enter password</html>' }, 'vendor_response'],
      [json({ errors: [refused('SHOP_INACTIVE')] }), 'config_invalid'],
      [json({ data: { shop: { name: 1 } } }), 'vendor_response'],
    ]
    const messages = new Set<string>()
    for (const [mishap, code] of answers) {
      const connection = connect()
      connection.mishaps.push(mishap)
      const error = await failureOf(check(connection))
      assert.equal(error.code, code, mishap.body)
      messages.add(error.userMessage)
    }
    assert.equal(messages.size, answers.length - 1, 'but for the two kinds of 404')
  })
})

test.group('Refusals in the middle', () => {
  const RECENTLY = '2026-11-18T00:00:00Z'

  // apis/shopify.md: 200 + ACCESS_DENIED with partial data and path: fail loudly.
  test('an answer from which something was kept back is none', async ({ assert }) => {
    const { mishaps, read } = connect()
    const denied = refused('ACCESS_DENIED', ['orders', 'nodes', 0, 'customer'])
    mishaps.push(
      json({ data: { shop: { id: '1' } } }),
      json({ data: { orders: { nodes: [] } }, errors: [denied] })
    )
    const error = await failureOf(read('orders', RECENTLY))
    assert.equal(error.code, 'auth_scope')
    assert.include(error.userMessage, 'orders.nodes.customer')
  })

  // apis/shopify.md: HTTP 200 THROTTLED; wait (requestedQueryCost − currentlyAvailable)/restoreRate s.
  test('a throttled query waits as long as its points take', async ({ assert }) => {
    const { shop, clock, mishaps, read } = connect()
    shop.orders = ordersOf(2)
    const throttleStatus = { maximumAvailable: 2000, currentlyAvailable: 12, restoreRate: 100 }
    const cost = { requestedQueryCost: 812, actualQueryCost: null, throttleStatus }
    mishaps.push(json({ errors: [refused('THROTTLED')], extensions: { cost } }))
    await read('orders', RECENTLY)
    assert.equal(Math.max(...clock.pauses), 8000)
  })

  test('what passes by itself is tried again', async ({ assert }) => {
    for (const mishap of [
      json({ errors: [refused('INTERNAL_SERVER_ERROR')] }),
      { status: 503, body: '<html>Be right back</html>' },
      { status: 429, body: '', headers: { 'retry-after': '2.0' } },
      { status: 430, body: '{}' },
    ]) {
      const { shop, mishaps, read } = connect()
      shop.orders = ordersOf(2)
      mishaps.push(mishap)
      assert.lengthOf(await read('orders', RECENTLY), 1, mishap.body)
    }
  })

  test('an error that nobody knows stops the stream', async ({ assert }) => {
    const { mishaps, read } = connect()
    mishaps.push(json({ errors: [refused('SOMETHING_NEW')] }))
    assert.equal((await failureOf(read('customers'))).code, 'vendor_response')
  })

  test('a field that is missing or of another type is named', async ({ assert }) => {
    const { shop, mishaps, read } = connect()
    const broken = shop.answer('query Clock { shop { id } }', {})
    mishaps.push(
      json(broken),
      json({
        data: {
          customers: { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [{ id: 5 }] },
        },
      })
    )
    const error = await failureOf(read('customers'))
    assert.equal(error.code, 'vendor_response')
    assert.include(error.userMessage, 'customers.nodes.0.id')
  })

  test('no error holds the token', async ({ assert }) => {
    for (const status of [401, 403, 404, 500]) {
      const { mishaps, read, log } = connect()
      for (let n = 0; n < 6; n += 1) mishaps.push({ status, body: 'shpat_canary' })
      const error = await failureOf(read('customers'))
      assert.notInclude(`${error.message} ${JSON.stringify(error.detail)} ${log.join()}`, 'canary')
    }
  })
})

test.group('Settings of a connection', () => {
  test('a shop is a name under myshopify.com', ({ assert }) => {
    assert.equal(Config.parse({ shop: ' My-Shop.myshopify.com ' }).shop, 'my-shop.myshopify.com')
  })

  test('any other host is refused, private ones too', ({ assert }) => {
    for (const shop of [
      'my-shop.com',
      'https://my-shop.myshopify.com',
      'my-shop.myshopify.com/admin',
      'my-shop.myshopify.com:8080',
      'my-shop.myshopify.com.evil.example',
      'evil.example#.myshopify.com',
      'a.b.myshopify.com',
      '-shop.myshopify.com',
      '127.0.0.1',
      'localhost',
      'user@my-shop.myshopify.com',
      '.myshopify.com',
      'my-shop.myshopify.com\n',
      '',
    ].map((each) => (each.endsWith('\n') ? `x\n${each}` : each))) {
      assert.isFalse(Config.safeParse({ shop }).success, shop)
    }
  })
})
