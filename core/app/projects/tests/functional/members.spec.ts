import { test } from '@japa/runner'
import type { MemberView, ProjectView } from '#projects/schemas'
import { api, type Many, type One } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { addTo, makeProject, signUp } from '#tests/factories'

test.group('members', (group) => {
  useDatabases(group)

  test('an owner adds a registered user, who can then read', async ({ assert }) => {
    const { id, owner } = await makeProject()
    const guest = await signUp()
    assert.equal((await api(guest).get(`/projects/${id}`)).status, 403)
    const added = await api(owner).post<One<typeof MemberView>>(`/projects/${id}/members`, {
      email: guest.email,
      permission_level: 'viewer',
    })
    assert.equal(added.status, 201)
    assert.equal((await api(guest).get(`/projects/${id}`)).status, 200)

    const { body } = await api(guest).get<Many<typeof MemberView>>(`/projects/${id}/members`)
    assert.deepEqual(
      body.data.map((member) => [member.email, member.permission_level]),
      [
        [owner.email, 'owner'],
        [guest.email, 'viewer'],
      ]
    )
  })

  test('adding twice is a conflict, an unknown e-mail is named', async ({ assert }) => {
    const { id, owner } = await makeProject()
    const add = (email: string) =>
      api(owner).post(`/projects/${id}/members`, { email, permission_level: 'viewer' })
    assert.equal((await add(owner.email)).status, 409)
    assert.containSubset((await add('nobody@example.com')).body, { errors: [{ field: 'email' }] })
  })

  test('a level takes effect at once', async ({ assert }) => {
    const made = await makeProject()
    const member = await addTo(made, 'viewer')
    const rename = () => api(member).patch(`/projects/${made.id}`, { name: 'x' })
    assert.equal((await rename()).status, 403)
    await api(made.owner).patch(`/projects/${made.id}/members/${member.id}`, {
      permission_level: 'editor',
    })
    assert.equal((await rename()).status, 200)
    const removed = await api(made.owner).delete(`/projects/${made.id}/members/${member.id}`)
    assert.equal(removed.status, 204)
    assert.equal((await rename()).status, 403)
  })

  test('the last owner stays', async ({ assert }) => {
    const { id, owner } = await makeProject()
    const own = `/projects/${id}/members/${owner.id}`
    assert.equal((await api(owner).delete(own)).status, 409)
    assert.equal((await api(owner).delete(`/projects/${id}/members/me`)).status, 409)
    assert.equal((await api(owner).patch(own, { permission_level: 'editor' })).status, 409)
  })

  test('of two owners who leave at once one stays', async ({ assert }) => {
    const made = await makeProject()
    const second = await addTo(made, 'owner')
    const answers = await Promise.all(
      [made.owner, second].map((one) => api(one).delete(`/projects/${made.id}/members/me`))
    )
    assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 409])
  })

  test('the project names an owner who is one still', async ({ assert }) => {
    const made = await makeProject()
    const second = await addTo(made, 'owner')
    await api(made.owner).delete(`/projects/${made.id}/members/me`)
    const { body } = await api(second).get<One<typeof ProjectView>>(`/projects/${made.id}`)
    assert.equal(body.data.owner_id, String(second.id))
  })

  test('somebody who is no member is not found', async ({ assert }) => {
    const { id, owner } = await makeProject()
    const stranger = await signUp()
    for (const who of [stranger.id, 'abc', '99999999999']) {
      assert.equal((await api(owner).delete(`/projects/${id}/members/${who}`)).status, 404)
    }
  })
})
