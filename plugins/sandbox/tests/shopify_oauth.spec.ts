import { createHmac } from 'node:crypto'
import { test } from '@japa/runner'
import { Admin, APP, AUTUMN, SHOP, sign } from './admin.ts'
import { useSandbox } from './support.ts'

const CALLBACK = 'http://127.0.0.1:3333/api/v1/oauth/callback'
const WISH = {
  client_id: APP.client_id,
  redirect_uri: CALLBACK,
  scope: 'read_orders,read_customers',
  state: 'a state',
}
const SHOP_QUERY = '{shop{name}}'

test.group('an app is installed', (group) => {
  const bench = useSandbox(group, AUTUMN)
  let admin: Admin
  group.each.setup(() => {
    admin = new Admin(bench.current)
  })
  const page = (wish: object) =>
    `${SHOP}/admin/oauth/authorize?${String(new URLSearchParams({ ...wish }))}`
  const decide = async (decision: string, wish: object = WISH) => {
    const body = new URLSearchParams({ decision })
    const reply = await bench.current.ask(page(wish), { method: 'POST', body })
    const { url } = bench.current.sandbox
    return new URL(reply.headers.get('location') ?? 'about:blank', `${url}${page(wish)}`)
  }

  test('the callback is signed over its sorted parameters, and its code gives expiring tokens', async ({
    assert,
  }) => {
    assert.include((await bench.current.ask(page(WISH))).text, 'read_customers')
    const { origin, pathname, searchParams } = await decide('install')
    assert.equal(`${origin}${pathname}`, CALLBACK)
    const { hmac, ...rest } = Object.fromEntries(searchParams)
    const message = Object.keys(rest)
      .sort()
      .map((name) => `${name}=${rest[name]}`)
      .join('&')
    assert.equal(hmac, sign(message, 'hex'))
    assert.containSubset(rest, { shop: 'harbour-coffee.myshopify.com', state: 'a state' })
    const tokens = await admin.tokens({ code: rest.code, expiring: '1' })
    assert.equal(tokens.status, 200)
    assert.containSubset(tokens.body, {
      scope: 'read_orders,read_customers',
      expires_in: 3600,
      refresh_token_expires_in: 7_776_000,
    })
    assert.match(tokens.body.access_token, /^shpat_/)
    assert.match(tokens.body.refresh_token, /^shprt_/)
    const again = await admin.tokens({ code: rest.code, expiring: '1' })
    assert.containSubset(again, { status: 400, body: { error: 'invalid_request' } })
  })

  test('a merchant who cancels stays in the admin', async ({ assert }) => {
    const answer = await fetch(await decide('cancel'))
    assert.equal(answer.status, 200)
    assert.include(await answer.text(), 'The app was not installed')
  })

  test('refuses {reason}')
    .with([
      { reason: 'an unknown app', change: { client_id: 'other' } },
      {
        reason: 'a foreign address by plain HTTP',
        change: { redirect_uri: 'http://evil.example/' },
      },
      { reason: 'unknown scopes', change: { scope: 'read_minds' } },
      { reason: 'no scopes', change: { scope: '' } },
    ])
    .run(async ({ assert }, { change }) => {
      assert.equal((await bench.current.ask(page({ ...WISH, ...change }))).status, 400)
    })

  test('tokens: {reason} is {error}')
    .with([
      { reason: 'a wrong secret', message: { client_secret: 'no' }, error: 'invalid_client' },
      {
        reason: 'a made-up code',
        message: { code: 'x.y', expiring: '1' },
        error: 'invalid_request',
      },
      {
        reason: 'a made-up refresh token',
        message: { grant_type: 'refresh_token', refresh_token: 'shprt_x.y' },
        error: 'invalid_grant',
      },
      {
        reason: 'an unknown grant',
        message: { grant_type: 'magic' },
        error: 'unsupported_grant_type',
      },
    ])
    .run(async ({ assert }, { message, error }) => {
      assert.containSubset(await admin.tokens(message), { status: 400, body: { error } })
    })

  test('offline tokens that do not expire are refused to an app as new as this', async ({
    assert,
  }) => {
    const code = (await decide('install')).searchParams.get('code')
    assert.equal((await admin.tokens({ code })).body.error, 'invalid_request')
    assert.equal((await admin.tokens({ code, expiring: '1' })).status, 200)
  })

  test('an access token lives an hour, a refresh token is replaced at each use', async ({
    assert,
  }) => {
    const first = await bench.current.control('shopify/grant', {})
    const refresh = (refresh_token: string) =>
      admin.tokens({ grant_type: 'refresh_token', refresh_token })
    const second = await refresh(first.refresh_token)
    assert.notEqual(second.body.refresh_token, first.refresh_token)
    // A client that lost the answer may ask with the former one again, until the new one is used.
    const repeated = await refresh(first.refresh_token)
    assert.equal(repeated.status, 200)
    const third = await refresh(repeated.body.refresh_token)
    assert.equal(third.status, 200)
    assert.equal((await refresh(first.refresh_token)).body.error, 'invalid_grant')
    admin.token = third.body.access_token
    assert.equal((await admin.ask(SHOP_QUERY)).status, 200)
    await bench.current.control('clock', { advance_seconds: 3601 })
    const late = await admin.ask(SHOP_QUERY)
    assert.equal(late.status, 401)
    assert.match(late.body.errors, /Invalid API key or access token/)
    assert.equal((await refresh(third.body.refresh_token)).status, 200)
    await bench.current.control('clock', { advance_seconds: -3601 })
  })

  test('a session token of the embedded app is exchanged, a forged one is not', async ({
    assert,
  }) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const now = Date.parse(AUTUMN.now ?? '') / 1000
    const session = (secret: string, change: object = {}) => {
      const claims = {
        iss: 'https://harbour-coffee.myshopify.com/admin',
        dest: 'https://harbour-coffee.myshopify.com',
        aud: APP.client_id,
        exp: now + 60,
        ...change,
      }
      const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
      return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
    }
    const exchange = (subject_token: string) =>
      admin.tokens({
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token,
        subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
        requested_token_type: 'urn:shopify:params:oauth:token-type:offline-access-token',
        expiring: '1',
      })
    assert.match((await exchange(session(APP.client_secret))).body.access_token, /^shpat_/)
    for (const token of [
      session('guessed'),
      session(APP.client_secret, { aud: 'other' }),
      session(APP.client_secret, { exp: now - 1 }),
    ]) {
      assert.equal((await exchange(token)).body.error, 'invalid_subject_token')
    }
  })

  test('when the app is removed, its tokens die and do not come back with a new installation', async ({
    assert,
  }) => {
    const { refresh_token } = await bench.current.control('shopify/grant', {})
    await admin.grant()
    await bench.current.control('shopify/uninstall', { tell: false })
    assert.equal((await admin.ask(SHOP_QUERY)).status, 401)
    const form = { grant_type: 'refresh_token', refresh_token }
    assert.equal((await admin.tokens(form)).body.error, 'invalid_grant')
    const old = admin.token
    await admin.grant()
    assert.equal((await admin.ask(SHOP_QUERY)).status, 200)
    admin.token = old
    assert.equal((await admin.ask(SHOP_QUERY)).status, 401)
  })
})
