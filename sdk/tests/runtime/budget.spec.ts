import { test } from '@japa/runner'
import { z, type RateLimit } from '@analyticaflow/sdk'
import { makeBudget } from '@analyticaflow/sdk/runtime'
import { errorOf, JumpingClock, talk } from './vendor.ts'

const Anything = z.unknown()
const signal = new AbortController().signal

/** Seconds after the start at which so many requests were let through. */
async function moments(limit: RateLimit | RateLimit[], requests: number, body: unknown = null) {
  const clock = new JumpingClock()
  const budget = makeBudget(limit, clock)
  const start = clock.at
  const sent: number[] = []
  await Promise.all(
    Array.from({ length: requests }, async () => {
      const permit = await budget.reserve(body, 3_600_000, signal)
      if (permit instanceof Date) throw new Error('Not within an hour')
      sent.push((clock.at - start) / 1000)
      permit.release()
    })
  )
  return sent
}

test.group('budget', () => {
  test('lets through so many requests in any span', async ({ assert }) => {
    assert.deepEqual(await moments({ requests: 2, seconds: 1 }, 5), [0, 0, 1, 1, 2])
    assert.deepEqual(await moments({ perMinute: 3 }, 4), [0, 0, 0, 60])
  })

  test('keeps to several limits at once', async ({ assert }) => {
    const limits = [{ requests: 2, seconds: 1 }, { perMinute: 3 }]
    assert.deepEqual(await moments(limits, 4), [0, 0, 1, 60])
  })

  test('spends points by the price of a request, and refills', async ({ assert }) => {
    const limit = { bucket: 100, refillPerSecond: 10, cost: (body: unknown) => Number(body) }
    assert.deepEqual(await moments(limit, 4, 50), [0, 0, 5, 10])
    // Dearer than a full bucket: sent from a full one.
    assert.deepEqual(await moments(limit, 2, 150), [0, 15])
  })

  test('believes what the vendor says of its own count', async ({ assert }) => {
    const clock = new JumpingClock()
    const budget = makeBudget({ bucket: 1000, refillPerSecond: 50, cost: () => 10 }, clock)
    budget.observe({ available: 5, capacity: 2000, refillPerSecond: 1 })
    const wait = await budget.reserve(null, 1000, signal)
    assert.instanceOf(wait, Date)
    assert.equal((wait as Date).getTime() - clock.at, 5000)
  })

  test('lets nobody through before a moment that the vendor named', async ({ assert }) => {
    const { http, got, clock, stop } = await talk(
      (_got, count) => ({ json: 1, ...(count === 1 && { headers: { 'x-usage': '95' } }) }),
      {
        observe: ({ headers, now }) =>
          Number(headers['x-usage'] ?? 0) > 75
            ? { pauseUntil: new Date(now.getTime() + 30_000) }
            : undefined,
      }
    )
    await http.get('/', Anything)
    await Promise.all([http.get('/', Anything), http.get('/', Anything)])
    assert.deepEqual(
      got.map(({ at }) => at - (clock.at - 30_000)),
      [0, 30_000, 30_000]
    )
    stop()
  })

  test('a pause that one stream met is kept by all', async ({ assert, cleanup }) => {
    const { http, got, stop } = await talk((_got, count) =>
      count === 1 ? { status: 429, headers: { 'retry-after': '9' } } : { json: 1 }
    )
    cleanup(stop)
    const first = http.get('/a', Anything)
    while (got.length === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    await new Promise((resolve) => setTimeout(resolve, 20))
    await Promise.all([first, http.get('/b', Anything)])
    const [refused, ...rest] = got.map(({ at }) => at)
    assert.isTrue(rest.every((at) => at - (refused ?? 0) >= 9000))
  })

  test('bounds what runs at the same time, also when a request fails', async ({
    assert,
    cleanup,
  }) => {
    let running = 0
    let most = 0
    const { http, stop } = await talk(
      async ({ path }) => {
        running += 1
        most = Math.max(most, running)
        await new Promise((resolve) => setTimeout(resolve, 5))
        running -= 1
        return path === '/bad' ? { status: 400 } : { json: 1 }
      },
      { limit: { parallel: 2 } }
    )
    cleanup(stop)
    const paths = ['/bad', '/a', '/bad', '/b', '/c', '/d']
    await Promise.allSettled(paths.map((path) => http.get(path, Anything)))
    assert.equal(most, 2)
  })

  test('gives a place that is waited for back when the run is cancelled', async ({ assert }) => {
    const budget = makeBudget({ parallel: 1 }, new JumpingClock())
    const held = await budget.reserve(null, 0, signal)
    const controller = new AbortController()
    const waiting = budget.reserve(null, 0, controller.signal)
    controller.abort(new Error('cancelled'))
    await assert.rejects(() => waiting, 'cancelled')
    if (!(held instanceof Date)) held.release()
    assert.notInstanceOf(await budget.reserve(null, 0, signal), Date)
  })

  test('a wait that is too long is an error with its end', async ({ assert, cleanup }) => {
    const { http, got, clock, stop } = await talk(() => ({ json: 1 }), {
      limit: { requests: 1, seconds: 600 },
    })
    cleanup(stop)
    await http.get('/', Anything)
    const error = await errorOf(http.get('/', Anything))
    assert.equal(error.code, 'rate_limited')
    assert.equal(error.detail.retryAt?.getTime(), clock.at + 600_000)
    assert.lengthOf(got, 1)
  })
})
