import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { guardProjectChange, onProjectDeleted } from '#projects/public'
import type { ProjectView } from '#projects/schemas'
import { Problem } from '#shared/http/problem'
import { api, type Many, type One } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { addTo, makeProject, signUp } from '#tests/factories'

type OneProject = One<typeof ProjectView>
type ManyProjects = Many<typeof ProjectView>

test.group('projects', (group) => {
  useDatabases(group)

  test('a marketer creates a project and owns it', async ({ assert }) => {
    const marketer = await signUp()
    const { status, body } = await api(marketer).post<OneProject>('/projects', {
      name: ' Shop ',
      currency: 'gbp',
      timezone: 'Europe/London',
      week_start: 'sunday',
    })
    assert.equal(status, 201)
    assert.containSubset(body.data, {
      name: 'Shop',
      currency: 'GBP',
      timezone: 'Europe/London',
      week_start: 'sunday',
      owner_id: String(marketer.id),
      permission_level: 'owner',
    })
    const shown = await api(marketer).get<OneProject>(`/projects/${body.data.id}`)
    assert.deepEqual(shown.body.data, body.data)
  })

  test('currency and time zone must exist', async ({ assert }) => {
    const marketer = await signUp()
    for (const wrong of [
      { currency: 'XYZ1' },
      { currency: 'QQQ' },
      { timezone: 'Mars/Base' },
      { timezone: '+03:00' },
      { week_start: 'tuesday' },
    ]) {
      const { status } = await api(marketer).post('/projects', { name: 'x', ...wrong })
      assert.equal(status, 422, JSON.stringify(wrong))
    }
  })

  test('time zones are stored as the databases spell them', async ({ assert }) => {
    const marketer = await signUp()
    const stored = async (timezone: string) =>
      (await api(marketer).post<OneProject>('/projects', { name: 'x', timezone })).body.data
        .timezone
    assert.equal(await stored('europe/london'), 'Europe/London')
    assert.equal(await stored('Asia/Kolkata'), 'Asia/Kolkata')
  })

  test('the list holds what one may see, page by page', async ({ assert }) => {
    const owner = await signUp()
    const made = []
    for (let n = 0; n < 3; n++) made.push((await makeProject({ owner })).id)
    await makeProject()

    const first = await api(owner).get<ManyProjects>('/projects', { query: { limit: '2' } })
    const cursor = first.body.next_cursor ?? ''
    const second = await api(owner).get<ManyProjects>('/projects', {
      query: { limit: '2', cursor },
    })
    assert.deepEqual(
      [...first.body.data, ...second.body.data].map(({ id }) => id),
      made
    )
    assert.isNull(second.body.next_cursor)

    const admin = await signUp({ role: 'admin' })
    const all = await api(admin).get<ManyProjects>('/projects')
    assert.isAbove(all.body.data.length, made.length)
  })

  test('a made-up cursor is refused', async ({ assert }) => {
    const account = await signUp()
    const huge = Buffer.from('999999999999999').toString('base64url')
    for (const cursor of ['bm9wZQ', huge]) {
      const { status } = await api(account).get('/projects', { query: { cursor } })
      assert.equal(status, 422)
    }
  })

  test('foreign and unknown projects are the same answer', async ({ assert }) => {
    const stranger = await signUp()
    const { id } = await makeProject()
    const foreign = await api(stranger).get(`/projects/${id}`)
    assert.equal(foreign.status, 403)
    for (const unknown of ['999999', '99999999999999999999', '0', 'abc', '1.5']) {
      const answer = await api(stranger).get(`/projects/${unknown}`)
      assert.deepEqual([answer.status, answer.body], [403, foreign.body], unknown)
    }
  })

  test('a viewer changes nothing', async ({ assert }) => {
    const made = await makeProject({ name: 'Before' })
    const viewer = await addTo(made, 'viewer')
    assert.equal((await api(viewer).patch(`/projects/${made.id}`, { name: 'After' })).status, 403)
    assert.equal((await api(viewer).delete(`/projects/${made.id}`)).status, 403)
    const { body } = await api(made.owner).get<OneProject>(`/projects/${made.id}`)
    assert.equal(body.data.name, 'Before')
  })

  test('deleting takes everything along and asks the other domains', async ({ assert }) => {
    const deleted: number[] = []
    onProjectDeleted(async (project) => {
      deleted.push(project.id)
    })
    const made = await makeProject()
    await addTo(made, 'viewer')
    assert.equal((await api(made.owner).delete(`/projects/${made.id}`)).status, 204)
    assert.deepEqual(deleted, [made.project.id])
    assert.lengthOf(await db.from('project_members').where('project_id', made.project.id), 0)
    assert.equal((await api(made.owner).get(`/projects/${made.id}`)).status, 403)
    const record = await db
      .from('audit_log')
      .where({ action: 'project.deleted', project_id: made.project.id })
      .firstOrFail()
    assert.equal(record.actor_id, made.owner.id)
  })

  test('a guard keeps the currency while data exists; other fields stay free', async ({
    assert,
  }) => {
    const made = await makeProject({ currency: 'EUR' })
    guardProjectChange(async (project) => {
      if (project.id === made.project.id) {
        throw new Problem('conflict', { detail: 'The project holds data' })
      }
    })
    const change = (body: object) => api(made.owner).patch(`/projects/${made.id}`, body)
    const refused = await change({ currency: 'USD', name: 'New' })
    assert.equal(refused.status, 409)
    assert.equal(refused.body.detail, 'The project holds data')
    assert.equal((await change({ currency: 'EUR', name: 'New' })).status, 200)
  })
})
