import limiter from '@adonisjs/limiter/services/main'
import { test } from '@japa/runner'
import { signInLimit } from '#accounts/endpoints/tokens'
import { apiLimit } from '#shared/http/rate_limit'
import { api } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { signUp } from '#tests/factories'

test.group('rate limits', (group) => {
  useDatabases(group)

  test('sign-in for one account stops, whatever address asks', async ({ assert }) => {
    const { email, password } = await signUp()
    const attempt = (address: number) =>
      api().post(
        '/auth/token',
        { email, password: 'wrong' },
        { headers: { 'x-forwarded-for': `203.0.113.${address}` } }
      )
    for (let n = 0; n < signInLimit.requests; n++) assert.equal((await attempt(n)).status, 401)
    const refused = await attempt(200)
    assert.equal(refused.status, 429)
    assert.equal(refused.body.code, 'rate_limited')
    const wait = Number(refused.headers.get('retry-after'))
    assert.isTrue(wait >= 1 && wait <= 60)

    // The right password is no way around, other accounts are not affected.
    assert.equal((await api().post('/auth/token', { email, password })).status, 429)
    const other = await signUp()
    const signedIn = await api().post('/auth/token', {
      email: other.email,
      password: other.password,
    })
    assert.equal(signedIn.status, 200)
  })

  test('the API counts per account and says where one stands', async ({ assert }) => {
    const account = await signUp()
    const first = await api(account).get('/me')
    assert.equal(first.headers.get('ratelimit-limit'), String(apiLimit.requests))
    assert.equal(first.headers.get('ratelimit-remaining'), String(apiLimit.requests - 1))

    await limiter
      .use({ requests: apiLimit.requests, duration: apiLimit.window })
      .set(`api:user:${account.id}`, apiLimit.requests, apiLimit.window)
    const refused = await api(account).get('/me')
    assert.equal(refused.status, 429)
    assert.equal(refused.headers.get('ratelimit-remaining'), '0')
    // Nor does it say any more which projects there are.
    assert.equal((await api(account).get('/projects/999999')).status, 429)
    assert.equal((await api(await signUp()).get('/me')).status, 200)
  })

  test('several processes can share the counters in PostgreSQL', async ({ assert }) => {
    const counter = () => limiter.use('database', { requests: 2, duration: 60 })
    assert.equal((await counter().consume('shared')).remaining, 1)
    assert.equal((await counter().consume('shared')).remaining, 0)
    await assert.rejects(() => counter().consume('shared'))
  })
})
