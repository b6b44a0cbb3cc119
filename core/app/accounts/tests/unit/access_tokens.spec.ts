import { test } from '@japa/runner'
import { ACCESS_TOKEN_LIFETIME, accessTokens } from '#accounts/access_tokens'

const oldKey = 'an old key of more than 32 characters'
const newKey = 'a new key of more than 32 characters!'
const claims = { userId: 7, session: '00000000-0000-4000-8000-000000000000' }

test.group('access tokens', () => {
  test('say who and which session', async ({ assert }) => {
    const tokens = accessTokens(oldKey)
    assert.deepEqual(await tokens.verify(await tokens.sign(claims)), claims)
  })

  test('outlive a rotation of the key while the previous one is known', async ({ assert }) => {
    const token = await accessTokens(oldKey).sign(claims)
    assert.deepEqual(await accessTokens(newKey, oldKey).verify(token), claims)
    await assert.rejects(() => accessTokens(newKey).verify(token))
  })

  test('are signed with the new key after a rotation', async ({ assert }) => {
    const token = await accessTokens(newKey, oldKey).sign(claims)
    assert.deepEqual(await accessTokens(newKey).verify(token), claims)
    await assert.rejects(() => accessTokens(oldKey).verify(token))
  })

  test('end after a quarter of an hour', async ({ assert }) => {
    const tokens = accessTokens(oldKey)
    const ago = (seconds: number) => new Date(Date.now() - seconds * 1000)
    await tokens.verify(await tokens.sign(claims, ago(ACCESS_TOKEN_LIFETIME - 30)))
    const expired = await tokens.sign(claims, ago(ACCESS_TOKEN_LIFETIME + 1))
    const error: unknown = await tokens.verify(expired).catch((thrown: unknown) => thrown)
    assert.include(error, { code: 'token_expired' })
    assert.equal(ACCESS_TOKEN_LIFETIME, 900)
  })
})
