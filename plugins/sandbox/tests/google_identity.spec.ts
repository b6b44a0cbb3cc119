import { test } from '@japa/runner'
import { ADS_SCOPE, assertion, challengeOf, CLIENT, MANAGER, useSandbox } from './support.ts'

const CALLBACK = 'http://127.0.0.1:3333/api/v1/oauth/callback'
const WISH = {
  client_id: CLIENT.client_id,
  redirect_uri: CALLBACK,
  response_type: 'code',
  scope: ADS_SCOPE,
  access_type: 'offline',
  prompt: 'consent',
  state: 'a state',
}

test.group('consent at Google', (group) => {
  const bench = useSandbox(group)
  const page = (wish: object) =>
    `/accounts.google.com/o/oauth2/v2/auth?${String(new URLSearchParams({ ...wish }))}`
  const decide = (wish: object, form: Record<string, string> = {}) => {
    const body = new URLSearchParams({
      user: MANAGER,
      scope: ADS_SCOPE,
      decision: 'allow',
      ...form,
    })
    return bench.current.ask(page(wish), { method: 'POST', body })
  }
  const codeOf = async (wish: object, form?: Record<string, string>) => {
    const reply = await decide(wish, form)
    return new URL(reply.headers.get('location') ?? '').searchParams.get('code') ?? ''
  }
  const exchange = (code: string, more: Record<string, string> = {}) =>
    bench.current.token({
      ...CLIENT,
      grant_type: 'authorization_code',
      redirect_uri: CALLBACK,
      code,
      ...more,
    })

  test('shows who asks for what, and leads back with a code and the state', async ({ assert }) => {
    const shown = await bench.current.ask(page(WISH))
    assert.equal(shown.status, 200)
    assert.include(shown.text, ADS_SCOPE)
    const reply = await decide(WISH)
    assert.equal(reply.status, 302)
    const back = new URL(reply.headers.get('location') ?? '')
    assert.equal(`${back.origin}${back.pathname}`, CALLBACK)
    assert.equal(back.searchParams.get('state'), 'a state')
    const tokens = await exchange(back.searchParams.get('code') ?? '')
    assert.equal(tokens.status, 200)
    assert.containSubset(tokens.body, { token_type: 'Bearer', expires_in: 3599, scope: ADS_SCOPE })
    assert.match(tokens.body.refresh_token, /^1\/\//)
  })

  test('a user who refuses leads back with access_denied', async ({ assert }) => {
    const reply = await decide(WISH, { decision: 'deny' })
    const back = new URL(reply.headers.get('location') ?? '').searchParams
    assert.equal(back.get('error'), 'access_denied')
    assert.equal(back.get('state'), 'a state')
    assert.isNull(back.get('code'))
  })

  test('a refresh token comes at the first consent only, unless consent is asked for again', async ({
    assert,
  }) => {
    const { prompt: _, ...quiet } = WISH
    await exchange(await codeOf(WISH))
    assert.isUndefined((await exchange(await codeOf(quiet))).body.refresh_token)
    assert.isString((await exchange(await codeOf(WISH))).body.refresh_token)
    const online = { ...WISH, access_type: 'online' }
    assert.isUndefined((await exchange(await codeOf(online))).body.refresh_token)
  })

  test('refuses {reason} with {code}')
    .with([
      { reason: 'an unknown app', wish: { client_id: 'other' }, code: 'invalid_client' },
      {
        reason: 'an address that is not registered',
        wish: { redirect_uri: 'https://evil.example/' },
        code: 'redirect_uri_mismatch',
      },
      { reason: 'a missing scope', wish: { scope: '' }, code: 'invalid_request' },
      { reason: 'an unknown parameter', wish: { colour: 'red' }, code: 'invalid_request' },
      { reason: 'an implicit grant', wish: { response_type: 'token' }, code: 'invalid_request' },
    ])
    .run(async ({ assert }, { wish, code }) => {
      const reply = await bench.current.ask(page({ ...WISH, ...wish }))
      assert.equal(reply.status, 400)
      assert.include(reply.text, `Error 400: ${code}`)
    })

  test('a code works once, for its app and address, and with its verifier', async ({ assert }) => {
    const code = await codeOf(WISH)
    assert.equal((await exchange(code)).status, 200)
    assert.containSubset((await exchange(code)).body, { error: 'invalid_grant' })
    const other = await exchange(await codeOf(WISH), { redirect_uri: 'http://127.0.0.1/other' })
    assert.containSubset(other, { status: 400, body: { error: 'redirect_uri_mismatch' } })
    const verifier = 'v'.repeat(50)
    const pkce = { ...WISH, code_challenge: challengeOf(verifier), code_challenge_method: 'S256' }
    assert.equal((await exchange(await codeOf(pkce))).body.error, 'invalid_grant')
    const wrong = await exchange(await codeOf(pkce), { code_verifier: 'w'.repeat(50) })
    assert.equal(wrong.body.error, 'invalid_grant')
    const right = await exchange(await codeOf(pkce), { code_verifier: verifier })
    assert.equal(right.status, 200)
  })

  test('tokens: {reason} is {status} {error}')
    .with([
      { reason: 'no grant type', form: {}, status: 400, error: 'invalid_request' },
      {
        reason: 'a wrong secret',
        form: { ...CLIENT, client_secret: 'no', grant_type: 'refresh_token' },
        status: 401,
        error: 'invalid_client',
      },
      {
        reason: 'an unknown app',
        form: { ...CLIENT, client_id: 'no', grant_type: 'refresh_token' },
        status: 401,
        error: 'invalid_client',
      },
      {
        reason: 'an unknown grant type',
        form: { ...CLIENT, grant_type: 'password' },
        status: 400,
        error: 'unsupported_grant_type',
      },
      {
        reason: 'a made-up refresh token',
        form: { ...CLIENT, grant_type: 'refresh_token', refresh_token: '1//0gmade.up' },
        status: 400,
        error: 'invalid_grant',
      },
    ])
    .run(async ({ assert }, { form, status, error }) => {
      assert.containSubset(await bench.current.token(form), { status, body: { error } })
    })

  test('a refresh token does not rotate, and dies with the grant', async ({ assert }) => {
    const refresh_token = await bench.current.refreshToken()
    const refresh = () =>
      bench.current.token({ ...CLIENT, grant_type: 'refresh_token', refresh_token })
    assert.isUndefined((await refresh()).body.refresh_token)
    assert.equal((await refresh()).status, 200)
    await bench.current.control('google-identity/revoke', { user: MANAGER })
    assert.deepEqual((await refresh()).body, {
      error: 'invalid_grant',
      error_description: 'Token has been expired or revoked.',
    })
    assert.isString(await bench.current.accessToken())
  })

  test('an app can give its grant back', async ({ assert }) => {
    const token = await bench.current.refreshToken()
    const url = `/oauth2.googleapis.com/revoke?token=${encodeURIComponent(token)}`
    assert.equal((await bench.current.ask(url, { method: 'POST' })).status, 200)
    const form = { ...CLIENT, grant_type: 'refresh_token', refresh_token: token }
    assert.equal((await bench.current.token(form)).body.error, 'invalid_grant')
    assert.equal((await bench.current.ask(url, { method: 'POST' })).body.error, 'invalid_token')
  })
})

test.group('a service account', (group) => {
  const bench = useSandbox(group)
  const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
  const NOW = Date.parse('2026-03-10T12:00:00Z') / 1000

  const claimsOf = (key: { client_email: string }) => ({
    iss: key.client_email,
    scope: ADS_SCOPE,
    aud: 'https://oauth2.googleapis.com/token',
    iat: NOW,
    exp: NOW + 3600,
  })

  test('gets a token for an assertion that its key has signed, without a refresh token', async ({
    assert,
  }) => {
    const key = await bench.current.control('google-identity/service_account', {})
    const signed = assertion(key.private_key, claimsOf(key))
    const reply = await bench.current.token({ grant_type, assertion: signed })
    assert.equal(reply.status, 200)
    assert.isUndefined(reply.body.refresh_token)
    const headers = {
      authorization: `Bearer ${reply.body.access_token}`,
      'login-customer-id': '7205550100',
    }
    const list = await bench.current.ask(
      '/googleads.googleapis.com/v26/customers:listAccessibleCustomers',
      { headers }
    )
    assert.deepEqual(list.body, { resourceNames: ['customers/7205550100'] })
  })

  test('is refused with {reason}')
    .with([
      { reason: 'another audience', change: { aud: 'https://example.com' } },
      { reason: 'a life of more than an hour', change: { exp: NOW + 7200 } },
      { reason: 'an assertion of yesterday', change: { iat: NOW - 90_000, exp: NOW - 86_400 } },
      { reason: 'another issuer', change: { iss: 'somebody@else.example' } },
      { reason: 'changed claims', change: {}, isForged: true },
    ])
    .run(async ({ assert }, { change, isForged }) => {
      const key = await bench.current.control('google-identity/service_account', {})
      const signed = assertion(key.private_key, { ...claimsOf(key), ...change })
      const [head, , signature] = signed.split('.')
      const other = Buffer.from(JSON.stringify({ ...claimsOf(key), scope: 'more' })).toString(
        'base64url'
      )
      const sent = isForged ? `${head}.${other}.${signature}` : signed
      const reply = await bench.current.token({ grant_type, assertion: sent })
      assert.containSubset(reply, { status: 400, body: { error: 'invalid_grant' } })
    })
})
