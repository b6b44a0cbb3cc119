import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { TupleParam } from '@clickhouse/client'
import { test } from '@japa/runner'
import { quietClient, startEngine, type TestEngine } from './engine.ts'

let engine: TestEngine
const share = {
  setup: async () => {
    engine = await startEngine()
  },
  teardown: () => engine.stop(),
}

async function value(query: string, query_params: Record<string, unknown> = {}): Promise<unknown> {
  const answer = await engine.client.query({ query, query_params, format: 'JSONCompactEachRow' })
  const [row] = await answer.json<unknown[]>()
  return row?.[0]
}

/** Megabytes. */
function peakMemory(pid: number): number {
  const [, peak] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(peak) / 1000
}

test.group('Queries through the ordinary client', (group) => {
  group.setup(share.setup)
  group.teardown(() => share.teardown())

  test('a parameter may be as long as on a server: every day of a century', async ({ assert }) => {
    const days = Array.from({ length: 36_525 }, (_, day) =>
      new Date(day * 86_400_000).toISOString().slice(0, 10)
    )
    assert.equal(await value('SELECT length({days:Array(Date)})', { days }), String(days.length))
  })

  test('typed parameters arrive as what they are', async ({ assert }) => {
    const awkward = 'tab\there, line\nbreak, back\\slash, it\'s "quoted", привет; -- {a:String}'
    assert.equal(await value('SELECT {v:String}', { v: awkward }), awkward)
    assert.deepEqual(await value('SELECT {v:Array(String)}', { v: [awkward, ''] }), [awkward, ''])
    assert.deepEqual(await value('SELECT {v:Array(UInt64)}', { v: [1, 2] }), [1, 2])
    assert.deepEqual(await value('SELECT {v:Map(String, String)}', { v: { a: awkward } }), {
      a: awkward,
    })
    assert.deepEqual(
      await value('SELECT {v:Tuple(UInt8, String)}', { v: new TupleParam([7, 'x']) }),
      [7, 'x']
    )
    assert.equal(await value('SELECT {v:Nullable(String)} IS NULL', { v: null }), 1)
    assert.equal(await value('SELECT {v:Nullable(String)}', { v: 'null' }), 'null')
    assert.equal(
      await value('SELECT toString({v:Decimal(18, 4)} * 2)', { v: '1234.5678' }),
      '2469.1356'
    )
    assert.equal(
      await value('SELECT toString({v:DateTime})', { v: '2025-03-31 23:59:58' }),
      '2025-03-31 23:59:58'
    )
    assert.equal(
      await value('SELECT toString({v:DateTime})', { v: new Date(Date.UTC(2025, 2, 31)) }),
      '2025-03-31 00:00:00'
    )
    assert.equal(await value('SELECT toString({v:Date})', { v: '2025-03-31' }), '2025-03-31')
    assert.equal(await value('SELECT {v:Bool}', { v: true }), true)
    assert.equal(
      await value('SELECT toString({v:UInt64})', { v: 18446744073709551615n }),
      '18446744073709551615'
    )
    assert.equal(
      await value('SELECT count() FROM {t:Identifier}', { t: 'system.one' }).catch(() => 1),
      1
    )
  })

  test('long parameters travel in the body', async ({ assert }) => {
    const client = quietClient(engine.url.href, { use_multipart_params: true })
    const long = 'я'.repeat(200_000)
    const answer = await client.query({
      query: 'SELECT length({v:String}) AS n',
      query_params: { v: long },
      format: 'JSONEachRow',
    })
    assert.deepEqual(await answer.json(), [{ n: 400_000 }])
    await client.close()
  })

  test('a missing parameter is an error, whatever ran before', async ({ assert }) => {
    await value('SELECT {secret:String}', { secret: 'of another query' })
    await assert.rejects(() => value('SELECT {secret:String}'), /Substitution `secret` is not set/)
  })

  test('settings and databases stay with their query', async ({ assert }) => {
    await engine.run('CREATE DATABASE IF NOT EXISTS other')
    await engine.run('CREATE TABLE IF NOT EXISTS other.only_here (a UInt8) ENGINE = Memory')
    const setting = "SELECT getSetting('max_threads')"
    const usual = await value(setting)
    const other = quietClient(engine.url.href, { database: 'other' })
    const many = Array.from({ length: 60 }, async (_, index) => {
      if (index % 3 === 0) return value('SELECT currentDatabase()')
      if (index % 3 === 1) return value(setting)
      const answer = await other.query({
        query: `${setting}, currentDatabase(), count() FROM only_here`,
        clickhouse_settings: { max_threads: index },
        format: 'JSONCompactEachRow',
      })
      return (await answer.json<unknown[]>())[0]
    })
    const answers = await Promise.all(many)
    answers.forEach((answer, index) => {
      const expected = ['default', usual, [index, 'other', 0]][index % 3]
      assert.deepEqual(answer, expected)
    })
    await other.close()
  })

  test('every format is one well-formed document', async ({ assert }) => {
    const query = 'SELECT number AS n, toString(number) AS s FROM numbers(200000)'
    const json = await engine.client.query({ query, format: 'JSON' })
    const { rows, data } = await json.json()
    assert.equal(rows, 200_000)
    assert.deepEqual(data.at(-1), { n: 199_999, s: '199999' })
    const csv = await engine.client.query({ query, format: 'CSVWithNames' })
    const lines = (await csv.text()).split('\n')
    assert.equal(lines.length, 200_002)
    assert.equal(lines.filter((line) => line === '"n","s"').length, 1)
  })

  test('gzip both ways', async ({ assert }) => {
    const client = quietClient(engine.url.href, { compression: { request: true, response: true } })
    await engine.run('CREATE OR REPLACE TABLE packed (a UInt32) ENGINE = Memory')
    const rows = Array.from({ length: 50_000 }, (_, a) => ({ a }))
    await client.insert({ table: 'packed', values: rows, format: 'JSONEachRow' })
    const answer = await client.query({
      query: 'SELECT a FROM packed ORDER BY a',
      format: 'JSONEachRow',
    })
    assert.deepEqual(await answer.json(), rows)
    const raw = await engine.raw(
      { query: "SELECT 'packed'", enable_http_compression: '1' },
      { headers: { 'accept-encoding': 'gzip' } }
    )
    assert.equal(raw.headers.get('content-encoding'), 'gzip')
    assert.equal(await raw.text(), 'packed\n')
    await client.close()
  })

  test('a large result streams in constant memory, at the pace of its reader', async ({
    assert,
  }) => {
    const answer = await engine.client.query({
      query: 'SELECT number, repeat(toString(number), 20) AS padding FROM numbers(3000000)',
      format: 'JSONEachRow',
    })
    let rows = 0
    for await (const chunk of answer.stream<{ number: number }>()) rows += chunk.length
    assert.equal(rows, 3_000_000)
    // The result has over 400 MB.
    assert.isBelow(peakMemory(engine.pid), 1200)
  })
})

test.group('What the answers say', (group) => {
  group.setup(share.setup)
  group.teardown(() => share.teardown())

  test('errors carry code, type and status: {query}')
    .with([
      { query: 'SELECT FROM WHERE', status: 400, code: '62', type: 'SYNTAX_ERROR' },
      { query: 'SELECT * FROM missing', status: 404, code: '60', type: 'UNKNOWN_TABLE' },
      { query: 'SELECT missing', status: 404, code: '47', type: 'UNKNOWN_IDENTIFIER' },
      { query: 'SELECT 1; SELECT 2', status: 400, code: '62', type: 'SYNTAX_ERROR' },
      {
        query: "SELECT throwIf(1, 'own words')",
        status: 500,
        code: '395',
        type: 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO',
      },
      { query: "SELECT toUInt8('x')", status: 400, code: '6', type: 'CANNOT_PARSE_TEXT' },
      {
        query: "SELECT 1 INTO OUTFILE '/tmp/x'",
        status: 500,
        code: '406',
        type: 'INTO_OUTFILE_NOT_ALLOWED',
      },
    ])
    .run(async ({ assert }, expected) => {
      const answer = await engine.raw({}, { method: 'POST', body: expected.query })
      assert.equal(answer.status, expected.status)
      assert.equal(answer.headers.get('x-clickhouse-exception-code'), expected.code)
      const failure = engine.client.command({ query: expected.query })
      await assert.rejects(() => failure)
      const error: unknown = await failure.catch((thrown: unknown) => thrown)
      assert.include(error, { code: expected.code, type: expected.type })
    })

  test('unknown databases and settings, and what this engine lacks', async ({ assert }) => {
    const status = async (search: Record<string, string>) =>
      (await engine.raw({ query: 'SELECT 1', ...search })).status
    assert.equal(await status({ database: 'missing' }), 404)
    assert.equal(await status({ no_such_setting: '1' }), 404)
    assert.equal(await status({ session_id: 'x' }), 501)
    assert.equal(await status({ role: 'x' }), 501)
  })

  test('a failure behind rows already sent reaches the reader', async ({ assert }) => {
    const answer = await engine.client.query({
      query: "SELECT number, throwIf(number = 9000000, 'too late') FROM numbers(10000000)",
      format: 'JSONEachRow',
    })
    let read = 0
    await assert.rejects(async () => {
      for await (const rows of answer.stream()) read += rows.length
    }, /too late/)
    assert.isAbove(read, 0)
  })

  test('headers name the query, the format and what was done', async ({ assert }) => {
    const answer = await engine.raw({ query: 'SELECT 1 AS x FORMAT JSON', query_id: 'mine' })
    assert.equal(answer.headers.get('x-clickhouse-query-id'), 'mine')
    assert.equal(answer.headers.get('x-clickhouse-format'), 'JSON')
    assert.equal(answer.headers.get('content-type'), 'application/json; charset=UTF-8')
    assert.include(JSON.parse(answer.headers.get('x-clickhouse-summary') ?? '{}'), {
      result_rows: '1',
    })
  })

  test('GET reads only', async ({ assert }) => {
    await engine.run('CREATE OR REPLACE TABLE kept (a UInt8) ENGINE = Memory')
    const refused = await engine.raw({ query: 'DROP TABLE kept' })
    assert.equal(refused.headers.get('x-clickhouse-exception-code'), '164')
    assert.deepEqual(await engine.rows('SELECT count() AS n FROM kept'), [{ n: 0 }])
  })

  test('a request that is no HTTP of ours harms nobody else', async ({ assert }) => {
    const sender = httpRequest({ host: engine.url.hostname, port: engine.url.port, path: '//' })
    sender.end()
    await once(sender, 'error')
    assert.deepEqual(await engine.rows('SELECT 1 AS n'), [{ n: 1 }])
  })

  test('nobody gets in without the password', async ({ assert }) => {
    const target = `http://${engine.url.host}/?query=SELECT%201`
    const wrong = { authorization: `Basic ${btoa('default:wrong')}` }
    assert.equal((await fetch(target)).status, 403)
    assert.equal((await fetch(target, { headers: wrong })).status, 403)
    const headers = { 'X-ClickHouse-User': 'default', 'X-ClickHouse-Key': engine.url.password }
    assert.equal((await fetch(target, { headers })).status, 200)
    assert.equal((await fetch(`http://${engine.url.host}/ping`)).status, 200)
  })
})
