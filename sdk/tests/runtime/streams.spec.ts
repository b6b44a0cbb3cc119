import { test } from '@japa/runner'
import { z, type Batch } from '@analyticaflow/sdk'
import { cut, over } from './streamed.ts'
import { errorOf, talk } from './vendor.ts'

const Row = z.object({ id: z.number(), name: z.string().optional() })
type Rows = AsyncIterable<Batch<z.output<typeof Row>>>

async function all(batches: Rows) {
  const list: Batch<z.output<typeof Row>>[] = []
  for await (const batch of batches) list.push(batch)
  return list
}

const idsOf = (batches: Batch<{ id: number }>[]) =>
  batches.flatMap(({ rows }) => rows.map(({ id }) => id))

test.group('lines', () => {
  const text = '{"id":1,"name":"Zoë 🐘"}\r\n\n{"id":2}\n{"id":3}'

  test('come out whole, however the body is cut', async ({ assert }) => {
    for (const size of [1, 2, 3, 7, 1000]) {
      const { http, state } = over(cut(text, size))
      const batches = await all(http.lines('/file', { row: Row, size: 2 }))
      assert.deepEqual(batches, [
        { rows: [{ id: 1, name: 'Zoë 🐘' }, { id: 2 }], read: 2, done: false },
        { rows: [{ id: 3 }], read: 3, done: true },
      ])
      assert.equal(state.closed, 1)
    }
  })

  test('go on where a run stopped', async ({ assert }) => {
    const { http } = over(cut(text, 10))
    assert.deepEqual(await all(http.lines('/file', { row: Row, skip: 2 })), [
      { rows: [{ id: 3 }], read: 3, done: true },
    ])
  })

  test('an empty body is an empty, complete batch', async ({ assert }) => {
    const { http } = over([])
    assert.deepEqual(await all(http.lines('/file', { row: Row })), [
      { rows: [], read: 0, done: true },
    ])
  })

  test('that are malformed end the stream; a last one cut short is tried again', async ({
    assert,
  }) => {
    const code = async (body: string) => {
      const { http } = over(cut(body, 5))
      return (await errorOf(all(http.lines('/file', { row: Row })))).code
    }
    assert.equal(await code('{"id":1}\nnonsense\n{"id":2}\n'), 'vendor_response')
    assert.equal(await code('{"id":1}\n{"id":'), 'vendor_unavailable')
    assert.equal(await code('{"id":"one"}\n'), 'row_invalid')
  })

  test('of gigabytes are never held: what is not asked for is not read', async ({ assert }) => {
    function* endless() {
      const chunk = new TextEncoder().encode('{"id":1}\n'.repeat(100))
      for (;;) yield chunk
    }
    const { http, state } = over(endless())
    for await (const { read } of http.lines('/file', { row: Row, size: 100 })) {
      if (read >= 1_000) break
    }
    assert.isAtMost(state.sent, 12)
    assert.equal(state.closed, 1)
  })

  test('without an end are refused', async ({ assert }) => {
    function* endless() {
      const chunk = new TextEncoder().encode('x'.repeat(1_000_000))
      for (;;) yield chunk
    }
    const { http, state } = over(endless())
    const error = await errorOf(all(http.lines('/file', { row: Row })))
    assert.equal(error.code, 'vendor_response')
    assert.isAtMost(state.sent, 18)
  })
})

test.group('items', () => {
  const text = JSON.stringify([
    { results: [{ id: 1, name: '] "é🐘' }, { id: 2 }], fieldMask: 'a' },
    { fieldMask: 'a' },
    { results: [{ id: 3 }], requestId: 'r', nested: { results: [{ id: 9 }] } },
  ])

  test('are the elements of lists inside a list, however the body is cut', async ({ assert }) => {
    for (const size of [1, 3, 1000]) {
      const { http, state } = over(cut(`\u{feff}${text}`, size))
      const batches = await all(http.items('/stream', { row: Row, at: '*.results', size: 2 }))
      assert.deepEqual(idsOf(batches), [1, 2, 3])
      assert.equal(batches[0]?.rows[0]?.name, '] "é🐘')
      assert.deepInclude(batches.at(-1), { read: 3, done: true })
      assert.equal(state.closed, 1)
    }
  })

  test('of the body itself, and of a list in it', async ({ assert }) => {
    const itself = over(cut('[{"id":1},{"id":2}]', 4))
    assert.deepEqual(idsOf(await all(itself.http.items('/', { row: Row, at: '' }))), [1, 2])
    const inside = over(cut('{"total":2,"data":{"rows":[{"id":1},{"id":2}]},"x":[{"id":3}]}', 4))
    const batches = await all(inside.http.items('/', { row: Row, at: 'data.rows', skip: 1 }))
    assert.deepEqual(idsOf(batches), [2])
  })

  test('a failure in the middle is no end of the list', async ({ assert }) => {
    const body = `[{"results":[{"id":1}]},{"error":{"code":429}}]`
    const { http } = over(cut(body, 6))
    const options = { row: Row, at: '*.results', failureAt: '*.error' }
    assert.equal((await errorOf(all(http.items('/stream', options)))).code, 'rate_limited')
    const unknown = over(cut(body.replace('429', '7'), 6))
    assert.equal(
      (await errorOf(all(unknown.http.items('/stream', options)))).code,
      'vendor_response'
    )
  })

  test('something else than a list is an error, never an empty success', async ({ assert }) => {
    const code = async (body: string, at: string) => {
      const { http } = over(cut(body, 5))
      return (await errorOf(all(http.items('/', { row: Row, at })))).code
    }
    assert.equal(await code('{"error":{"code":3}}', '*.results'), 'vendor_response')
    assert.equal(await code('{"rows":{"a":{"id":1}}}', 'rows'), 'vendor_response')
    assert.equal(await code('{"id":1}', ''), 'vendor_response')
    assert.equal(await code('[{"results":[{"id":1}', '*.results'), 'vendor_unavailable')
    assert.equal(await code('<html>', '*.results'), 'vendor_response')
    assert.equal(await code('[{"results":[{"id":1}]}] [', '*.results'), 'vendor_response')
  })

  test('of any number are never held', async ({ assert }) => {
    function* endless() {
      yield new TextEncoder().encode('[{"results":[{"id":0}')
      const chunk = new TextEncoder().encode(',{"id":1}'.repeat(100))
      for (;;) yield chunk
    }
    const { http, state } = over(endless())
    for await (const { read } of http.items('/', { row: Row, at: '*.results', size: 100 })) {
      if (read >= 1_000) break
    }
    assert.isAtMost(state.sent, 13)
    assert.equal(state.closed, 1)
  })
})

test.group('items without an end', () => {
  const million = new TextEncoder().encode('x'.repeat(1_000_000))
  function* after(beginning: string) {
    yield new TextEncoder().encode(beginning)
    for (;;) yield million
  }

  test('are refused, in a row as beside the rows', async ({ assert }) => {
    for (const beginning of ['[{"results":[{"id":1},{"name":"', '[{"fieldMask":"', '<']) {
      const { http, state } = over(after(beginning))
      const error = await errorOf(all(http.items('/', { row: Row, at: '*.results' })))
      assert.equal(error.code, 'vendor_response')
      assert.isAtMost(state.sent, 19)
    }
  })
})

test.group('streams over the network', () => {
  test('repeat a refusal before the first row, and tell a break in the middle', async ({
    assert,
    cleanup,
  }) => {
    const replies = [{ status: 503 }, { text: '{"id":1}\n' }, { breaks: '{"id":1}\n{"id"' }]
    const { http, got, stop } = await talk((_got, count) => replies[count - 1] ?? {})
    cleanup(stop)
    assert.deepEqual(idsOf(await all(http.lines('/file', { row: Row }))), [1])
    assert.lengthOf(got, 2)
    const error = await errorOf(all(http.lines('/file', { row: Row })))
    assert.equal(error.code, 'vendor_unavailable')
  })

  test('are asked for with a body where there is one', async ({ assert, cleanup }) => {
    const { http, got, stop } = await talk(() => ({ text: '[{"id":1}]' }))
    cleanup(stop)
    await all(http.items('/q', { row: Row, at: '', body: { query: 'SELECT' } }))
    assert.deepInclude(got[0], { method: 'POST', body: '{"query":"SELECT"}' })
  })
})
