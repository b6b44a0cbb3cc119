import { test } from '@japa/runner'
import { useSandbox } from './support.ts'

const LIST = '/googleads.googleapis.com/v26/customers:listAccessibleCustomers'

test.group('faults on demand', (group) => {
  const bench = useSandbox(group)
  const list = async () =>
    bench.current.ask(LIST, {
      headers: { authorization: `Bearer ${await bench.current.accessToken()}` },
    })

  test('{kind} answers {status} in the words of the vendor, once')
    .with([
      { kind: 'rate_limit', status: 429, text: 'RESOURCE_TEMPORARILY_EXHAUSTED' },
      { kind: 'quota', status: 429, text: '"retryDelay":"3600s"' },
      { kind: 'server_error', status: 500, text: '"status":"INTERNAL"' },
      { kind: 'unavailable', status: 503, text: '"status":"UNAVAILABLE"' },
      { kind: 'missing_scope', status: 403, text: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' },
      { kind: 'expired_token', status: 401, text: 'OAUTH_TOKEN_EXPIRED' },
      { kind: 'html', status: 200, text: '<!DOCTYPE html>' },
    ])
    .run(async ({ assert }, { kind, status, text }) => {
      await bench.current.fault({ vendor: 'google-ads', kind })
      const befallen = await list()
      assert.equal(befallen.status, status)
      assert.include(befallen.text, text)
      assert.equal((await list()).status, 200)
    })

  test('an expired token stays expired, a new one works', async ({ assert }) => {
    const token = await bench.current.accessToken()
    const headers = { authorization: `Bearer ${token}` }
    await bench.current.fault({ vendor: 'google-ads', kind: 'expired_token' })
    assert.equal((await bench.current.ask(LIST, { headers })).status, 401)
    assert.equal((await bench.current.ask(LIST, { headers })).status, 401)
    assert.equal((await list()).status, 200)
  })

  test('skips some requests and befalls as many as it was told', async ({ assert }) => {
    await bench.current.fault({ vendor: 'google-ads', kind: 'unavailable', skip: 1, times: 2 })
    const statuses = []
    for (let index = 0; index < 4; index += 1) statuses.push((await list()).status)
    assert.deepEqual(statuses, [200, 503, 503, 200])
  })

  test('is aimed at one endpoint', async ({ assert }) => {
    await bench.current.fault({ vendor: 'google-ads', endpoint: 'search', kind: 'unavailable' })
    assert.equal((await list()).status, 200)
    assert.lengthOf(await bench.current.control('faults'), 1)
  })

  test('a truncated body ends in the middle, a reset before it begins', async ({ assert }) => {
    for (const kind of ['truncated', 'reset']) {
      await bench.current.fault({ vendor: 'google-ads', kind })
      await assert.rejects(list)
    }
    assert.equal((await list()).status, 200)
  })

  test('a slow answer comes whole', async ({ assert }) => {
    await bench.current.fault({ vendor: 'google-ads', kind: 'slow', seconds: 0.02 })
    assert.equal((await list()).status, 200)
  })

  test('an altered answer says something else, a redirected one is elsewhere', async ({
    assert,
  }) => {
    await bench.current.fault({
      vendor: 'google-ads',
      kind: 'altered',
      find: '"customers/',
      replace: '"kunden/',
    })
    assert.match((await list()).body.resourceNames[0], /^kunden\/\d+$/)
    const to = 'http://192.168.0.1/'
    await bench.current.fault({ vendor: 'google-ads', kind: 'redirected', to })
    const elsewhere = await list()
    assert.deepEqual([elsewhere.status, elsewhere.headers.get('location')], [302, to])
    assert.match((await list()).body.resourceNames[0], /^customers\/\d+$/)
  })

  test('faults that make no sense are refused', async ({ assert }) => {
    await assert.rejects(
      () => bench.current.fault({ vendor: 'google-ads', kind: 'bad_mood' }),
      /A fault is one of/
    )
    await assert.rejects(
      () => bench.current.fault({ vendor: 'nobody', kind: 'slow' }),
      /Vendors are/
    )
    await assert.rejects(() => bench.current.fault({ kind: 'slow' }), /needs a vendor/)
    for (const kind of ['altered', 'redirected']) {
      await assert.rejects(() => bench.current.fault({ vendor: 'google-ads', kind }), /needs w/)
    }
    await assert.rejects(
      () => bench.current.fault({ vendor: 'google-ads', kind: 'slow', times: 'x' }),
      /no count/
    )
  })
})

test.group('the control of the sandbox', (group) => {
  const bench = useSandbox(group)

  test('counts requests by vendor and endpoint, and keeps no secret of them', async ({
    assert,
  }) => {
    await bench.current.control('requests', undefined, 'DELETE')
    const token = await bench.current.accessToken()
    await bench.current.ask(LIST, { headers: { authorization: `Bearer ${token}` } })
    await bench.current.ask(LIST)
    const seen = await bench.current.control('requests')
    assert.deepEqual(seen.counts, {
      'google-identity': { token: 1 },
      'google-ads': { listAccessibleCustomers: 2 },
    })
    assert.deepEqual(
      seen.latest.map(({ status }: { status: number }) => status),
      [200, 200, 401]
    )
    assert.notInclude(JSON.stringify(seen), token)
  })

  test('a vendor is found by path, by Host and by what a proxy says', async ({ assert }) => {
    const path = '/v26/customers:listAccessibleCustomers'
    const forwarded = await bench.current.ask(path, {
      headers: { 'x-forwarded-host': 'googleads.googleapis.com' },
    })
    assert.equal(forwarded.status, 401)
    assert.equal((await bench.current.ask(path)).status, 421)
    assert.equal((await bench.current.ask(`/nobody.example${path}`)).status, 421)
  })

  test('a vendor can have a clock that is wrong', async ({ assert }) => {
    const token = await bench.current.accessToken()
    const status = async () =>
      (await bench.current.ask(LIST, { headers: { authorization: `Bearer ${token}` } })).status
    await bench.current.control('clock', { skew_seconds: { 'google-identity': 4000 } })
    assert.equal(await status(), 401)
    const clock = await bench.current.control('clock', { skew_seconds: { 'google-identity': 0 } })
    assert.containSubset(clock, {
      now: '2026-03-10T12:00:00Z',
      today: '2026-03-10',
      time_zone: 'Europe/Berlin',
    })
    assert.equal(await status(), 200)
  })

  test('tells what is true, and says what it has where it is asked for something else', async ({
    assert,
  }) => {
    const orders = await bench.current.control('truth/shop/orders?from=2026-02-01&to=2026-02-28')
    assert.isAbove(orders.length, 30)
    assert.isTrue(
      orders.every(({ date }: { date: string }) => date >= '2026-02-01' && date <= '2026-02-28')
    )
    const [effect] = await bench.current.control('truth/shop/incrementality?campaign=20100000028')
    assert.equal(effect.orders.with - effect.orders.without, effect.orders.incremental)
    const customers = await bench.current.control('truth/shop/customers')
    assert.isTrue(customers.every(({ orders: own }: { orders: string[] }) => own.length > 0))
    const visits = await bench.current.control('truth/shop/visits?from=2026-02-01&to=2026-02-01')
    assert.isAbove(visits.length, 5)
    await assert.rejects(() => bench.current.control('truth/shop/nothing'), /There are orders/)
    await assert.rejects(
      () => bench.current.control('truth/shop/orders?from=x'),
      /has to be a date/
    )
    await assert.rejects(
      () => bench.current.control('google-ads/nothing', {}),
      /There are rename_campaign/
    )
    await assert.rejects(() => bench.current.control('nothing'), /no such control/)
    await assert.rejects(() => bench.current.control('clock', { now: 'x' }), /is no time/)
    assert.deepEqual(await bench.current.control('health'), { status: 'ok' })
  })
})
