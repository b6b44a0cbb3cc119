import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { api } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { addTo } from '#tests/factories'
import { takeLogs } from '#tests/log_capture'
import { authorizerOf } from '../../requests/vendor_http.ts'
import { renewDueTokens } from '../../auth/renew_due_tokens.ts'
import { sourceOf } from '../../registry/registry.ts'
import { quayIntegration, useQuay } from '../helpers/quay.ts'
import { CLIENT_SECRET } from '../helpers/quay_vendor.ts'

const results = (location: string) => new URL(location).searchParams.get('connected')
const page = (location: string) => new URL(location).pathname

test.group('consent', (group) => {
  useDatabases(group)
  const quay = useQuay(group)

  test('goes to the vendor and back; tokens are kept sealed, and told to nobody', async ({
    assert,
  }) => {
    takeLogs()
    const made = await quayIntegration(quay.vendor)
    assert.containSubset(made.created, { needs_consent: true, missing: ['account'] })
    assert.equal((await made.call.post(`${made.path}/sync`, {})).status, 409)

    const { url, cookie } = await made.begin()
    const asked = new URL(url)
    // The page is that of the double, the shop of the settings is in it.
    assert.equal(
      `${asked.origin}${asked.pathname}`,
      `${quay.vendor.origin}/login/authorize/one.quay.test`
    )
    assert.equal(asked.searchParams.get('code_challenge_method'), 'S256')
    const back = await made.comeBack(quay.vendor.agree(url), cookie)
    assert.equal(back.status, 302)
    assert.equal(page(back.location), `/p/${made.id}/integrations/${made.integrationId}`)
    assert.equal(results(back.location), 'ok')
    assert.containSubset(await made.show(), { needs_consent: false, missing: ['account'] })

    const options = await made.call.get<{ data: unknown[] }>(`${made.path}/options/account`, {
      query: { search: 'harb' },
    })
    assert.deepEqual(options.body.data, [{ value: 'acc-1', label: 'Harbour', badge: 'open' }])
    await made.call.patch(made.path, { settings: { account: 'acc-1' } })
    assert.deepEqual((await made.show()).missing, [])

    const tables = [
      'integrations',
      'connection_tokens',
      'oauth_states',
      'audit_log',
      'rate_budgets',
    ]
    const stored = await Promise.all(tables.map((table) => db.from(table).select('*')))
    const said = [JSON.stringify(stored), takeLogs(), options.text, back.location]
    for (const secret of quay.vendor.secrets()) {
      for (const text of said) assert.notInclude(text, secret)
    }
  })

  test('ends with a reason of its own: {result}')
    .with([
      { result: 'denied', changes: { error: 'access_denied' } },
      { result: 'failed', changes: { error: 'server_error' } },
      { result: 'wrong_state', changes: { state: 'another' } },
      { result: 'forged', changes: { hmac: 'ab'.repeat(32) } },
      { result: 'forged', changes: { timestamp: '1700000000' } },
      { result: 'wrong_account', changes: { shop: 'two.quay.test' } },
      { result: 'failed', changes: { code: 'unknown' } },
    ])
    .run(async ({ assert }, { result, changes }) => {
      const made = await quayIntegration(quay.vendor)
      const { url, cookie } = await made.begin()
      const back = await made.comeBack(quay.vendor.agree(url, changes), cookie)
      assert.equal(results(back.location), result)
      assert.isTrue((await made.show()).needs_consent)
      const tokens = db.from('connection_tokens').where('integration_id', made.integrationId)
      assert.lengthOf(await tokens, 0)
    })

  test('is of one browser, one time and fifteen minutes', async ({ assert }) => {
    const made = await quayIntegration(quay.vendor)
    const { url, cookie } = await made.begin()
    const back = quay.vendor.agree(url)
    // Somebody else's browser neither connects it nor uses the address up.
    const name = cookie.split('=')[0] ?? ''
    for (const other of ['', `${name}=guessed`]) {
      assert.equal(results((await made.comeBack(back, other)).location), 'wrong_browser')
    }
    assert.equal(results((await made.comeBack(back, cookie)).location), 'ok')
    assert.equal(results((await made.comeBack(back, cookie)).location), 'reused')

    const late = await made.begin()
    await db.from('oauth_states').update({ expires_at: new Date(0) })
    const answer = await made.comeBack(quay.vendor.agree(late.url), late.cookie)
    assert.equal(results(answer.location), 'expired')
  })

  test('is refused to who may not change the project any more', async ({ assert }) => {
    const made = await quayIntegration(quay.vendor)
    const editor = await addTo(made, 'editor')
    const { body, headers } = await api(editor).post<{ data: { url: string } }>(
      `${made.path}/authorize`
    )
    const cookie = (headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    await db.from('project_members').where('user_id', editor.id).delete()
    const back = await made.comeBack(quay.vendor.agree(body.data.url), cookie)
    assert.equal(results(back.location), 'forbidden')
  })

  test('a permission that was left out is noticed', async ({ assert }) => {
    quay.vendor.scopes = 'orders'
    const made = await quayIntegration(quay.vendor)
    const { url, cookie } = await made.begin()
    const back = await made.comeBack(quay.vendor.agree(url), cookie)
    assert.equal(results(back.location), 'scope_missing')
  })

  test('without a registered application it is said what is missing', async ({ assert }) => {
    const made = await quayIntegration(quay.vendor)
    delete process.env.AF_OAUTH_QUAY_SHOP_CLIENT_SECRET
    const { status, body } = await made.call.post<{ detail: string }>(`${made.path}/authorize`)
    assert.equal(status, 409)
    assert.include(body.detail, 'AF_OAUTH_QUAY_SHOP_CLIENT_SECRET')
    assert.include(body.detail, '/api/v1/oauth/callback')
    const { body: source } = await made.call.get<{ data: { consent: unknown } }>(
      '/sources/quay-shop'
    )
    assert.containSubset(source.data.consent, {
      available: false,
      missing_settings: ['AF_OAUTH_QUAY_SHOP_CLIENT_SECRET'],
    })
  })

  test('a rotating token is used once, however many want a new one', async ({ assert }) => {
    const made = await quayIntegration(quay.vendor)
    await made.connect()
    quay.vendor.expire()
    const source = sourceOf('quay-shop')
    if (source === undefined) throw new Error('The fixture is not installed')
    // As many processes would: each knows the old token, none knows of the others.
    const authorizer = () =>
      authorizerOf({
        source,
        config: { account: 'acc-1', shop: 'one.quay.test' },
        connection: { integrationId: made.integrationId, projectId: made.project.id },
        signal: AbortSignal.timeout(10_000),
        log: () => undefined,
        seen: () => undefined,
      })
    const request = () => ({
      url: new URL('https://api.quay.test/'),
      headers: new Headers(),
      fields: undefined,
    })
    const clients = [1, 2, 3].map(authorizer)
    const used = await Promise.all(clients.map((client) => client.apply(request())))
    const renewed = await Promise.all(clients.map((client, at) => client.refresh(used[at] ?? '')))
    assert.deepEqual(renewed, [true, true, true])
    assert.equal(quay.vendor.reused, 0)
    const tokenCalls = quay.vendor.calls.filter((call) => call === 'POST /login/token')
    assert.lengthOf(tokenCalls, 2, 'one for the code, one for the renewal')
  })

  test('tokens are renewed ahead of their end; a consent that is gone asks for another', async ({
    assert,
  }) => {
    const made = await quayIntegration(quay.vendor)
    await made.connect()
    await renewDueTokens()
    const calls = () => quay.vendor.calls.filter((call) => call === 'POST /login/token').length
    assert.equal(calls(), 1, 'not before their time')
    const own = { integration_id: made.integrationId }
    const due = () =>
      db
        .from('connection_tokens')
        .where(own)
        .update({ refresh_at: new Date(0) })
    await due()
    await renewDueTokens()
    assert.equal(calls(), 2)
    quay.vendor.fault = ({ url }) => (url.pathname === '/login/token' ? { status: 503 } : undefined)
    await due()
    await renewDueTokens()
    assert.notEqual((await made.show()).status, 'needs_reauth', 'the vendor is away for a moment')
    quay.vendor.fault = undefined
    quay.vendor.revoke()
    await due()
    await renewDueTokens()
    assert.containSubset(await made.show(), {
      status: 'needs_reauth',
      error: { code: 'auth_expired' },
    })
    await made.connect()
    assert.containSubset(await made.show(), { status: 'active', error: null })
  })

  test('another host needs another consent', async ({ assert }) => {
    const made = await quayIntegration(quay.vendor)
    await made.connect()
    const { status } = await made.call.patch(made.path, { settings: { shop: 'two.quay.test' } })
    assert.equal(status, 200)
    assert.isTrue((await made.show()).needs_consent)
    assert.notInclude(JSON.stringify(process.env.AF_VENDOR_BASE_URLS), CLIENT_SECRET)
  })
})
