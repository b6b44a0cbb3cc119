import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { rotateRefreshToken } from '#accounts/refresh_tokens'
import { purgeExpired } from '#shared/purge_expired'
import { api } from '#tests/api'
import { useDatabases } from '#tests/databases'
import { signUp } from '#tests/factories'

test.group('what has expired', (group) => {
  useDatabases(group)

  test('goes, and a used token that could still be replayed stays', async ({ assert }) => {
    const { email, password } = await signUp()
    const signIn = async () =>
      (await api().post<{ refresh_token: string }>('/auth/token', { email, password })).body
        .refresh_token
    const expired = await signIn()
    await db.from('refresh_tokens').update({ expires_at: new Date(Date.now() - 1000) })
    const used = await signIn()
    await rotateRefreshToken(used)

    await purgeExpired()
    assert.lengthOf(await db.from('refresh_tokens'), 2)
    assert.equal((await rotateRefreshToken(expired)).outcome, 'unknown')
    assert.equal((await rotateRefreshToken(used)).outcome, 'reused')
  })
})
