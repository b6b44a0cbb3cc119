import { test } from '@japa/runner'
import type * as session from '../src/api/session.ts'

/** A tab of the browser: its own copy of the module, the storage and the locks shared. */
const openTab = async (): Promise<typeof session> =>
  import(`../src/api/session.ts?tab=${Math.random()}`)

const storage = new Map<string, string>()
let refreshes: string[] = []

Object.assign(globalThis, {
  localStorage: {
    getItem: (key: string) => storage.get(key) ?? null,
    setItem: (key: string, value: string) => storage.set(key, value),
    removeItem: (key: string) => storage.delete(key),
  },
})

/** A server that rotates tokens and refuses any that was used before. */
function rotatingServer(status = 200): void {
  refreshes = []
  globalThis.fetch = async (_url, init) => {
    const { refresh_token: token } = JSON.parse(init?.body as string) as { refresh_token: string }
    const reused = refreshes.includes(token)
    refreshes.push(token)
    await new Promise((resolve) => setTimeout(resolve, 5))
    if (status !== 200) return Response.json({ code: 'unavailable' }, { status })
    if (reused) return Response.json({ code: 'refresh_token_invalid' }, { status: 401 })
    const n = refreshes.length
    return Response.json({ access_token: `a${n}`, refresh_token: `r${n}`, expires_in: 900 })
  }
}

test.group('Session', (group) => {
  group.each.setup(() => {
    storage.clear()
    storage.set('af.refresh_token', 'r0')
  })

  test('many requests at once refresh once', async ({ assert }) => {
    rotatingServer()
    const tab = await openTab()
    const tokens = await Promise.all([1, 2, 3, 4].map(() => tab.accessToken()))
    assert.deepEqual(tokens, ['a1', 'a1', 'a1', 'a1'])
    assert.deepEqual(refreshes, ['r0'])
  })

  test('two tabs never present the same refresh token', async ({ assert }) => {
    rotatingServer()
    const [one, two] = [await openTab(), await openTab()]
    const tokens = await Promise.all([one.accessToken(), two.accessToken()])
    assert.isFalse(tokens.includes(null))
    assert.equal(new Set(refreshes).size, refreshes.length)
    assert.isTrue(one.isSignedIn())
  })

  test('a refused access token is not handed out again', async ({ assert }) => {
    rotatingServer()
    const tab = await openTab()
    const first = await tab.accessToken()
    assert.notEqual(await tab.accessToken(first ?? ''), first)
  })

  test('a dead session signs out, a dead server does not', async ({ assert }) => {
    rotatingServer()
    refreshes.push('r0')
    const tab = await openTab()
    assert.isNull(await tab.accessToken())
    assert.isFalse(tab.isSignedIn())

    storage.set('af.refresh_token', 'r0')
    rotatingServer(503)
    await assert.rejects(async () => tab.accessToken())
    assert.isTrue(tab.isSignedIn())
  })
})
