import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { z } from 'zod'
import { api, type Many, type One } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { addTo, makeProject, type TestAccount } from '#tests/factories'
import { takeLogs } from '#tests/log_capture'
import { CredentialsUnreadable, CredentialVault } from '../../credentials.ts'
import { onIntegrationRemoved } from '../../hooks.ts'
import { credentialsOf } from '../../integrations.ts'
import Integration from '../../models/integration.ts'
import SyncRun from '../../models/sync_run.ts'
import { rotateCredentials } from '../../rotate_credentials.ts'
import type { IntegrationView } from '../../views/integration_view.ts'
import { useSources } from '../helpers/fixtures.ts'

type View = z.output<typeof IntegrationView>
interface Answer {
  data: View
  errors?: { field: string; rule: string }[]
}

const CANARY = 'canary-secret-4711'
const input = {
  type: 'northwind-shop',
  name: 'Shop',
  settings: { host: 'https://shop.example.com' },
  credentials: { token: CANARY },
}

const create = (owner: TestAccount, id: string, changes: Record<string, unknown> = {}) =>
  api(owner).post<Answer>(`/projects/${id}/integrations`, { ...input, ...changes })

const fields = ({ errors }: Answer) => errors?.map(({ field }) => field)

test.group('POST /projects/:id/integrations', (group) => {
  useDatabases(group)
  useSources(group, 'northwind')

  test('creates one that waits for its first run', async ({ assert }) => {
    const { id, owner } = await makeProject()
    const { status, body } = await create(owner, id)
    assert.equal(status, 201)
    assert.containSubset(body.data, {
      type: 'northwind-shop',
      name: 'Shop',
      status: 'pending',
      settings: { host: 'https://shop.example.com' },
      has_credentials: true,
      last_synced_at: null,
    })
  })

  test('takes the name that reports use as the type', async ({ assert }) => {
    const { id, owner } = await makeProject()
    const { body } = await create(owner, id, { type: 'northwind_shop', name: undefined })
    assert.equal(body.data.type, 'northwind-shop')
    assert.equal(body.data.name, 'Northwind Shop')
  })

  test('secrets are in no answer, no log and no column', async ({ assert }) => {
    takeLogs()
    const { id, owner } = await makeProject()
    const created = await create(owner, id)
    const path = `/projects/${id}/integrations`
    const answers = [
      created,
      await api(owner).get(path),
      await api(owner).get(`${path}/${created.body.data.id}`),
      await create(owner, id, { name: 'x', credentials: { token: CANARY, pin: 4711 } }),
      await create(owner, id, { name: 'y', settings: { token: CANARY } }),
    ]
    for (const { text } of answers) assert.notInclude(text, CANARY)
    assert.notInclude(takeLogs(), CANARY)
    const dump = await db.from('integrations').select('*')
    assert.notInclude(JSON.stringify(dump), CANARY)
    assert.notInclude(JSON.stringify(await db.from('audit_log').select('*')), CANARY)
  })

  test('names the field at fault where the form has it', async ({ assert }) => {
    const { id, owner } = await makeProject()
    const bad = await create(owner, id, {
      settings: { host: 'no address', region: 'moon' },
      credentials: { token: 'short' },
    })
    assert.equal(bad.status, 422)
    assert.sameMembers(fields(bad.body) ?? [], [
      'settings.host',
      'settings.region',
      'credentials.token',
    ])
    const missing = await create(owner, id, { credentials: {} })
    assert.deepEqual(fields(missing.body), ['credentials.token'])
  })

  test('refuses secrets among settings, settings among secrets, and unknown fields', async ({
    assert,
  }) => {
    const { id, owner } = await makeProject()
    const { status, body } = await create(owner, id, {
      settings: { ...input.settings, token: CANARY, colour: 'red' },
      credentials: { token: CANARY, region: 'eu' },
    })
    assert.equal(status, 422)
    assert.sameMembers(fields(body) ?? [], [
      'settings.token',
      'settings.colour',
      'credentials.region',
    ])
  })

  test('refuses unknown sources, and those that files feed', async ({ assert }) => {
    const { id, owner } = await makeProject()
    const unknown = await create(owner, id, { type: 'nothing' })
    assert.equal(unknown.status, 422)
    assert.include(unknown.text, 'northwind-shop')
    const file = await create(owner, id, { type: 'csv', settings: {}, credentials: {} })
    assert.equal(file.status, 422)
    assert.include(file.text, 'imports')
  })

  test('a name is given once for a source', async ({ assert }) => {
    const { id, owner } = await makeProject()
    await create(owner, id)
    assert.equal((await create(owner, id)).status, 409)
    const other = await makeProject()
    assert.equal((await create(other.owner, other.id)).status, 201)
  })

  test('viewers and strangers may not', async ({ assert }) => {
    const made = await makeProject()
    const stranger = (await makeProject()).owner
    const viewer = await addTo(made, 'viewer')
    assert.equal((await create(viewer, made.id)).status, 403)
    assert.equal((await create(stranger, made.id)).status, 403)
  })
})

test.group('one integration', (group) => {
  useDatabases(group)
  useSources(group, 'northwind')

  async function made(changes: Record<string, unknown> = {}) {
    const project = await makeProject()
    const { body } = await create(project.owner, project.id, changes)
    const path = `/projects/${project.id}/integrations/${body.data.id}`
    return { ...project, path, integration: body.data, call: api(project.owner) }
  }

  const stored = (id: string) => Integration.findOrFail(id)

  test('is listed page by page, in its project alone', async ({ assert }) => {
    const { id, owner, path, call } = await made()
    await create(owner, id, { name: 'Second' })
    const list = `/projects/${id}/integrations`
    const first = await call.get<Many<typeof IntegrationView>>(list, { query: { limit: '1' } })
    assert.deepEqual(
      first.body.data.map(({ name }) => name),
      ['Shop']
    )
    const query = { limit: '1', cursor: first.body.next_cursor ?? '' }
    const second = await call.get<Many<typeof IntegrationView>>(list, { query })
    assert.equal(second.body.data[0]?.name, 'Second')
    assert.isNull(second.body.next_cursor)

    const other = await makeProject()
    const number = path.split('/').at(-1)
    const foreign = await api(other.owner).get(`/projects/${other.id}/integrations/${number}`)
    assert.equal(foreign.status, 404)
    assert.equal((await api(other.owner).get(path)).status, 403)
  })

  test('PATCH merges settings, null takes a value away', async ({ assert }) => {
    const { path, call } = await made({
      settings: { ...input.settings, region: 'us', lookback: 3 },
    })
    const { body } = await call.patch<Answer>(path, { settings: { lookback: null } })
    assert.deepEqual(body.data.settings, { host: 'https://shop.example.com', region: 'us' })
    const bad = await call.patch<Answer>(path, { settings: { lookback: 900 } })
    assert.deepEqual(fields(bad.body), ['settings.lookback'])
  })

  test('PATCH of one secret keeps the others', async ({ assert }) => {
    const { path, call, integration } = await made({ credentials: { token: CANARY, pin: '12' } })
    await call.patch(path, { credentials: { pin: '34' } })
    const row = await stored(integration.id)
    assert.deepEqual(credentialsOf(row), { token: CANARY, pin: '34' })
  })

  test('a new host needs every secret again', async ({ assert }) => {
    const { path, call } = await made({ credentials: { token: CANARY, pin: '12' } })
    const settings = { host: 'https://evil.example.com' }
    const without = await call.patch<Answer>(path, { settings, credentials: { pin: '12' } })
    assert.equal(without.status, 422)
    assert.deepEqual(fields(without.body), ['credentials.token'])
    const credentials = { token: CANARY, pin: '12' }
    assert.equal((await call.patch(path, { settings, credentials })).status, 200)
    assert.equal((await call.patch(path, { settings })).status, 200, 'the same host')
  })

  test('its secrets open for no other integration', async ({ assert }) => {
    const victim = await made()
    const thief = await made()
    const { encryptedCredentials } = await stored(victim.integration.id)
    const row = await stored(thief.integration.id)
    await row.merge({ encryptedCredentials }).save()
    assert.throws(() => credentialsOf(row), CredentialsUnreadable)
  })

  test('rotation changes the key and nothing else', async ({ assert }) => {
    const { integration, project } = await made()
    const [before, after] = ['a', 'b'].map((letter) => letter.repeat(40)) as [string, string]
    const owner = { projectId: project.id, integrationId: integration.id }
    const row = await stored(integration.id)
    const sealed = new CredentialVault([before]).encrypt({ token: CANARY }, owner)
    await db.from('integrations').whereNot('id', row.id).update({ encrypted_credentials: null })
    await row.merge({ encryptedCredentials: sealed }).save()
    const vault = new CredentialVault([after, before])
    assert.equal(await rotateCredentials(vault), 1)
    assert.equal(await rotateCredentials(vault), 0)
    const { encryptedCredentials } = await stored(integration.id)
    const opened = new CredentialVault([after]).decrypt(encryptedCredentials ?? '', owner)
    assert.deepEqual(opened, { token: CANARY })
  })

  test('DELETE waits for a run that goes on, and tells those who keep its rows', async ({
    assert,
  }) => {
    const removed: string[] = []
    onIntegrationRemoved((integration) => {
      removed.push(integration.id)
      return Promise.resolve()
    })
    const { path, call, integration } = await made()
    const run = await call.post<{ data: { id: string } }>(`${path}/sync`, {})
    await SyncRun.query().where('id', run.body.data.id).update({ status: 'running' })
    assert.equal((await call.delete(path)).status, 409)
    await SyncRun.query().where('id', run.body.data.id).update({ status: 'done' })
    assert.equal((await call.delete(path)).status, 204)
    assert.deepEqual(removed, [integration.id])
    assert.equal((await call.get(path)).status, 404)
    assert.isNull(await SyncRun.find(run.body.data.id))
  })
})

test.group('GET /projects/:id/integrations/:id, shape', (group) => {
  useDatabases(group)
  useSources(group, 'northwind')

  test('shows the error of the last run, without what else was stored', async ({ assert }) => {
    const { id, owner } = await makeProject()
    const { body } = await create(owner, id)
    await db
      .from('integrations')
      .where('id', body.data.id)
      .update({
        status: 'needs_reauth',
        error: JSON.stringify({ code: 'auth_expired', message: 'Connect again.', cause: CANARY }),
      })
    const shown = await api(owner).get<One<typeof IntegrationView>>(
      `/projects/${id}/integrations/${body.data.id}`
    )
    assert.deepEqual(shown.body.data.error, { code: 'auth_expired', message: 'Connect again.' })
    assert.notInclude(shown.text, CANARY)
  })
})
