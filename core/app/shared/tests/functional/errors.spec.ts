import { connect } from 'node:net'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { onProjectDeleted } from '#projects/public'
import { api, baseUrl } from '#tests/api'
import { useDatabases, withoutPostgres } from '#tests/databases'
import { makeProject, signUp } from '#tests/factories'
import { takeLogs } from '#tests/log_capture'

test.group('errors', (group) => {
  useDatabases(group)

  test('an address that does not exist', async ({ assert }) => {
    const answer = await api().get('/no/such/thing', { unchecked: true })
    assert.equal(answer.status, 404)
    assert.equal(answer.body.code, 'not_found')
    assert.include(answer.headers.get('content-type'), 'application/problem+json')
  })

  test('a body that is no JSON', async ({ assert }) => {
    const answer = await api().post('/auth/token', undefined, {
      raw: '{"email":',
      headers: { 'content-type': 'application/json' },
    })
    assert.deepEqual([answer.status, answer.body.code], [400, 'malformed_json'])
  })

  test('a body of another type', async ({ assert }) => {
    const answer = await api().post('/auth/token', undefined, {
      raw: 'email=a',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    assert.deepEqual([answer.status, answer.body.code], [415, 'unsupported_media_type'])
  })

  test('a body that is too large', async ({ assert }) => {
    const answer = await api().post('/auth/token', { email: 'x'.repeat(1_100_000) })
    assert.deepEqual([answer.status, answer.body.code], [413, 'payload_too_large'])
  })

  test('a body that is no object', async ({ assert }) => {
    const answer = await api().post('/auth/token', [1])
    assert.equal(answer.status, 422)
  })

  test('a body nested out of all bounds', async ({ assert }) => {
    for (const depth of [100, 100_000]) {
      const answer = await api().post('/auth/token', undefined, {
        raw: `{"email":${'['.repeat(depth)}${']'.repeat(depth)}}`,
        headers: { 'content-type': 'application/json' },
      })
      assert.deepEqual([answer.status, answer.body.code], [400, 'malformed_json'])
    }
  })

  test('texts that no column can keep are refused by name', async ({ assert }) => {
    const account = await signUp()
    for (const escape of ['\\u0000', '\\ud800']) {
      const answer = await api(account).post('/projects', undefined, {
        raw: `{"name":"a${escape}b"}`,
        headers: { 'content-type': 'application/json' },
      })
      assert.deepEqual([answer.status, answer.body.code], [422, 'validation_failed'])
      assert.containSubset(answer.body.errors, [{ field: 'name' }])
    }
  })

  test('a URL that is not encoded properly', async ({ assert }) => {
    const { hostname, port } = new URL(baseUrl())
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), hostname, () =>
        socket.write('GET /api/v1/%C0%80 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
      )
      let text = ''
      socket.on('data', (chunk) => (text += chunk.toString()))
      socket.on('close', () => resolve(text))
    })
    assert.match(answer, /^HTTP\/1\.1 400/)
    assert.include(answer, 'application/problem+json')
  })

  test('an unexpected one tells nothing, and the log tells all', async ({ assert }) => {
    onProjectDeleted(async (project) => {
      if (project.name === 'doomed') await db.rawQuery('select canary from nowhere')
    })
    const { id, owner } = await makeProject({ name: 'doomed' })
    takeLogs()
    const answer = await api(owner).delete(`/projects/${id}`)
    assert.equal(answer.status, 500)
    assert.deepEqual(Object.keys(answer.body).sort(), ['code', 'status', 'title', 'type'])
    assert.notInclude(answer.text, 'canary')
    const logs = takeLogs()
    assert.include(logs, 'canary')
    assert.include(logs, answer.headers.get('x-request-id') ?? 'none')
  })

  test('PostgreSQL away: 503 with Retry-After, and back again', async ({ assert }) => {
    const account = await signUp()
    await withoutPostgres(async () => {
      const answer = await api(account).get('/me')
      assert.deepEqual([answer.status, answer.body.code], [503, 'unavailable'])
      assert.isAbove(Number(answer.headers.get('retry-after')), 0)
      assert.notMatch(answer.text, /select|postgres|socket/i)
      const ready = await api().get('//health/ready')
      assert.equal(ready.status, 503)
      assert.include(ready.body.detail, 'postgres')
      assert.equal((await api().get('//health/live')).status, 200)
    })
    assert.equal((await api(account).get('/me')).status, 200)
  })
})

test.group('health', (group) => {
  useDatabases(group, { clickhouse: true })

  test('ready when both databases answer', async ({ assert }) => {
    const { status, body } = await api().get('//health/ready')
    assert.equal(status, 200)
    assert.deepEqual(body.checks, { postgres: 'ok', clickhouse: 'ok' })
  })

  test('not ready while ClickHouse is away', async ({ assert }) => {
    const url = process.env.CLICKHOUSE_URL
    process.env.CLICKHOUSE_URL = 'http://127.0.0.1:9'
    try {
      const { status, body } = await api().get('//health/ready')
      assert.equal(status, 503)
      assert.include(body.detail, 'clickhouse')
    } finally {
      process.env.CLICKHOUSE_URL = url
    }
  })
})

test.group('request ids', () => {
  const id = async (sent: string) =>
    (await api().get('//health/live', { headers: { 'x-request-id': sent } })).headers.get(
      'x-request-id'
    )

  test('the id of a gateway is kept, nonsense is replaced', async ({ assert }) => {
    assert.equal(await id('gateway-123456'), 'gateway-123456')
    assert.match((await id('<script>')) ?? '', /^[0-9a-f-]{36}$/)
    assert.match((await id('')) ?? '', /^[0-9a-f-]{36}$/)
  })
})
