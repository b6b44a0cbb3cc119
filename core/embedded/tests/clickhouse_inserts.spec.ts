import { request as httpRequest } from 'node:http'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { test } from '@japa/runner'
import { eventually, startEngine, type TestEngine } from './engine.ts'

let engine: TestEngine

/** Bytes in pieces of awkward sizes, as a network cuts them. */
function* pieces(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function* endless(line: string): AsyncGenerator<Buffer> {
  const block = Buffer.from(line.repeat(2000))
  for (;;) {
    yield block
    await sleep(0)
  }
}

const table =
  'CREATE OR REPLACE TABLE t (id UInt32, note String, extra UInt8 DEFAULT 7) ENGINE = MergeTree ORDER BY id'
const tricky = (id: number) => `line one of ${id}\nline "two", and\r\nthree`
const rowCount = 120_000

const encodings = {
  CSV: (id: number) => `${id},"${tricky(id).replaceAll('"', '""')}",1\n`,
  TabSeparated: (id: number) =>
    `${id}\t${tricky(id).replaceAll('\n', '\\n').replaceAll('\r', '\\r')}\t1\n`,
  JSONEachRow: (id: number) => `${JSON.stringify({ id, note: tricky(id), extra: 1 })}\n`,
}

function encoded(format: keyof typeof encodings): Buffer {
  return Buffer.from(Array.from({ length: rowCount }, (_, id) => encodings[format](id)).join(''))
}

async function assertComplete(
  assert: { deepEqual: (a: unknown, b: unknown) => void },
  extra: number
) {
  const wanted = `concat('line one of ', toString(id), '\\nline "two", and\\r\\nthree')`
  assert.deepEqual(
    await engine.rows(
      `SELECT count() AS n, uniqExact(id) AS ids, countIf(note = ${wanted}) AS right, sum(extra) AS extra FROM t`
    ),
    [{ n: rowCount, ids: rowCount, right: rowCount, extra: extra * rowCount }]
  )
}

test.group('Inserts', (group) => {
  group.setup(async () => {
    engine = await startEngine()
  })
  group.teardown(() => engine.stop())
  group.each.setup(async () => {
    await engine.run(table)
  })

  test('{$self} streams whole, with line breaks inside values')
    .with(['CSV', 'TabSeparated', 'JSONEachRow'] as const)
    .run(async ({ assert }, format) => {
      const values = Readable.from(pieces(encoded(format), 65_521), { objectMode: false })
      const query = `INSERT INTO t FORMAT ${format}`
      const { summary, stream } = await engine.client.exec({ query, values })
      stream.resume()
      assert.equal(summary?.written_rows, String(rowCount))
      await assertComplete(assert, 1)
    })

  test('a header names the columns, and the others get their defaults', async ({ assert }) => {
    const csv = encoded('CSV').toString().replaceAll(',1\n', '\n')
    const values = Readable.from(pieces(Buffer.from(`note,id\n${csv}`), 4099), {
      objectMode: false,
    })
    await assert.rejects(() => engine.client.insert({ table: 't', values, format: 'CSVWithNames' }))
    const named = Readable.from(pieces(Buffer.from(`id,note\n${csv}`), 4099), { objectMode: false })
    await engine.client.insert({ table: 't', values: named, format: 'CSVWithNames' })
    await assertComplete(assert, 7)
  })

  test('gzip of a sender is unpacked by the engine', async ({ assert }) => {
    const answer = await engine.raw(
      { query: 'INSERT INTO t FORMAT CSV' },
      {
        method: 'POST',
        body: new Uint8Array(gzipSync(encoded('CSV'))),
        headers: { 'content-encoding': 'gzip' },
      }
    )
    assert.equal(answer.status, 200)
    await assertComplete(assert, 1)
  })

  test('objects, values in the statement, data behind it, and nothing at all', async ({
    assert,
  }) => {
    await engine.client.insert({
      table: 't',
      values: [{ id: 1, note: 'я' }],
      format: 'JSONEachRow',
    })
    await engine.client.command({
      query: "INSERT INTO t (id, note) VALUES (2, {note:String}), (1 + 2, 'a;b')",
      query_params: { note: 'bound' },
    })
    await engine.raw(
      {},
      { method: 'POST', body: 'INSERT INTO t (id, note) FORMAT TSV\n4\tinline\n' }
    )
    await engine.raw({ query: 'INSERT INTO t FORMAT CSV' }, { method: 'POST', body: '' })
    await engine.run("INSERT INTO t (id, note) SELECT 5, 'selected'")
    assert.deepEqual(await engine.rows('SELECT id, note FROM t ORDER BY id'), [
      { id: 1, note: 'я' },
      { id: 2, note: 'bound' },
      { id: 3, note: 'a;b' },
      { id: 4, note: 'inline' },
      { id: 5, note: 'selected' },
    ])
  })

  test('a bad row fails with the reason, at once, while its sender still sends', async ({
    assert,
  }) => {
    async function* values() {
      for (let block = 0; block < 40; block += 1) yield Buffer.from('1,"fine"\n'.repeat(5000))
      yield Buffer.from('not a number,"bad"\n')
      yield* endless('2,"fine"\n')
    }
    const sent = engine.client.insert({
      table: 't',
      columns: ['id', 'note'],
      values: Readable.from(values(), { objectMode: false }),
      format: 'CSV',
    })
    const error: unknown = await sent.catch((thrown: unknown) => thrown)
    assert.include(error, { code: '27', type: 'CANNOT_PARSE_INPUT_ASSERTION_FAILED' })
    assert.match(String(error), /at row 200001/)
    assert.notMatch(String(error), /\.in\b|in file/)
    assert.deepEqual(await engine.rows('SELECT count() AS n FROM t'), [{ n: 0 }])
  })

  test('a table that is not there is known before the data end', async ({ assert }) => {
    const values = Readable.from(endless('1,"x"\n'), { objectMode: false })
    const sent = engine.client.insert({ table: 'missing', values, format: 'CSV' })
    const error: unknown = await sent.catch((thrown: unknown) => thrown)
    assert.include(error, { code: '60', type: 'UNKNOWN_TABLE' })
  })

  test('rows pass through a query on their way', async ({ assert }) => {
    const { stream } = await engine.client.exec({
      query: `INSERT INTO t (id, note, extra)
        SELECT toUInt32(number) AS id, {prefix:String} || note, extra + 1
        FROM input('number String, note String, extra UInt8') FORMAT CSV`,
      query_params: { prefix: '' },
      values: Readable.from(pieces(encoded('CSV'), 65_521), { objectMode: false }),
    })
    stream.resume()
    await assertComplete(assert, 2)
  })

  test('nothing is kept of {query} whose sender went away after {lines} lines')
    .with(
      [
        'INSERT INTO t (id, note) FORMAT CSV',
        "INSERT INTO t (id, note) SELECT a, b FROM input('a UInt32, b String') FORMAT CSV",
      ].flatMap((query) => [1, 1_000, 100_000, 400_000].map((lines) => ({ query, lines })))
    )
    .run(async ({ assert }, { query, lines }) => {
      const target = `http://${engine.url.host}/?${new URLSearchParams({ query }).toString()}`
      const auth = `default:${engine.url.password}`
      const sender = httpRequest(target, { method: 'POST', auth })
      sender.on('error', () => undefined)
      await new Promise<void>((resolve) => {
        sender.write('1,"whole line"\n'.repeat(lines), () => resolve())
      })
      await sleep(50)
      sender.destroy()
      await eventually(async () => {
        const running = await engine.rows(
          "SELECT 1 FROM system.processes WHERE query ILIKE 'insert%'"
        )
        return running.length === 0
      })
      assert.deepEqual(await engine.rows('SELECT count() AS n FROM t'), [{ n: 0 }])
    })
})
