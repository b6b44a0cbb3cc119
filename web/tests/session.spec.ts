import { setTimeout as wait } from 'node:timers/promises'
import { test } from '@japa/runner'
import { Session } from '../src/api/session_state.ts'

/** What all tabs of a browser share. */
let stored: string | null = null
let refreshes: string[] = []
let tabs: Session[] = []

/** A tab: its own memory, the store and the locks shared. */
async function openTab(): Promise<Session> {
  const tab = new Session({
    read: async () => wait(1).then(() => stored),
    write: async (token) => {
      await wait(1)
      stored = token
    },
  })
  tabs.push(tab)
  await tab.load()
  return tab
}

/** A server that rotates tokens and refuses any that was used before. */
function rotatingServer(status = 200): void {
  refreshes = []
  globalThis.fetch = async (_url, init) => {
    const { refresh_token: token } = JSON.parse(init?.body as string) as { refresh_token: string }
    const reused = refreshes.includes(token)
    refreshes.push(token)
    await wait(5)
    if (status !== 200) return Response.json({ code: 'unavailable' }, { status })
    if (reused) return Response.json({ code: 'refresh_token_invalid' }, { status: 401 })
    const n = refreshes.length
    return Response.json({ access_token: `a${n}`, refresh_token: `r${n}`, expires_in: 900 })
  }
}

test.group('Session', (group) => {
  group.each.setup(() => {
    stored = 'r0'
  })
  group.each.teardown(() => {
    for (const tab of tabs) tab.close()
    tabs = []
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

    stored = 'r0'
    rotatingServer(503)
    const other = await openTab()
    await assert.rejects(async () => other.accessToken())
    assert.isTrue(other.isSignedIn())
  })

  test('signing out reaches the other tabs', async ({ assert }) => {
    rotatingServer()
    const [one, two] = [await openTab(), await openTab()]
    const told = new Promise<void>((resolve) => two.subscribe(resolve))
    assert.equal(await one.end(), 'r0')
    await told
    assert.isFalse(two.isSignedIn())
    assert.isNull(await two.accessToken())
  })

  test('a refresh under way does not undo signing out', async ({ assert }) => {
    rotatingServer()
    const tab = await openTab()
    const token = tab.accessToken()
    await tab.end()
    assert.isNull(await token)
    assert.isFalse(tab.isSignedIn())
    assert.isNull(stored)
  })
})
