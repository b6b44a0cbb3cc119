import { test } from '@japa/runner'
import { z } from '@analyticaflow/sdk'
import type { Authorizer } from '@analyticaflow/sdk/runtime'
import { errorOf, startVendor, talk, type Answers } from './vendor.ts'

const Anything = z.unknown()

/** Credentials `v1`, `v2`, … as they are refreshed. */
class Counting implements Authorizer {
  version = 1
  refreshes = 0
  apply: Authorizer['apply'] = async ({ headers }) => {
    headers.set('authorization', `Bearer v${this.version}`)
    return `v${this.version}`
  }
  refresh: Authorizer['refresh'] = async (used) => {
    if (used === `v${this.version}`) {
      this.version += 1
      this.refreshes += 1
    }
    return true
  }
}

test.group('credentials', () => {
  test('are renewed once after a 401, then the request is repeated', async ({
    assert,
    cleanup,
  }) => {
    const authorizer = new Counting()
    const { http, got, stop } = await talk(
      ({ headers }) => (headers.authorization === 'Bearer v2' ? { json: 1 } : { status: 401 }),
      {},
      { authorizer }
    )
    cleanup(stop)
    assert.equal(await http.get('/', Anything), 1)
    assert.deepEqual(
      got.map(({ headers }) => headers.authorization),
      ['Bearer v1', 'Bearer v2']
    )
  })

  test('are renewed once by all who meet the 401 together', async ({ assert, cleanup }) => {
    const authorizer = new Counting()
    const { http, stop } = await talk(
      ({ headers }) => (headers.authorization === 'Bearer v2' ? { json: 1 } : { status: 401 }),
      {},
      { authorizer }
    )
    cleanup(stop)
    await Promise.all([1, 2, 3].map(() => http.get('/', Anything)))
    assert.equal(authorizer.refreshes, 1)
  })

  test('that stay refused end in auth_expired', async ({ assert, cleanup }) => {
    const authorizer = new Counting()
    const { http, got, stop } = await talk(() => ({ status: 401 }), {}, { authorizer })
    cleanup(stop)
    assert.equal((await errorOf(http.get('/', Anything))).code, 'auth_expired')
    assert.deepEqual([got.length, authorizer.refreshes], [2, 1])
  })
})

test.group('doors', (group) => {
  let other: Awaited<ReturnType<typeof startVendor>>
  group.each.setup(async () => {
    other = await startVendor(({ headers }) => ({
      json: { auth: headers.authorization ?? null, own: headers['x-own'] ?? null },
    }))
    return other.stop
  })
  const authorizer = () => new Counting()
  const redirecting =
    (status: number): Answers =>
    () => ({
      status,
      headers: { location: `${other.url}/moved` },
    })

  test('stay closed to hosts that are not declared, by URL and by redirect', async ({
    assert,
    cleanup,
  }) => {
    const { http, stop } = await talk(redirecting(302), {}, { authorizer: authorizer() })
    cleanup(stop)
    for (const path of [`${other.url}/direct`, '/redirected']) {
      const error = await errorOf(http.get(path, Anything))
      assert.equal(error.code, 'vendor_response')
      assert.include(error.userMessage, other.host)
    }
    assert.lengthOf(other.got, 0)
  })

  test('no header or credential passes to another declared host', async ({ assert, cleanup }) => {
    const { http, stop } = await talk(
      redirecting(307),
      { hosts: () => [other.host], headers: { 'x-own': 'declared' } },
      { authorizer: authorizer() }
    )
    cleanup(stop)
    const none = { auth: null, own: null }
    assert.deepEqual(await http.get('/', Anything, {}, { headers: { 'x-own': 'a' } }), none)
    assert.deepEqual(await http.get(`${other.url}/direct`, Anything), none)
  })

  test('credentials go to another host that is declared for them', async ({ assert, cleanup }) => {
    const { http, stop } = await talk(
      redirecting(307),
      { hosts: [{ host: other.host, auth: true }] },
      { authorizer: authorizer() }
    )
    cleanup(stop)
    assert.deepInclude(await http.get(`${other.url}/direct`, Anything), { auth: 'Bearer v1' })
  })

  test('redirects are bounded, and never repeat a body elsewhere', async ({ assert, cleanup }) => {
    const circle = await talk(() => ({ status: 302, headers: { location: '/' } }))
    cleanup(circle.stop)
    assert.include((await errorOf(circle.http.get('/', Anything))).userMessage, 'circle')
    assert.lengthOf(circle.got, 6)
    const moved = await talk(redirecting(301), { hosts: [other.host] })
    cleanup(moved.stop)
    assert.equal((await errorOf(moved.http.post('/', Anything, {}))).code, 'vendor_response')
    assert.lengthOf(other.got, 0)
  })
})
