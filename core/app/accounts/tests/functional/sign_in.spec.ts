import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { SignJWT } from 'jose'
import type { z } from 'zod'
import { ACCESS_TOKEN_LIFETIME, signAccessToken } from '#accounts/access_tokens'
import type { TokenPairView, UserView } from '#accounts/schemas'
import { api, type One } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { signUp } from '#tests/factories'
import { takeLogs } from '#tests/log_capture'

type Pair = z.output<typeof TokenPairView>
const session = '00000000-0000-4000-8000-000000000000'

test.group('POST /auth/token', (group) => {
  useDatabases(group)

  test('a valid sign-in opens a protected resource', async ({ assert }) => {
    const { email, password } = await signUp()
    const signedIn = await api().post<Pair>('/auth/token', { email, password })
    assert.equal(signedIn.status, 200)
    assert.equal(signedIn.body.expires_in, 900)
    assert.equal(signedIn.headers.get('cache-control'), 'no-store')

    const me = await api(signedIn.body.access_token).get<One<typeof UserView>>('/me')
    assert.equal(me.status, 200)
    assert.equal(me.body.data.email, email)
  })

  test('the e-mail counts whatever its case', async ({ assert }) => {
    const { password } = await signUp({ email: 'mixed@example.com' })
    const signedIn = await api().post('/auth/token', { email: ' Mixed@Example.COM ', password })
    assert.equal(signedIn.status, 200)
  })

  test('a wrong password and an unknown e-mail are the same answer', async ({ assert }) => {
    const { email } = await signUp()
    const wrong = await api().post('/auth/token', { email, password: 'not this one' })
    const unknown = await api().post('/auth/token', {
      email: 'nobody@example.com',
      password: 'not this one',
    })
    assert.equal(wrong.status, 401)
    assert.equal(wrong.body.code, 'invalid_credentials')
    assert.deepEqual(unknown.body, wrong.body)
  })

  test('a disabled user is shut out, with tokens issued before too', async ({ assert }) => {
    const { user, email, password, token } = await signUp()
    await db.from('users').where('id', user.id).update({ disabled_at: new Date() })
    assert.equal((await api().post('/auth/token', { email, password })).status, 401)
    assert.equal((await api(token).get('/me')).body.code, 'token_invalid')
  })

  test('no password and no token is ever logged', async ({ assert }) => {
    const { email, password } = await signUp({ password: 'canary-password-1' })
    takeLogs()
    const { body } = await api().post<Pair>('/auth/token', { email, password })
    await api(body.access_token).get('/me')
    await api().post('/auth/refresh', { refresh_token: body.refresh_token })
    await api().post('/auth/token', { email, password: 'canary-password-2' })
    const logs = takeLogs()
    assert.include(logs, '/api/v1/auth/token')
    assert.notInclude(logs, 'canary-password')
    assert.notInclude(logs, body.access_token)
    assert.notInclude(logs, body.refresh_token)
  })
})

test.group('access tokens', (group) => {
  useDatabases(group)

  test('without one the answer is token_missing', async ({ assert }) => {
    const { status, body } = await api().get('/me')
    assert.equal(status, 401)
    assert.equal(body.code, 'token_missing')
  })

  test('an expired one is told apart from an invalid one', async ({ assert }) => {
    const { id, token } = await signUp()
    const past = new Date(Date.now() - (ACCESS_TOKEN_LIFETIME + 1) * 1000)
    const expired = await signAccessToken({ userId: id, session }, past)
    assert.equal((await api(expired).get('/me')).body.code, 'token_expired')
    assert.equal((await api(`${token}x`).get('/me')).body.code, 'token_invalid')
    assert.equal((await api('no.jwt.at-all').get('/me')).body.code, 'token_invalid')
  })

  test('one signed by somebody else is invalid, under our key id too', async ({ assert }) => {
    const { id, token } = await signUp()
    const header = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())
    const forged = await new SignJWT({ sid: session })
      .setProtectedHeader(header)
      .setSubject(String(id))
      .setIssuer('analyticaflow')
      .setAudience('analyticaflow-api')
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(new TextEncoder().encode('a key that is not the one of this server'))
    assert.equal((await api(forged).get('/me')).body.code, 'token_invalid')
  })

  test('one without a signature is invalid', async ({ assert }) => {
    const { token } = await signUp()
    const payload = token.split('.')[1] ?? ''
    const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url')
    assert.equal((await api(`${header}.${payload}.`).get('/me')).body.code, 'token_invalid')
  })
})
