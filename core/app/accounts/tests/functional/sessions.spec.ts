import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { z } from 'zod'
import type { TokenPairView } from '#accounts/schemas'
import { api } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { signUp } from '#tests/factories'
import { untilWaiting } from '#tests/locks'
import { takeLogs } from '#tests/log_capture'

type Pair = z.output<typeof TokenPairView>

async function start(): Promise<Pair> {
  const { email, password } = await signUp()
  return (await api().post<Pair>('/auth/token', { email, password })).body
}

const refresh = (token: string) => api().post<Pair>('/auth/refresh', { refresh_token: token })

test.group('sessions', (group) => {
  useDatabases(group)

  test('refreshing gives a new pair that works', async ({ assert }) => {
    const first = await start()
    const second = await refresh(first.refresh_token)
    assert.equal(second.status, 200)
    assert.notEqual(second.body.refresh_token, first.refresh_token)
    assert.equal((await api(second.body.access_token).get('/me')).status, 200)
    assert.equal((await refresh(second.body.refresh_token)).status, 200)
  })

  test('a token used twice ends its whole family, and the log tells', async ({ assert }) => {
    const first = await start()
    const second = await refresh(first.refresh_token)
    takeLogs()
    const replay = await refresh(first.refresh_token)
    assert.equal(replay.status, 401)
    assert.include(takeLogs(), 'refresh token reused')
    assert.equal((await refresh(second.body.refresh_token)).status, 401)
    const [record] = await db.from('audit_log').where('action', 'session.reuse_detected')
    assert.isNotNull(record.actor_id)
  })

  test('another sign-in of the same user survives a reuse', async ({ assert }) => {
    const { email, password } = await signUp()
    const stolen = await api().post<Pair>('/auth/token', { email, password })
    const other = await api().post<Pair>('/auth/token', { email, password })
    await refresh(stolen.body.refresh_token)
    await refresh(stolen.body.refresh_token)
    assert.equal((await refresh(other.body.refresh_token)).status, 200)
  })

  test('of simultaneous refreshes one wins and the session lives on', async ({ assert }) => {
    const { refresh_token: token } = await start()
    // Holds the row, so that all of them have begun before the first can rotate.
    const lock = await db.transaction()
    await lock.from('refresh_tokens').whereNull('used_at').forUpdate()
    const attempts = [refresh(token), refresh(token), refresh(token)]
    await untilWaiting(attempts.length)
    await lock.commit()

    const answers = await Promise.all(attempts)
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409])
    const winner = answers.find(({ status }) => status === 200)
    assert.equal((await refresh(winner?.body.refresh_token ?? '')).status, 200)
  })

  test('signing out ends the session', async ({ assert }) => {
    const { refresh_token: token } = await start()
    assert.equal((await api().post('/auth/revoke', { refresh_token: token })).status, 204)
    assert.equal((await refresh(token)).status, 401)
    assert.equal((await api().post('/auth/revoke', { refresh_token: 'unknown' })).status, 204)
  })

  test('a token older than 30 days is refused', async ({ assert }) => {
    const { refresh_token: token } = await start()
    await db
      .from('refresh_tokens')
      .whereNull('used_at')
      .update({ expires_at: db.raw("expires_at - interval '30 days'") })
    assert.equal((await refresh(token)).status, 401)
  })

  test('only hashes of refresh tokens are stored', async ({ assert }) => {
    const { refresh_token: token } = await start()
    const rows = await db.from('refresh_tokens')
    assert.isAbove(rows.length, 0)
    assert.notInclude(JSON.stringify(rows), token)
  })
})
