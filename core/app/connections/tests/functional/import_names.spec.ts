import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { integrationForRun } from '../../integration_for_run.ts'
import Integration from '../../models/integration.ts'
import { importPlace } from '../helpers/import_place.ts'
import { upload } from '../helpers/upload.ts'

test.group('imports of one name', (group) => {
  useDatabases(group)

  const end = (runId: string | null, status: string) =>
    db
      .from('sync_runs')
      .where('id', runId ?? '')
      .update({ status })

  test('are one integration with the settings of the newest', async ({ assert }) => {
    const { send, project } = await importPlace()
    const first = await send(upload())
    const second = await send(upload({ constants: { currency: 'USD' } }))
    assert.notEqual(second.body.data.id, first.body.data.id)
    assert.equal(second.body.data.integration_id, first.body.data.integration_id)
    const found = await Integration.query().where('project_id', project.id)
    assert.lengthOf(found, 1)
    assert.containSubset(found[0]?.settings, { name: 'shop', constants: { currency: 'USD' } })
  })

  test('other names and other projects are other integrations', async ({ assert }) => {
    const one = await importPlace()
    const two = await importPlace()
    const ids = [
      await one.send(upload()),
      await one.send(upload({ name: 'other' })),
      await two.send(upload()),
    ].map(({ body }) => body.data.integration_id)
    assert.lengthOf(new Set(ids), 3)
  })

  test('simultaneous ones queue behind each other, each with its own file and spec', async ({
    assert,
  }) => {
    const { send, project } = await importPlace()
    const answers = await Promise.all([
      send(upload({ constants: { currency: 'USD' } })),
      send(upload({ constants: { currency: 'EUR' } })),
      send(upload({ constants: { currency: 'GBP' } })),
    ])
    assert.deepEqual(
      answers.map(({ status }) => status),
      [202, 202, 202]
    )
    assert.lengthOf(await Integration.query().where('project_id', project.id), 1)
    const subjects = await Promise.all(
      answers.map(({ body }) => integrationForRun(body.data.run_id ?? ''))
    )
    assert.deepEqual(
      subjects.map(({ config }) => config.constants),
      [{ currency: 'USD' }, { currency: 'EUR' }, { currency: 'GBP' }]
    )
    assert.lengthOf(new Set(subjects.map(({ config }) => config.file)), 3)
  })

  test('keep the file of the newest that was published, and of those to come', async ({
    assert,
  }) => {
    const { send, left } = await importPlace()
    const published = await send(upload())
    await end(published.body.data.run_id, 'done')
    const failed = await send(upload())
    await end(failed.body.data.run_id, 'failed')
    assert.lengthOf(await left(), 2)
    await send(upload())
    assert.lengthOf(await left(), 2, 'the failed one is gone')
  })

  test('cannot be synced from elsewhere, and go with their integration', async ({ assert }) => {
    const { send, call, id, left } = await importPlace()
    const { body } = await send(upload())
    const path = `/projects/${id}/integrations/${body.data.integration_id}`
    const sync = await call.post(`${path}/sync`)
    assert.equal(sync.status, 409)
    assert.include(sync.text, 'imports')
    assert.equal((await call.delete(path)).status, 204)
    assert.deepEqual(await left(), [])
    assert.equal((await call.get(`/projects/${id}/imports/${body.data.id}`)).status, 404)
  })

  test('go with their project', async ({ assert }) => {
    const { send, call, id, left } = await importPlace()
    await send(upload())
    assert.equal((await call.delete(`/projects/${id}`)).status, 204)
    assert.deepEqual(await left(), [])
  })
})
