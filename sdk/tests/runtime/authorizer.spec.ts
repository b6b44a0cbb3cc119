import { createHmac } from 'node:crypto'
import { test } from '@japa/runner'
import { apiKey, oauth2, z, type Auth } from '@analyticaflow/sdk'
import { makeAuthorizer, type Tokens } from '@analyticaflow/sdk/runtime'
import { fields, MemoryTokens, tokenServer, type Options } from './token_server.ts'
import { errorOf, talk } from './vendor.ts'

const Anything = z.unknown()

test.group('authorizer', () => {
  const rotating = (tokenUrl: string, more: Options = {}) =>
    oauth2({
      authorizeUrl: 'https://login.example',
      tokenUrl,
      scopes: [],
      refresh: 'rotating',
      ...more,
    })
  const application = { clientId: 'id', clientSecret: 'app-s3cret' }

  /** A vendor whose only good token is the newest, and which takes each refresh token once. */
  async function rotatingVendor(auth: (tokenUrl: string) => Auth, tokens: Tokens, issued = 1) {
    let current = issued
    const server = await tokenServer(({ body }) => {
      if (fields(body).refresh_token !== `rt${current}`)
        return { status: 400, json: { error: 'invalid_grant' } }
      current += 1
      return {
        json: { access_token: `at${current}`, refresh_token: `rt${current}`, expires_in: 3600 },
      }
    })
    const store = new MemoryTokens(tokens)
    const authorizer = makeAuthorizer({
      auth: auth(`${server.url}/token`),
      config: {},
      store,
      application,
      world: server.world,
    })
    return {
      server,
      store,
      authorizer,
      isGood: (token: string | undefined) => token === `at${current}`,
    }
  }

  test('a rotated token is used once, however many meet the 401', async ({ assert, cleanup }) => {
    const { server, store, authorizer, isGood } = await rotatingVendor(rotating, {
      accessToken: 'dead',
      refreshToken: 'rt1',
    })
    cleanup(server.stop)
    const { http, stop } = await talk(
      ({ headers }) => (isGood(headers.authorization?.slice(7)) ? { json: 1 } : { status: 401 }),
      {},
      { authorizer }
    )
    cleanup(stop)
    assert.deepEqual(await Promise.all([1, 2, 3].map(() => http.get('/', Anything))), [1, 1, 1])
    assert.lengthOf(server.got, 1)
    assert.deepInclude(store.tokens, { accessToken: 'at2', refreshToken: 'rt2' })
  })

  test('a token that is about to end is renewed before it is sent', async ({ assert, cleanup }) => {
    const ending = { accessToken: 'at1', refreshToken: 'rt1', expiresAt: '2026-03-01T12:00:30Z' }
    const { server, authorizer } = await rotatingVendor(rotating, ending)
    cleanup(server.stop)
    const { http, got, stop } = await talk(() => ({ json: 1 }), {}, { authorizer })
    cleanup(stop)
    await Promise.all([http.get('/', Anything), http.get('/', Anything)])
    assert.deepEqual(
      got.map(({ headers }) => headers.authorization),
      ['Bearer at2', 'Bearer at2']
    )
    assert.lengthOf(server.got, 1)
  })

  test('a consent that was withdrawn ends in auth_expired', async ({ assert, cleanup }) => {
    const { server, authorizer } = await rotatingVendor(rotating, {
      accessToken: 'at1',
      refreshToken: 'used up',
    })
    cleanup(server.stop)
    const { http, stop } = await talk(() => ({ status: 401 }), {}, { authorizer })
    cleanup(stop)
    assert.equal((await errorOf(http.get('/', Anything))).code, 'auth_expired')
  })

  test('tokens stand where the definition says, with their proof', async ({ assert, cleanup }) => {
    const header = { place: { in: 'header', name: 'X-Access-Token' } } as const
    const body = { place: { in: 'body', name: 'auth' } } as const
    const query = {
      place: { in: 'query', name: 't' },
      proof: { in: 'query', name: 'proof' },
    } as const
    const seen = []
    for (const place of [header, body, query]) {
      const { server, authorizer } = await rotatingVendor((url) => rotating(url, place), {
        accessToken: 'at1',
      })
      cleanup(server.stop)
      const { http, got, stop } = await talk(() => ({ json: 1 }), {}, { authorizer })
      cleanup(stop)
      await http.post('/', Anything, { a: 1 })
      seen.push(...got)
    }
    const [first, second, third] = seen
    assert.equal(first?.headers['x-access-token'], 'at1')
    assert.deepEqual(JSON.parse(second?.body ?? ''), { a: 1, auth: 'at1' })
    assert.isUndefined(second?.headers.authorization)
    const proof = createHmac('sha256', 'app-s3cret').update('at1').digest('hex')
    assert.deepEqual(Object.fromEntries(third?.query ?? []), { t: 'at1', proof })
  })

  test('keys of the settings stand in header, query or as a password', async ({
    assert,
    cleanup,
  }) => {
    const config = { api_key: 'k', user: 'u', second: 's' }
    const auths = [
      apiKey({ in: 'header', name: 'authorization', prefix: 'Bearer ' }),
      apiKey({ in: 'basic', name: 'user' }),
      apiKey({ in: 'query', name: 'key', also: { key2: 'second' } }),
      apiKey({ in: 'header', name: 'x', field: 'missing' }),
    ]
    const sent = []
    for (const auth of auths.slice(0, 3)) {
      const store = new MemoryTokens()
      const { world, stop: stopTokens } = await tokenServer(() => ({}))
      cleanup(stopTokens)
      const authorizer = makeAuthorizer({ auth, config, store, world })
      const { http, got, stop } = await talk(() => ({ json: 1 }), {}, { authorizer })
      cleanup(stop)
      await http.get('/', Anything)
      sent.push(...got)
    }
    assert.equal(sent[0]?.headers.authorization, 'Bearer k')
    assert.equal(sent[1]?.headers.authorization, `Basic ${Buffer.from('u:k').toString('base64')}`)
    assert.deepEqual(Object.fromEntries(sent[2]?.query ?? []), { key: 'k', key2: 's' })
  })
})
