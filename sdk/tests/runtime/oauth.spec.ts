import { createHash, generateKeyPairSync } from 'node:crypto'
import { test } from '@japa/runner'
import { decodeProtectedHeader, jwtVerify } from 'jose'
import { oauth2, serviceAccount } from '@analyticaflow/sdk'
import {
  beginConsent,
  clientCredentials,
  exchangeCode,
  expandUrl,
  renewTokens,
  serviceAccountTokens,
  type OAuth2,
} from '@analyticaflow/sdk/runtime'
import { fields, tokenServer } from './token_server.ts'
import { errorOf } from './vendor.ts'

test.group('consent', () => {
  test('names scopes, state, address and challenge', ({ assert }) => {
    const auth = oauth2({
      authorizeUrl: 'https://{shop}/admin/oauth/authorize',
      tokenUrl: 'https://{shop}/t',
      scopes: ['read_orders', 'read_products'],
      scopeSeparator: ',',
      refresh: 'rotating',
      pkce: true,
      authorizeParams: { access_type: 'offline' },
    }) as OAuth2
    const config = { shop: 'my-shop.example.com' }
    const consent = beginConsent({ auth, clientId: 'id', config }, 'https://me.example/back')
    const url = new URL(consent.url)
    const query = Object.fromEntries(url.searchParams)
    assert.equal(url.origin + url.pathname, 'https://my-shop.example.com/admin/oauth/authorize')
    assert.deepInclude(query, {
      response_type: 'code',
      client_id: 'id',
      redirect_uri: 'https://me.example/back',
      scope: 'read_orders,read_products',
      state: consent.state,
      access_type: 'offline',
      code_challenge_method: 'S256',
    })
    const challenge = createHash('sha256')
      .update(consent.verifier ?? '')
      .digest('base64url')
    assert.equal(query.code_challenge, challenge)
    const again = beginConsent({ auth, clientId: 'id', config }, 'https://me.example/back')
    assert.notEqual(again.state, consent.state)
  })

  test('a setting in an address is a host or a name and nothing else', ({ assert }) => {
    assert.equal(expandUrl('https://{a}/x', { a: 'b-1.example' }), 'https://b-1.example/x')
    for (const a of ['evil.example/', 'a@evil.example', 'a:80', '', '..', 'a?b', undefined, 5]) {
      assert.throws(() => expandUrl('https://{a}/x', { a }), /config_invalid/)
    }
  })
})

test.group('tokens', () => {
  test('for a code: as a form, with the verifier', async ({ assert, cleanup }) => {
    const answer = {
      access_token: 'at',
      refresh_token: 'rt',
      expires_in: '3600',
      scope: 'a b',
      shop: 'x',
    }
    const { got, client, world, stop } = await tokenServer(() => ({ json: answer }))
    cleanup(stop)
    const tokens = await exchangeCode(
      client({ tokenParams: { expiring: '1' } }),
      { code: 'c', redirectUri: 'https://me.example/back', verifier: 'v' },
      world
    )
    assert.deepEqual(tokens, {
      accessToken: 'at',
      refreshToken: 'rt',
      expiresAt: '2026-03-01T13:00:00.000Z',
      scopes: ['a', 'b'],
      extra: { shop: 'x' },
    })
    assert.deepEqual(fields(got[0]?.body ?? ''), {
      client_id: 'id',
      client_secret: 's3cret',
      grant_type: 'authorization_code',
      code: 'c',
      redirect_uri: 'https://me.example/back',
      code_verifier: 'v',
      expiring: '1',
    })
  })

  test('as JSON, in a query, or with the client in a header, where the vendor wants that', async ({
    assert,
    cleanup,
  }) => {
    const { got, client, world, stop } = await tokenServer(() => ({ json: { access_token: 'at' } }))
    cleanup(stop)
    const old = { accessToken: 'old', refreshToken: 'rt' }
    await renewTokens(client({ tokenBody: 'json' }), old, world)
    await renewTokens(client({ tokenBody: 'query' }), old, world)
    await renewTokens(client({ clientAuth: 'basic' }), old, world)
    const renewal = { grant_type: 'refresh_token', refresh_token: 'rt' }
    const own = { client_id: 'id', client_secret: 's3cret' }
    assert.deepEqual(JSON.parse(got[0]?.body ?? ''), { ...own, ...renewal })
    assert.equal(got[1]?.method, 'GET')
    assert.deepEqual(Object.fromEntries(got[1]?.query ?? []), { ...own, ...renewal })
    assert.deepEqual(fields(got[2]?.body ?? ''), renewal)
    const basic = Buffer.from('id:s3cret').toString('base64')
    assert.equal(got[2]?.headers.authorization, `Basic ${basic}`)
  })

  test('keep a stable refresh token and take a rotated one', async ({ assert, cleanup }) => {
    const { client, world, stop } = await tokenServer((_got, count) => ({
      json: { access_token: `at${count}`, ...(count === 2 && { refresh_token: 'rotated' }) },
    }))
    cleanup(stop)
    const first = await renewTokens(
      client(),
      { accessToken: 'at0', refreshToken: 'rt', scopes: ['a'] },
      world
    )
    assert.deepEqual(first, { accessToken: 'at1', refreshToken: 'rt', scopes: ['a'] })
    const second = await renewTokens(client(), first, world)
    assert.equal(second.refreshToken, 'rotated')
  })

  test('that are short-lived are swapped at once', async ({ assert, cleanup }) => {
    const { got, client, world, stop } = await tokenServer((_got, count) => ({
      json: { access_token: `at${count}` },
    }))
    cleanup(stop)
    const exchange = { grantType: 'long_lived', tokenParam: 'short_token' }
    const tokens = await exchangeCode(
      client({ refresh: 'exchange', exchange }),
      { code: 'c', redirectUri: 'https://me.example/back' },
      world
    )
    assert.equal(tokens.accessToken, 'at2')
    assert.deepInclude(fields(got[1]?.body ?? ''), { grant_type: 'long_lived', short_token: 'at1' })
  })

  test('of an application itself', async ({ assert, cleanup }) => {
    const { got, client, world, stop } = await tokenServer(() => ({ json: { access_token: 'at' } }))
    cleanup(stop)
    await clientCredentials(client({ grant: 'client_credentials' }), world)
    assert.deepInclude(fields(got[0]?.body ?? ''), {
      grant_type: 'client_credentials',
      scope: 'a b',
    })
  })

  test('that are refused say what to do, and no secret', async ({ assert, cleanup }) => {
    const replies: [number, unknown, string][] = [
      [400, { error: 'invalid_grant', error_description: 's3cret expired' }, 'auth_expired'],
      [401, { error: 'invalid_client' }, 'config_invalid'],
      [400, { error: 'invalid_scope' }, 'auth_scope'],
      [429, {}, 'rate_limited'],
      [502, '<html>s3cret', 'vendor_unavailable'],
      [200, { token: 's3cret' }, 'vendor_response'],
      [200, { error: 'invalid_grant' }, 'auth_expired'],
      [302, {}, 'vendor_response'],
    ]
    const { client, world, stop } = await tokenServer((_got, count) => {
      const [status, json] = replies[count - 1] ?? []
      return { status: status ?? 500, json }
    })
    cleanup(stop)
    for (const [, , code] of replies) {
      const error = await errorOf(
        renewTokens(client(), { accessToken: 'a', refreshToken: 's3cret' }, world)
      )
      assert.equal(error.code, code)
      assert.notInclude(`${error.message} ${String(error.stack)} ${String(error.cause)}`, 's3cret')
    }
    const none = await errorOf(renewTokens(client(), { accessToken: 'a' }, world))
    assert.equal(none.code, 'auth_expired')
  })
})

test.group('service accounts', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
  const file = {
    client_email: 'me@project.example',
    private_key: pem,
    private_key_id: 'k1',
    token_uri: 'https://evil.example',
  }

  test('sign an assertion that the vendor can verify', async ({ assert, cleanup }) => {
    const { url, got, world, clock, stop } = await tokenServer(() => ({
      json: { access_token: 'at', expires_in: 3600 },
    }))
    cleanup(stop)
    const auth = serviceAccount({ scopes: ['s1', 's2'], tokenUrl: `${url}/token` }) as Parameters<
      typeof serviceAccountTokens
    >[0]
    const tokens = await serviceAccountTokens(auth, JSON.stringify(file), world)
    assert.equal(tokens.accessToken, 'at')
    const { assertion = '', grant_type } = fields(got[0]?.body ?? '')
    assert.equal(grant_type, 'urn:ietf:params:oauth:grant-type:jwt-bearer')
    const { payload } = await jwtVerify(assertion, publicKey, {
      audience: `${url}/token`,
      issuer: 'me@project.example',
      currentDate: clock.now(),
    })
    assert.deepInclude(payload, { scope: 's1 s2' })
    assert.equal((payload.exp ?? 0) - (payload.iat ?? 0), 3600)
    assert.deepInclude(decodeProtectedHeader(assertion), { alg: 'RS256', kid: 'k1' })
  })

  test('refuse a file that is none, without quoting it', async ({ assert, cleanup }) => {
    const { world, stop } = await tokenServer(() => ({}))
    cleanup(stop)
    const auth = serviceAccount({ scopes: [] }) as Parameters<typeof serviceAccountTokens>[0]
    const broken = {
      ...file,
      private_key: '-----BEGIN PRIVATE KEY-----\ns3cret\n-----END PRIVATE KEY-----',
    }
    for (const text of ['', 's3cret', '{"private_key":"s3cret"}', JSON.stringify(broken)]) {
      const error = await errorOf(serviceAccountTokens(auth, text, world))
      assert.deepEqual([error.code, error.detail.field], ['config_invalid', 'service_account_key'])
      assert.notInclude(String(error.stack) + String(error.cause), 's3cret')
    }
  })
})
