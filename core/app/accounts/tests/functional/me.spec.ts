import { test } from '@japa/runner'
import type { z } from 'zod'
import type { TokenPairView, UserView } from '#accounts/schemas'
import { api, type One } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { signUp } from '#tests/factories'

type Pair = z.output<typeof TokenPairView>

test.group('PATCH /me', (group) => {
  useDatabases(group)

  test('changes name and language', async ({ assert }) => {
    const account = await signUp()
    await api(account).patch('/me', { full_name: ' Ann ', locale: 'ru' })
    const { body } = await api(account).get<One<typeof UserView>>('/me')
    assert.equal(body.data.full_name, 'Ann')
    assert.equal(body.data.locale, 'ru')
  })

  test('does not let users change their role or e-mail', async ({ assert }) => {
    const account = await signUp()
    assert.equal((await api(account).patch('/me', { role: 'admin' })).status, 422)
    assert.equal((await api(account).patch('/me', { email: 'x@example.com' })).status, 422)
  })

  test('a new password needs the current one', async ({ assert }) => {
    const account = await signUp()
    const without = await api(account).patch('/me', { password: 'another horse' })
    const wrong = await api(account).patch('/me', {
      password: 'another horse',
      current_password: 'not it',
    })
    assert.equal(without.status, 422)
    assert.containSubset(wrong.body, { errors: [{ field: 'current_password' }] })
  })

  test('a new password replaces the old one and ends all other sessions', async ({ assert }) => {
    const { email, password } = await signUp()
    const other = await api().post<Pair>('/auth/token', { email, password })
    const own = await api().post<Pair>('/auth/token', { email, password })
    const changed = await api(own.body.access_token).patch('/me', {
      password: 'another horse',
      current_password: password,
    })
    assert.equal(changed.status, 200)
    assert.equal((await api().post('/auth/token', { email, password })).status, 401)
    assert.equal(
      (await api().post('/auth/token', { email, password: 'another horse' })).status,
      200
    )
    const refresh = (pair: Pair) =>
      api().post('/auth/refresh', { refresh_token: pair.refresh_token })
    assert.equal((await refresh(other.body)).status, 401)
    assert.equal((await refresh(own.body)).status, 200)
  })
})
