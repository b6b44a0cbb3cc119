import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import hash from '@adonisjs/core/services/hash'
import type { UserView } from '#accounts/schemas'
import { writeGlobalSettings } from '#shared/global_settings'
import { api, type One } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { signUp } from '#tests/factories'
import { untilWaiting } from '#tests/locks'

type Registered = One<typeof UserView>

interface State {
  data: { open: boolean; first_user: boolean }
}

const person = (name: string) => ({
  email: `${name}@example.com`,
  password: 'correct horse',
  full_name: name,
})

test.group('the first registration', (group) => {
  useDatabases(group)

  test('is awaited, and anybody may be it', async ({ assert }) => {
    const { body } = await api().get<State>('/auth/register')
    assert.deepEqual(body.data, { open: true, first_user: true })
  })

  test('of several at once exactly one becomes admin', async ({ assert }) => {
    // Nobody can be inserted before all of them have looked whether somebody is there.
    const lock = await db.transaction()
    await lock.rawQuery('lock table users in share mode')
    const attempts = ['ann', 'bob', 'cat'].map((name) =>
      api().post<Registered>('/auth/register', person(name))
    )
    await untilWaiting(attempts.length)
    await lock.commit()
    const answers = await Promise.all(attempts)
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 403, 403])
    const winner = answers.find(({ status }) => status === 201)
    assert.equal(winner?.body.data.role, 'admin')
  })
})

test.group('later registrations', (group) => {
  useDatabases(group)
  group.setup(async () => {
    await signUp({ role: 'admin' })
  })
  group.each.setup(() => writeGlobalSettings({ open_registration: false }))

  test('show whether they are open', async ({ assert }) => {
    const closed = await api().get<State>('/auth/register')
    assert.deepEqual(closed.body.data, { open: false, first_user: false })
    await writeGlobalSettings({ open_registration: true })
    const open = await api().get<State>('/auth/register')
    assert.deepEqual(open.body.data, { open: true, first_user: false })
  })

  test('are closed', async ({ assert }) => {
    const { status, body } = await api().post('/auth/register', person('late'))
    assert.equal(status, 403)
    assert.equal(body.code, 'registration_closed')
  })

  test('make marketers where an admin has opened them', async ({ assert }) => {
    await writeGlobalSettings({ open_registration: true })
    const { status, body } = await api().post<Registered>('/auth/register', person('open'))
    assert.equal(status, 201)
    assert.equal(body.data.role, 'marketer')
  })

  test('refuse an e-mail that exists, in any case', async ({ assert }) => {
    await writeGlobalSettings({ open_registration: true })
    await signUp({ email: 'taken@example.com' })
    const { status, body } = await api().post('/auth/register', {
      ...person('x'),
      email: 'Taken@Example.com',
    })
    assert.equal(status, 422)
    assert.containSubset(body, { errors: [{ field: 'email', rule: 'unique' }] })
  })

  test('store a hash that verifies, never the password', async ({ assert }) => {
    await writeGlobalSettings({ open_registration: true })
    await api().post('/auth/register', person('hashed'))
    const row = await db.from('users').where('email', 'hashed@example.com').firstOrFail()
    assert.notInclude(JSON.stringify(row), 'correct horse')
    assert.isTrue(await hash.verify(row.password_hash, 'correct horse'))
    assert.isFalse(await hash.verify(row.password_hash, 'wrong horse'))
  })

  test('name every field at fault', async ({ assert }) => {
    const { status, body } = await api().post<{ errors: { field: string }[] }>('/auth/register', {
      email: 'no address',
      password: 'short',
      role: 'admin',
    })
    assert.equal(status, 422)
    assert.sameMembers(
      body.errors.map(({ field }) => field),
      ['email', 'password', 'role']
    )
  })
})
