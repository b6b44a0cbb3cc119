import { test } from '@japa/runner'
import { SourceError, z, type SourceErrorCode } from '@analyticaflow/sdk'
import { errorOf, talk, type Answers, type Got } from './vendor.ts'

const Anything = z.unknown()

test.group('requests', () => {
  test('carry path, query, headers and body as asked', async ({ assert, cleanup }) => {
    const { http, got, stop } = await talk(() => ({ json: { ok: true } }), {
      headers: { 'x-version': '7', 'x-left-out': undefined },
    })
    cleanup(stop)
    await http.get('/list?a=1', Anything, { b: 'x y', ids: [1, 2], gone: undefined })
    await http.post('things:find', Anything, { deep: [1, null] }, { headers: { 'x-own': 'own' } })
    await http.request('POST', '/form', Anything, { form: { a: 'ä&b' } })
    const [list, find, form] = got as [Got, Got, Got]
    assert.equal(list.query.toString(), 'a=1&b=x+y&ids=1&ids=2')
    assert.equal(list.headers['x-version'], '7')
    assert.notProperty(list.headers, 'x-left-out')
    assert.equal(find.path, '/things:find')
    assert.deepEqual(JSON.parse(find.body), { deep: [1, null] })
    assert.equal(find.headers['content-type'], 'application/json')
    assert.equal(find.headers['x-own'], 'own')
    assert.equal(form.body, 'a=%C3%A4%26b')
  })

  test('give status, headers and a body by its schema; none counts as null', async ({
    assert,
    cleanup,
  }) => {
    const answers: Answers = (_got, count) =>
      count === 1 ? { json: { n: '5' }, headers: { 'x-total': '9' } } : { status: 204 }
    const { http, stop } = await talk(answers)
    cleanup(stop)
    const answer = await http.request('GET', '/', z.object({ n: z.coerce.number() }))
    assert.deepInclude(answer, { status: 200, body: { n: 5 } })
    assert.equal(answer.headers['x-total'], '9')
    assert.isNull(await http.get('/', z.null()))
  })

  test('whose answers are no JSON or another one say so, without quoting it', async ({
    assert,
    cleanup,
  }) => {
    const answers: Answers = (_got, count) =>
      count === 1
        ? {
            text: '<html>s3cret-in-page</html>',
            headers: { 'content-type': 'text/html; charset=x' },
          }
        : { json: { data: [{ id: 's3cret-value' }] } }
    const { http, stop } = await talk(answers)
    cleanup(stop)
    const html = await errorOf(http.get('/me?key=s3cret-key', Anything))
    assert.deepEqual(
      [html.code, html.userMessage],
      ['vendor_response', 'Northwind answered text/html instead of JSON to GET /me.']
    )
    const schema = z.object({ data: z.array(z.object({ id: z.number() })) })
    const other = await errorOf(http.get('/me', schema))
    assert.equal(other.code, 'vendor_response')
    assert.include(other.userMessage, 'at data.0.id')
    assert.notInclude(
      JSON.stringify([html, other, String(html.stack), String(other.cause)]),
      's3cret'
    )
  })

  test('refuse an answer that is too large', async ({ assert, cleanup }) => {
    const { http, stop } = await talk(() => ({ json: 'x'.repeat(5000) }))
    cleanup(stop)
    const error = await errorOf(http.get('/', Anything, {}, { maxBytes: 1000 }))
    assert.equal(error.code, 'vendor_response')
    assert.include(error.userMessage, 'larger than 1000 bytes')
  })

  test('map statuses to what the core does next', async ({ assert, cleanup }) => {
    const { http, got, stop } = await talk(({ query }) => ({
      status: Number(query.get('s')),
      json: {},
    }))
    cleanup(stop)
    const codes: [number, SourceErrorCode, number][] = [
      [400, 'vendor_response', 1],
      [401, 'auth_expired', 1],
      [403, 'auth_scope', 1],
      [404, 'vendor_response', 1],
      [429, 'rate_limited', 5],
      [503, 'vendor_unavailable', 5],
    ]
    for (const [status, code, requests] of codes) {
      const before = got.length
      const error = await errorOf(http.get('/', Anything, { s: status }))
      assert.deepEqual(
        [error.code, error.detail.status, got.length - before],
        [code, status, requests]
      )
    }
  })
})

test.group('waiting', () => {
  test('doubles between attempts, and stops', async ({ assert, cleanup }) => {
    const { http, clock, log, stop } = await talk(() => ({ status: 500 }))
    cleanup(stop)
    await errorOf(http.get('/', Anything))
    assert.deepEqual(clock.slept, [1000, 2000, 4000, 8000])
    assert.lengthOf(log, 4)
  })

  test('follows Retry-After in seconds and as a date', async ({ assert, cleanup }) => {
    const replies = [
      { status: 429, headers: { 'retry-after': '7' } },
      { status: 503, headers: { 'retry-after': 'Sun, 01 Mar 2026 12:00:20 GMT' } },
      { json: 1 },
    ]
    const { http, got, clock, stop } = await talk((_got, count) => replies[count - 1] ?? {})
    cleanup(stop)
    assert.equal(await http.get('/', Anything), 1)
    assert.deepEqual(clock.slept, [7000, 13_000])
    assert.equal((got[1]?.at ?? 0) - (got[0]?.at ?? 0), 7000)
  })

  test('for long is left to the job: the error names the moment', async ({ assert, cleanup }) => {
    const { http, got, clock, stop } = await talk(() => ({
      status: 429,
      headers: { 'retry-after': '3600' },
    }))
    cleanup(stop)
    const error = await errorOf(http.get('/', Anything))
    assert.equal(error.code, 'rate_limited')
    assert.equal(error.detail.retryAt?.toISOString(), '2026-03-01T13:00:00.000Z')
    assert.deepEqual([got.length, clock.slept.length], [1, 0])
    // The budget remembers: whoever asks next does not even send.
    assert.equal((await errorOf(http.get('/', Anything))).code, 'rate_limited')
    assert.lengthOf(got, 1)
  })

  test('ends when the run is cancelled', async ({ assert, cleanup }) => {
    const controller = new AbortController()
    const answers: Answers = (_got, count) => {
      if (count === 2) controller.abort(new Error('cancelled'))
      return { status: 500 }
    }
    const { http, got, stop } = await talk(answers, {}, { signal: controller.signal })
    cleanup(stop)
    await assert.rejects(() => http.get('/', Anything), 'cancelled')
    assert.isAtMost(got.length, 2)
  })

  test('listens to the signals of the vendor, also in answers of 200', async ({
    assert,
    cleanup,
  }) => {
    const replies = [{ json: { throttled: true } }, { json: { done: true } }]
    const { http, clock, stop } = await talk((_got, count) => replies[count - 1] ?? {}, {
      classify: ({ body, now, status, headers }) =>
        status === 200 && headers['content-type'] && (body as { throttled?: true }).throttled
          ? new SourceError('rate_limited', 'Slow down.', {
              retryAt: new Date(now.getTime() + 3000),
            })
          : undefined,
    })
    cleanup(stop)
    assert.deepEqual(await http.get('/', Anything), { done: true })
    assert.deepEqual(clock.slept, [3000])
  })

  test('takes Retry-After where the error of the source names no moment', async ({
    assert,
    cleanup,
  }) => {
    const replies = [{ status: 400, headers: { 'retry-after': '5' } }, { json: 1 }]
    const { http, clock, stop } = await talk((_got, count) => replies[count - 1] ?? {}, {
      classify: ({ status }) =>
        status === 400 ? new SourceError('rate_limited', 'Slow down.') : undefined,
    })
    cleanup(stop)
    await http.get('/', Anything)
    assert.deepEqual(clock.slept, [5000])
  })

  test('covers trouble on the network, and silence', async ({ assert, cleanup }) => {
    const replies = [
      { breaks: true as const },
      { hangs: true as const },
      { breaks: '{"ha' },
      { json: 1 },
    ]
    const { http, got, stop } = await talk((_got, count) => replies[count - 1] ?? {}, {
      timeoutMs: 300,
    })
    cleanup(stop)
    assert.equal(await http.get('/', Anything), 1)
    assert.lengthOf(got, 4)
  })

  test('does not repeat what may be done once only, unless it was refused', async ({
    assert,
    cleanup,
  }) => {
    const answers: Answers = (_got, count) =>
      count === 1 ? { status: 429, headers: { 'retry-after': '1' } } : { breaks: true }
    const { http, got, stop } = await talk(answers)
    cleanup(stop)
    const error = await errorOf(http.post('/', Anything, {}, { once: true }))
    assert.equal(error.code, 'vendor_unavailable')
    assert.lengthOf(got, 2)
  })
})
