import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { test } from '@japa/runner'
import { api } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { addTo, makeProject } from '#tests/factories'
import { integrationForRun } from '../../integration_for_run.ts'
import Integration from '../../models/integration.ts'
import { faults, importPlace } from '../helpers/import_place.ts'
import { file, form, spec, upload } from '../helpers/upload.ts'

test.group('POST /projects/:id/imports', (group) => {
  useDatabases(group)

  test('stores the file, and queues a run that will find it', async ({ assert }) => {
    const { send, left } = await importPlace()
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

  test('texts that no column can keep: refused in the spec, dropped from a file name', async ({
    assert,
  }) => {
    const { send, left } = await importPlace()
    for (const bad of ['a\0b', 'a\ud800b']) {
      const refused = await send(upload({ name: bad }))
      assert.equal(refused.status, 422)
      assert.deepEqual(faults(refused.body), ['spec.name'])
    }
    assert.isEmpty(await left())
    const { status, body } = await send(
      form([
        ['spec', spec, 'blob'],
        ['file', file, 'or\0ders.csv'],
      ])
    )
    assert.deepEqual([status, body.data.file_name], [202, 'orders.csv'])
  })

  test('takes the spec as a file part as well, and names nameless imports', async ({ assert }) => {
    const { send } = await importPlace()
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
    const { send } = await importPlace()
    const packed = form([
      ['spec', spec],
      ['file', gzipSync(file), 'picture.png'],
    ])
    assert.equal((await send(packed)).status, 202)
  })

  test('names what of the spec is wrong, and keeps no file', async ({ assert }) => {
    const { send, left, project } = await importPlace()
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
      assert.include(faults(body), field)
    }
    assert.deepEqual(await left(), [])
    assert.lengthOf(await Integration.query().where('project_id', project.id), 0)
  })

  test('looks into the file before it accepts it', async ({ assert }) => {
    const { send, left, project } = await importPlace()
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
      assert.deepEqual(faults(body), [field])
    }
    assert.deepEqual(await left(), [])
    assert.lengthOf(await Integration.query().where('project_id', project.id), 0)
  })

  test('the spec comes first, once, as JSON', async ({ assert }) => {
    const { send, left } = await importPlace()
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
      assert.deepEqual(faults(body), [field], `case ${index}`)
    }
    assert.deepEqual(await left(), [])
  })

  test('answers 415 to anything but multipart, 400 to a broken one', async ({ assert }) => {
    const { call, path } = await importPlace()
    assert.equal((await call.post(path, spec)).status, 415)
    const broken = await call.post(path, undefined, {
      raw: '--x\r\nContent-Disposition: form-data; name="spec"\r\n\r\n{}',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    })
    assert.equal(broken.status, 400)
    assert.equal(broken.body.code, 'malformed_multipart')
  })

  test('viewers and strangers may not, and leave nothing behind', async ({ assert }) => {
    const made = await importPlace()
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
