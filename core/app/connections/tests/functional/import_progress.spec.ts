import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { api, type Many } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import { clickhouse } from '#warehouse/public'
import SyncRun from '../../models/sync_run.ts'
import type { ImportView } from '../../views/import_view.ts'
import { importPlace, type ImportAnswer } from '../helpers/import_place.ts'
import { upload } from '../helpers/upload.ts'

test.group('GET /projects/:id/imports', (group) => {
  useDatabases(group, { clickhouse: true })

  test('are listed newest first, in their project alone', async ({ assert }) => {
    const { send, call, path, owner } = await importPlace()
    const ids: string[] = []
    for (const name of ['a', 'b', 'c']) ids.unshift((await send(upload({ name }))).body.data.id)
    const first = await call.get<Many<typeof ImportView>>(path, { query: { limit: '2' } })
    const query = { limit: '2', cursor: first.body.next_cursor ?? '' }
    const second = await call.get<Many<typeof ImportView>>(path, { query })
    assert.deepEqual(
      [...first.body.data, ...second.body.data].map(({ id }) => id),
      ids
    )
    const other = await makeProject({ owner })
    const foreign = await call.get(`/projects/${other.id}/imports/${ids[0]}`)
    assert.equal(foreign.status, 404)
  })

  test('a canceled import has failed, and says why', async ({ assert }) => {
    const { send, call, path, id } = await importPlace()
    const { body } = await send(upload())
    const { integration_id: integration, run_id: run } = body.data
    await call.post(`/projects/${id}/integrations/${integration}/runs/${run}/cancel`)
    const shown = await call.get<ImportAnswer>(`${path}/${body.data.id}`)
    assert.equal(shown.body.data.status, 'failed')
    assert.equal(shown.body.data.error?.code, 'canceled')
  })

  async function withProgress(status: string, error: object | null = null) {
    const made = await importPlace()
    const { body } = await made.send(upload())
    const { id, run_id: runId } = body.data
    await db.table('run_streams').insert({
      run_id: runId,
      stream: 'orders',
      status: 'running',
      rows_read: 100,
      rows_loaded: 90,
      rows_skipped: 3,
      rows_rejected: 7,
      rows_total: 400,
    })
    await db
      .from('sync_runs')
      .where('id', runId ?? '')
      .update({ status, error: error && JSON.stringify(error) })
    const show = () => made.call.get<ImportAnswer>(`${made.path}/${id}`)
    return { ...made, runId: runId ?? '', importId: id, show }
  }

  test('shows how far it is', async ({ assert }) => {
    const { show } = await withProgress('running')
    const { body } = await show()
    assert.containSubset(body.data, {
      status: 'running',
      rows_read: 100,
      rows_loaded: 90,
      rows_skipped: 3,
      rows_rejected: 7,
      rows_total: 400,
      progress: 0.25,
    })
  })

  test('is whole when done, whatever was estimated', async ({ assert }) => {
    const { body } = await (await withProgress('done')).show()
    assert.containSubset(body.data, { status: 'done', rows_total: 100, progress: 1, error: null })
  })

  test('a failed one has loaded nothing, and names the field', async ({ assert }) => {
    const error = { code: 'file_invalid', message: 'The file is cut off.', line: 17, field: 'file' }
    const { body } = await (await withProgress('failed', error)).show()
    assert.containSubset(body.data, { status: 'failed', rows_read: 100, rows_loaded: 0, error })
  })

  /** Rejected rows as two attempts leave them: the second read the first lines once more. */
  async function reject(made: { runId: string; project: { id: number } }) {
    const row = (line: number, fence: number, raw: string) => ({
      project_id: made.project.id,
      run_id: made.runId,
      stream: 'orders',
      fence,
      page: 0,
      line,
      field: 'revenue',
      message: 'Not a number, "really"',
      raw,
    })
    const lines = Array.from({ length: 30 }, (_, index) => index + 2)
    await clickhouse().insert({
      table: 'rejected_rows',
      format: 'JSONEachRow',
      values: [
        ...lines.slice(0, 5).map((line) => row(line, 1, `${line},x`)),
        ...lines.map((line) => row(line, 2, line === 3 ? '=HYPERLINK("http://x")' : `${line},x`)),
      ],
    })
  }

  test('shows the first rejected rows, each once', async ({ assert }) => {
    const made = await withProgress('done')
    await reject(made)
    const { body } = await made.show()
    assert.deepEqual(
      body.data.rejected_sample.map(({ line }) => line),
      Array.from({ length: 20 }, (_, index) => index + 2)
    )
    assert.deepEqual(body.data.rejected_sample[0], {
      line: 2,
      field: 'revenue',
      message: 'Not a number, "really"',
    })
    const url = `/projects/${made.id}/imports/${made.importId}/rejected.csv`
    assert.equal(body.data.rejected_file_url, `/api/v1${url}`)
  })

  test('gives all of them as CSV in which nothing runs as a formula', async ({ assert }) => {
    const made = await withProgress('done')
    await reject(made)
    const url = `${made.path}/${made.importId}/rejected.csv`
    const { status, text, headers } = await made.call.get(url)
    assert.equal(status, 200)
    assert.include(headers.get('content-disposition'), 'attachment')
    const lines = text.trim().split('\n')
    assert.lengthOf(lines, 31)
    assert.equal(lines[0], '"line","field","message","raw"')
    assert.equal(lines[1], '2,"revenue","Not a number, ""really""","2,x"')
    assert.equal(lines[2], `3,"revenue","Not a number, ""really""","'=HYPERLINK(""http://x"")"`)
    const stranger = (await makeProject()).owner
    assert.equal((await api(stranger).get(url)).status, 403)
    assert.equal((await api().get(url)).status, 401)
  })

  test('a run that is gone is a failed import, not an error', async ({ assert }) => {
    const made = await withProgress('done')
    await SyncRun.query().where('id', made.runId).delete()
    const { status, body } = await made.show()
    assert.equal(status, 200)
    assert.equal(body.data.status, 'failed')
  })
})
