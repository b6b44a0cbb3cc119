import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import { eventually, startEngine, type TestEngine } from './engine.ts'

let engine: TestEngine
const slow = 'SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) % 7 = 3'

async function running(): Promise<number> {
  const rows = await engine.rows(
    "SELECT 1 FROM system.processes WHERE query NOT LIKE '%processes%'"
  )
  return rows.length
}

test.group('Ending queries', (group) => {
  group.setup(async () => {
    engine = await startEngine()
  })
  group.teardown(() => engine.stop())

  test('a client that gives up ends its query', async ({ assert }) => {
    const abort = new AbortController()
    const query = engine.client.query({ query: slow, abort_signal: abort.signal })
    await eventually(async () => (await running()) === 1)
    abort.abort()
    await assert.rejects(() => query)
    await eventually(async () => (await running()) === 0)
  })

  test('a reader that stops in the middle ends its query', async () => {
    const answer = await engine.client.query({
      query: 'SELECT number FROM numbers(1000000000000)',
      format: 'JSONEachRow',
    })
    for await (const rows of answer.stream()) {
      if (rows.length > 0) break
    }
    answer.close()
    await eventually(async () => (await running()) === 0)
  })

  test('KILL QUERY by the id that its client gave', async ({ assert }) => {
    const query = engine.client.command({ query: slow, query_id: 'to be killed' })
    query.catch(() => undefined)
    await eventually(async () => (await running()) === 1)
    await engine.run("KILL QUERY WHERE query_id = 'somebody else'")
    await sleep(50)
    assert.equal(await running(), 1)
    await engine.run("KILL QUERY WHERE query_id = 'to be killed' SYNC")
    const error: unknown = await query.catch((thrown: unknown) => thrown)
    assert.include(error, { code: '394', type: 'QUERY_WAS_CANCELLED' })
  })

  test('KILL QUERY ends an insert that waits for its sender, and keeps nothing', async ({
    assert,
  }) => {
    await engine.run('CREATE TABLE idle (a UInt32) ENGINE = MergeTree ORDER BY a')
    async function* values() {
      yield Buffer.from('1\n'.repeat(700_000))
      await sleep(60_000, undefined, { ref: false })
    }
    const inserted = engine.client.insert({
      table: 'idle',
      values: Readable.from(values(), { objectMode: false }),
      format: 'CSV',
      query_id: 'idle insert',
    })
    inserted.catch(() => undefined)
    await eventually(async () => (await running()) === 1)
    await engine.run("KILL QUERY WHERE query_id = 'idle insert'")
    await assert.rejects(() => inserted)
    assert.deepEqual(await engine.rows('SELECT count() AS n FROM idle'), [{ n: 0 }])
  })

  test('two queries cannot have one id at a time', async ({ assert }) => {
    const first = engine.client.command({ query: 'SELECT sleep(1)', query_id: 'twice' })
    await eventually(async () => (await running()) === 1)
    const second: unknown = await engine.client
      .command({ query: 'SELECT 1', query_id: 'twice' })
      .catch((thrown: unknown) => thrown)
    assert.include(second, { code: '216' })
    await first
    await engine.client.command({ query: 'SELECT 1', query_id: 'twice' })
  })

  test('more queries than places wait their turn', async ({ assert }) => {
    const many = Array.from({ length: 100 }, (_, index) =>
      engine.rows(`SELECT ${index} AS n, sleep(0.01)`)
    )
    const answers = await Promise.all(many)
    assert.deepEqual(
      answers.map(([row]) => row?.n),
      Array.from({ length: 100 }, (_, index) => index)
    )
  })
})
