import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { z } from 'zod'
import { api, type Many } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { addTo, makeProject } from '#tests/factories'
import { integrationForRun } from '../../integration_for_run.ts'
import Integration from '../../models/integration.ts'
import SyncRun from '../../models/sync_run.ts'
import { uploads } from '../../upload_store.ts'
import type { ImportView } from '../../views/import_view.ts'
import { file, form, spec, storedFiles, upload } from '../helpers/upload.ts'

type View = z.output<typeof ImportView>
type Answer = { data: View; code?: string; errors?: { field: string; rule: string }[] }

async function place() {
  const made = await makeProject({ currency: 'GBP', timezone: 'Europe/London' })
  await uploads.removeProject(made.project.id)
  const before = new Set(await storedFiles())
  const path = `/projects/${made.id}/imports`
  const call = api(made.owner)
  const send = (body: FormData) => call.post<Answer>(path, undefined, { raw: body })
  /** What this test has left in the upload store. */
  const left = async () => (await storedFiles()).filter((name) => !before.has(name))
  return { ...made, path, call, send, left }
}

const fields = ({ errors }: Answer) => errors?.map(({ field }) => field)

test.group('POST /projects/:id/imports', (group) => {
  useDatabases(group)

  test('stores the file, and queues a run that will find it', async ({ assert }) => {
    const { send, left } = await place()
    const { status, body } = await send(upload())
    assert.equal(status, 202)
    assert.containSubset(body.data, {
      name: 'shop',
      file_name: 'orders.csv',
      file_size: file.length,
      status: 'queued',
      rows_read: 0,
      rejected_sample: [],
      rejected_file_url: null,
      error: null,
    })
    assert.lengthOf(await left(), 1)
    const subject = await integrationForRun(body.data.run_id ?? '')
    assert.equal(subject.trigger, 'import')
    assert.containSubset(subject.config, { ...spec, date_format: 'auto' })
    const context = subject.context({ signal: new AbortController().signal, log: () => undefined })
    const handle = context.file('file')
    assert.equal(handle.name, 'orders.csv')
    const chunks: Uint8Array[] = []
    for await (const chunk of handle.open({ from: 3 })) chunks.push(chunk)
    assert.equal(Buffer.concat(chunks).toString(), file.slice(3))
  })

  test('takes the spec as a file part as well, and names nameless imports', async ({ assert }) => {
    const { send } = await place()
    const { name: _name, ...nameless } = spec
    const { status, body } = await send(
      form([
        ['spec', nameless, 'blob'],
        ['file', file, 'C:\\exports\\May.csv'],
      ])
    )
    assert.equal(status, 202)
    assert.equal(body.data.name, 'May.csv')
    assert.equal(body.data.file_name, 'May.csv')
  })

  test('judges the file by its content, not by its name', async ({ assert }) => {
    const { send } = await place()
    const packed = form([
      ['spec', spec],
      ['file', gzipSync(file), 'picture.png'],
    ])
    assert.equal((await send(packed)).status, 202)
  })

  test('names what of the spec is wrong, and keeps no file', async ({ assert }) => {
    const { send, left, project } = await place()
    const cases: [Record<string, unknown>, string][] = [
      [{ columns: { ordered_at: 'at', total: 'total' } }, 'spec.columns.order_id'],
      [{ columns: { ...spec.columns, colour: 'id' } }, 'spec.columns.colour'],
      [{ kind: 'sausages' }, 'spec.kind'],
      [{ timezone: 'Mars/North' }, 'spec.timezone'],
      [{ rules: [{ when: { column: 'id' }, as: 'skip' }] }, 'spec.rules.0.when'],
      [{ typo: 1 }, 'spec.typo'],
      [{ file: '1/another-upload-of-somebody' }, 'spec.file'],
      [{ name: ' ' }, 'spec.name'],
    ]
    for (const [changes, field] of cases) {
      const { status, body } = await send(upload(changes))
      assert.equal(status, 422, field)
      assert.include(fields(body), field)
    }
    assert.deepEqual(await left(), [])
    assert.lengthOf(await Integration.query().where('project_id', project.id), 0)
  })

  test('looks into the file before it accepts it', async ({ assert }) => {
    const { send, left, project } = await place()
    const cut = gzipSync(Buffer.concat([Buffer.from(file), randomBytes(5000)])).subarray(0, 900)
    const cases: [Record<string, unknown>, string | Uint8Array, string][] = [
      [{ columns: { ...spec.columns, order_id: 'number' } }, file, 'spec.columns.order_id'],
      [{}, '', 'file'],
      [{}, randomBytes(4096), 'file'],
      [{}, cut, 'file'],
    ]
    for (const [changes, content, field] of cases) {
      const { status, body } = await send(upload(changes, content))
      assert.equal(status, 422, `${field}: ${JSON.stringify(body)}`)
      assert.deepEqual(fields(body), [field])
    }
    assert.deepEqual(await left(), [])
    assert.lengthOf(await Integration.query().where('project_id', project.id), 0)
  })

  test('the spec comes first, once, as JSON', async ({ assert }) => {
    const { send, left } = await place()
    const cases: [Parameters<typeof form>[0], string][] = [
      [
        [
          ['file', file, 'o.csv'],
          ['spec', spec],
        ],
        'spec',
      ],
      [[['spec', spec]], 'file'],
      [[['file', file, 'o.csv']], 'spec'],
      [
        [
          ['spec', '{"kind":'],
          ['file', file, 'o.csv'],
        ],
        'spec',
      ],
      [
        [
          ['spec', '[1]'],
          ['file', file, 'o.csv'],
        ],
        'spec',
      ],
      [
        [
          ['spec', spec],
          ['spec', spec],
          ['file', file, 'o.csv'],
        ],
        'spec',
      ],
      [
        [
          ['spec', spec],
          ['file', file, 'o.csv'],
          ['file', file, 'p.csv'],
        ],
        'file',
      ],
      [
        [
          ['spec', spec],
          ['file', file],
        ],
        'file',
      ],
      [
        [
          ['spec', spec],
          ['extra', '1'],
          ['file', file, 'o.csv'],
        ],
        'extra',
      ],
    ]
    for (const [index, [parts, field]] of cases.entries()) {
      const { status, body } = await send(form(parts))
      assert.equal(status, 422, `case ${index}`)
      assert.deepEqual(fields(body), [field], `case ${index}`)
    }
    assert.deepEqual(await left(), [])
  })

  test('answers 415 to anything but multipart, 400 to a broken one', async ({ assert }) => {
    const { call, path } = await place()
    assert.equal((await call.post(path, spec)).status, 415)
    const broken = await call.post(path, undefined, {
      raw: '--x\r\nContent-Disposition: form-data; name="spec"\r\n\r\n{}',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    })
    assert.equal(broken.status, 400)
    assert.equal(broken.body.code, 'malformed_multipart')
  })

  test('viewers and strangers may not, and leave nothing behind', async ({ assert }) => {
    const made = await place()
    const viewer = await addTo(made, 'viewer')
    const stranger = (await makeProject()).owner
    for (const account of [viewer, stranger]) {
      const { status } = await api(account).post(made.path, undefined, { raw: upload() })
      assert.equal(status, 403)
    }
    assert.equal((await api().post(made.path, undefined, { raw: upload() })).status, 401)
    assert.deepEqual(await made.left(), [])
  })
})

test.group('imports of one name', (group) => {
  useDatabases(group)

  const end = (runId: string | null, status: string) =>
    db
      .from('sync_runs')
      .where('id', runId ?? '')
      .update({ status })

  test('are one integration with the settings of the newest', async ({ assert }) => {
    const { send, project } = await place()
    const first = await send(upload())
    const second = await send(upload({ constants: { currency: 'USD' } }))
    assert.notEqual(second.body.data.id, first.body.data.id)
    assert.equal(second.body.data.integration_id, first.body.data.integration_id)
    const found = await Integration.query().where('project_id', project.id)
    assert.lengthOf(found, 1)
    assert.containSubset(found[0]?.settings, { name: 'shop', constants: { currency: 'USD' } })
  })

  test('other names and other projects are other integrations', async ({ assert }) => {
    const one = await place()
    const two = await place()
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
    const { send, project } = await place()
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
    const { send, left } = await place()
    const published = await send(upload())
    await end(published.body.data.run_id, 'done')
    const failed = await send(upload())
    await end(failed.body.data.run_id, 'failed')
    assert.lengthOf(await left(), 2)
    await send(upload())
    assert.lengthOf(await left(), 2, 'the failed one is gone')
  })

  test('cannot be synced from elsewhere, and go with their integration', async ({ assert }) => {
    const { send, call, id, left } = await place()
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
    const { send, call, id, left } = await place()
    await send(upload())
    assert.equal((await call.delete(`/projects/${id}`)).status, 204)
    assert.deepEqual(await left(), [])
  })

  test('the same Idempotency-Key imports once', async ({ assert }) => {
    const { call, path, left } = await place()
    const headers = { 'idempotency-key': 'once' }
    const first = await call.post<Answer>(path, undefined, { raw: upload(), headers })
    const again = await call.post<Answer>(path, undefined, { raw: upload(), headers })
    assert.equal(again.body.data.id, first.body.data.id)
    assert.lengthOf(await left(), 1)
  })
})

test.group('GET /projects/:id/imports', (group) => {
  useDatabases(group, { clickhouse: true })

  test('are listed newest first, in their project alone', async ({ assert }) => {
    const { send, call, path, owner } = await place()
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
    const { send, call, path, id } = await place()
    const { body } = await send(upload())
    const { integration_id: integration, run_id: run } = body.data
    await call.post(`/projects/${id}/integrations/${integration}/runs/${run}/cancel`)
    const shown = await call.get<Answer>(`${path}/${body.data.id}`)
    assert.equal(shown.body.data.status, 'failed')
    assert.equal(shown.body.data.error?.code, 'canceled')
  })

  async function withProgress(status: string, error: object | null = null) {
    const made = await place()
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
    const show = () => made.call.get<Answer>(`${made.path}/${id}`)
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
    const { clickhouse } = await import('#warehouse/public')
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
