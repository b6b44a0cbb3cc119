import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { ApiKeyView } from '#projects/schemas'
import { api, type Many, type One } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { addTo, makeProject, signUp, type TestAccount } from '#tests/factories'

interface Made {
  data: One<typeof ApiKeyView>['data'] & { key: string }
}

async function makeKey(
  owner: TestAccount,
  id: string,
  permissions: string[]
): Promise<Made['data']> {
  const { body } = await api(owner).post<Made>(`/projects/${id}/api_keys`, {
    name: 'machine',
    permissions,
  })
  return body.data
}

test.group('API keys', (group) => {
  useDatabases(group)

  test('a key reads its project and nothing else', async ({ assert }) => {
    const { id, owner } = await makeProject()
    const other = await makeProject({ owner })
    const { key } = await makeKey(owner, id, ['project.read'])
    assert.match(key, /^af_/)
    assert.equal((await api(key).get(`/projects/${id}`)).status, 200)
    assert.equal((await api(key).patch(`/projects/${id}`, { name: 'x' })).status, 403)
    assert.equal((await api(key).get(`/projects/${other.id}`)).status, 403)
    assert.equal((await api(key).get('/me')).status, 403)
    assert.equal((await api(key).get(`/projects/${id}/api_keys`)).status, 403)
  })

  test('a key that may write writes', async ({ assert }) => {
    const { id, owner } = await makeProject()
    const { key } = await makeKey(owner, id, ['project.write', 'project.read'])
    assert.equal((await api(key).patch(`/projects/${id}`, { name: 'x' })).status, 200)
  })

  test("an admin's key is no admin", async ({ assert }) => {
    const admin = await signUp({ role: 'admin' })
    const { id } = await makeProject()
    const foreign = await makeProject()
    const { key } = await makeKey(admin, id, ['project.read'])
    assert.equal((await api(key).get(`/projects/${id}`)).status, 200)
    assert.equal((await api(key).get(`/projects/${foreign.id}`)).status, 403)
  })

  test('managing cannot be given to a key', async ({ assert }) => {
    const { id, owner } = await makeProject()
    const { status } = await api(owner).post(`/projects/${id}/api_keys`, {
      name: 'machine',
      permissions: ['project.manage'],
    })
    assert.equal(status, 422)
  })

  test('a revoked key is dead at once', async ({ assert }) => {
    const { id, owner } = await makeProject()
    const made = await makeKey(owner, id, ['project.read'])
    const path = `/projects/${id}/api_keys`
    assert.equal((await api(owner).delete(`${path}/${made.id}`)).status, 204)
    assert.equal((await api(made.key).get(`/projects/${id}`)).body.code, 'token_invalid')
    assert.lengthOf((await api(owner).get<Many<typeof ApiKeyView>>(path)).body.data, 0)
  })

  test('a key dies with the account that made it', async ({ assert }) => {
    const { id, owner } = await makeProject()
    const { key } = await makeKey(owner, id, ['project.read'])
    await db.from('users').where('id', owner.id).update({ disabled_at: new Date() })
    assert.equal((await api(key).get(`/projects/${id}`)).status, 401)
  })

  test('a key dies with the membership of who made it', async ({ assert }) => {
    const made = await makeProject()
    const second = await addTo(made, 'owner')
    const { key } = await makeKey(second, made.id, ['project.read'])
    assert.equal((await api(key).get(`/projects/${made.id}`)).status, 200)
    await api(made.owner).delete(`/projects/${made.id}/members/${second.id}`)
    assert.equal((await api(key).get(`/projects/${made.id}`)).status, 401)
  })

  test('the key is shown once, stored as a hash, and its use is noted', async ({ assert }) => {
    const { id, owner } = await makeProject()
    const made = await makeKey(owner, id, ['project.read'])
    await api(made.key).get(`/projects/${id}`)
    const listed = await api(owner).get<Many<typeof ApiKeyView>>(`/projects/${id}/api_keys`)
    assert.notInclude(listed.text, made.key)
    assert.isTrue(made.key.startsWith(listed.body.data[0]?.prefix ?? 'none'))
    assert.isNotNull(listed.body.data[0]?.last_used_at)
    assert.notInclude(JSON.stringify(await db.from('api_keys')), made.key)
  })
})
