import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { InvitationView, ProjectView } from '#projects/schemas'
import { api, type Many, type One } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { makeProject, signUp, type TestAccount } from '#tests/factories'

interface Invited {
  data: One<typeof InvitationView>['data'] & { token: string }
}

async function invite(owner: TestAccount, id: string, email: string): Promise<Invited['data']> {
  const { body } = await api(owner).post<Invited>(`/projects/${id}/invitations`, {
    email,
    permission_level: 'editor',
  })
  return body.data
}

test.group('invitations', (group) => {
  useDatabases(group)

  const register = (email: string, token: string) =>
    api().post('/auth/register', { email, password: 'correct horse', invitation_token: token })

  test('registering with one makes a member, although registration is closed', async ({
    assert,
  }) => {
    const { id, owner } = await makeProject()
    const { token } = await invite(owner, id, 'New@Example.com')
    assert.equal((await register('new@example.com', token)).status, 201)
    const signedIn = await api().post<{ access_token: string }>('/auth/token', {
      email: 'new@example.com',
      password: 'correct horse',
    })
    const shown = await api(signedIn.body.access_token).get<One<typeof ProjectView>>(
      `/projects/${id}`
    )
    assert.equal(shown.body.data.permission_level, 'editor')
  })

  test('a signed-in user accepts it once', async ({ assert }) => {
    const { id, owner } = await makeProject()
    const guest = await signUp()
    const { token } = await invite(owner, id, guest.email)
    const accept = () => api(guest).post('/invitations/accept', { token })
    assert.equal((await accept()).status, 200)
    assert.equal((await api(guest).get(`/projects/${id}`)).status, 200)
    assert.equal((await accept()).status, 404)
  })

  test('it opens nothing for another address', async ({ assert }) => {
    const { id, owner } = await makeProject()
    const { token } = await invite(owner, id, 'meant@example.com')
    const other = await signUp()
    assert.equal((await api(other).post('/invitations/accept', { token })).status, 403)
    assert.equal((await register('other@example.com', token)).status, 422)
  })

  test('it lives for seven days', async ({ assert }) => {
    const { id, owner } = await makeProject()
    const guest = await signUp()
    const invitation = await invite(owner, id, guest.email)
    const days =
      (Date.parse(invitation.expires_at) - Date.parse(invitation.created_at)) / 86_400_000
    assert.approximately(days, 7, 0.01)
    await db.from('invitations').where('id', invitation.id).update({ expires_at: new Date() })
    const { status } = await api(guest).post('/invitations/accept', { token: invitation.token })
    assert.equal(status, 404)
  })

  test('a withdrawn one opens nothing and is no longer listed', async ({ assert }) => {
    const { id, owner } = await makeProject()
    const guest = await signUp()
    const invitation = await invite(owner, id, guest.email)
    const path = `/projects/${id}/invitations`
    assert.equal((await api(owner).delete(`${path}/${invitation.id}`)).status, 204)
    assert.equal((await api(owner).delete(`${path}/${invitation.id}`)).status, 404)
    assert.lengthOf((await api(owner).get<Many<typeof InvitationView>>(path)).body.data, 0)
    const accepted = await api(guest).post('/invitations/accept', { token: invitation.token })
    assert.equal(accepted.status, 404)
  })

  test('the token is told once and stored as a hash', async ({ assert }) => {
    const { id, owner } = await makeProject()
    const { token } = await invite(owner, id, 'someone@example.com')
    assert.notInclude((await api(owner).get(`/projects/${id}/invitations`)).text, token)
    assert.notInclude(JSON.stringify(await db.from('invitations')), token)
    assert.notInclude(JSON.stringify(await db.from('audit_log')), token)
  })
})
