import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { ProjectView } from '#projects/schemas'
import { api, type One } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { signUp, type TestAccount } from '#tests/factories'

const create = (account: TestAccount, key: string, json: unknown) =>
  api(account).post<One<typeof ProjectView>>('/projects', json, {
    headers: { 'idempotency-key': key },
  })

const projectsOf = async (account: TestAccount) =>
  (await db.from('projects').where('owner_id', account.id)).length

test.group('Idempotency-Key', (group) => {
  useDatabases(group)

  test('the same request again gets the same answer and does nothing', async ({ assert }) => {
    const account = await signUp()
    const first = await create(account, 'a', { name: 'Shop' })
    const again = await create(account, 'a', { name: 'Shop' })
    assert.equal(again.status, 201)
    assert.equal(again.text, first.text)
    assert.equal(again.headers.get('idempotency-replayed'), 'true')
    assert.equal(await projectsOf(account), 1)
  })

  test('the same key with other content is refused', async ({ assert }) => {
    const account = await signUp()
    await create(account, 'a', { name: 'Shop' })
    const other = await api(account).post(
      '/projects',
      { name: 'Other' },
      {
        headers: { 'idempotency-key': 'a' },
      }
    )
    assert.equal(other.status, 409)
    assert.equal(other.body.code, 'idempotency_conflict')
    assert.equal(await projectsOf(account), 1)
  })

  test('of two at once one runs', async ({ assert }) => {
    const account = await signUp()
    const answers = await Promise.all([1, 2, 3].map(() => create(account, 'a', { name: 'Shop' })))
    assert.equal(await projectsOf(account), 1)
    assert.isAtLeast(answers.filter(({ status }) => status === 201).length, 1)
    assert.isTrue(answers.every(({ status }) => status === 201 || status === 409))
  })

  test('keys of different callers do not meet', async ({ assert }) => {
    const [ann, bob] = [await signUp(), await signUp()]
    await create(ann, 'a', { name: 'Shop' })
    assert.equal((await create(bob, 'a', { name: 'Other' })).status, 201)
  })

  test('a refused request may be repaired under its key', async ({ assert }) => {
    const account = await signUp()
    assert.equal((await create(account, 'a', { name: '' })).status, 422)
    assert.equal((await create(account, 'a', { name: 'Shop' })).status, 201)
  })

  test('after a day the key is free again', async ({ assert }) => {
    const account = await signUp()
    await create(account, 'a', { name: 'Shop' })
    await db
      .from('idempotency_keys')
      .update({ created_at: db.raw("created_at - interval '25 hours'") })
    assert.equal((await create(account, 'a', { name: 'Other' })).status, 201)
  })
})
