import { SourceError } from '../../src/index.ts'
import { limitsOf } from '../declared.ts'
import { expect, failureOf, nameOf } from '../failure.ts'
import type { Contract, Plan } from '../plan.ts'
import { Store } from '../simulation/store.ts'
import type { VendorReply } from '../spec.ts'
import type { RecordedCall } from '../vendor.ts'

/** Attempts of one request, as the client promises. */
const MOST_ATTEMPTS = 5

const throttled = (plan: Plan, seconds: number): VendorReply =>
  plan.spec.throttled?.(seconds) ?? {
    status: 429,
    headers: { 'retry-after': String(seconds) },
  }

/** All streams at once; the second call is refused for a while. */
async function checkShortPause(plan: Plan): Promise<void> {
  const world = plan.world()
  const seconds = 7
  let until = 0
  let early = 0
  world.vendor.fault = ({ now }, call) => {
    if (call === 2) {
      until = now.getTime() + seconds * 1000
      return throttled(plan, seconds)
    }
    // Calls that were on their way may still arrive.
    if (until > now.getTime() && now.getTime() > until - seconds * 1000) early += 1
    return undefined
  }
  const runs = world.streams.map(([name]) => world.run(name, new Store()))
  const error = await failureOf(Promise.all(runs))
  expect(error === undefined, `a short pause ends the run: ${nameOf(error)}`)
  expect(early === 0, 'the vendor is asked before the pause that it wanted is over')
}

async function checkNextCall(plan: Plan, name: string): Promise<void> {
  const world = plan.world()
  const seconds = 9
  const at: number[] = []
  world.vendor.fault = ({ now }, call) => {
    at.push(now.getTime())
    return call === 1 ? throttled(plan, seconds) : undefined
  }
  const error = await failureOf(world.run(name, new Store()))
  if (at.length === 0) return
  expect(error === undefined, `a short pause ends the run: ${nameOf(error)}`)
  const [refused = 0, next = Infinity] = at
  expect(
    next - refused >= seconds * 1000,
    'the vendor is asked before the pause that it wanted is over'
  )
}

async function checkLongPause(plan: Plan, name: string): Promise<void> {
  const world = plan.world()
  const seconds = 7200
  const wanted = world.clock.now().getTime() + seconds * 1000
  world.vendor.fault = () => throttled(plan, seconds)
  const error = await failureOf(world.run(name, new Store()))
  if (world.vendor.calls.length === 0) return
  const isTyped = error instanceof SourceError && error.code === 'rate_limited'
  expect(isTyped, `a long pause gives ${nameOf(error)}, not rate_limited`)
  const retryAt = error.detail.retryAt?.getTime() ?? 0
  expect(retryAt >= wanted - 1000, 'a long pause does not say until when (retryAt)')
  expect(world.vendor.calls.length === 1, 'the vendor is asked again during a long pause')
}

async function checkFailing(plan: Plan, name: string): Promise<void> {
  const world = plan.world()
  world.vendor.fault = () => ({ status: 503 })
  const error = await failureOf(world.run(name, new Store()))
  if (world.vendor.calls.length === 0) return
  const isTyped = error instanceof SourceError && error.code === 'vendor_unavailable'
  expect(isTyped, `a vendor that fails gives ${nameOf(error)}, not vendor_unavailable`)
  const calls = world.vendor.calls.length
  expect(
    calls <= MOST_ATTEMPTS,
    `a vendor that fails is asked ${calls} times; ${MOST_ATTEMPTS} are enough`
  )
}

function assertPaced(calls: readonly RecordedCall[], requests: number, seconds: number): void {
  const isPaced = calls.every(({ at }, index) => {
    const after = calls[index + requests]
    return after === undefined || after.at - at >= seconds * 1000
  })
  expect(isPaced, `more than ${requests} requests are sent within ${seconds} s`)
}

/** All streams share what one connection may do. */
async function checkBudget(plan: Plan): Promise<void> {
  const world = plan.world()
  const runs = world.streams.map(([name]) => world.run(name, new Store()))
  await Promise.all([...runs, world.source.check(world.context())])
  const { calls, mostRunning } = world.vendor
  for (const limit of limitsOf(world.source)) {
    if ('perMinute' in limit) assertPaced(calls, limit.perMinute, 60)
    if ('requests' in limit) assertPaced(calls, limit.requests, limit.seconds)
    if (!('parallel' in limit)) continue
    expect(
      mostRunning <= limit.parallel,
      `${mostRunning} requests run at the same time; ${limit.parallel} may`
    )
  }
}

export const limits: Contract = {
  id: 'limits',
  title: 'pauses are kept, budgets are shared, attempts are bounded',
  exempt: (plan) => (plan.source.http === undefined ? 'nothing is requested' : undefined),
  run: async (plan) => {
    await plan.eachStream(async (name) => {
      await checkNextCall(plan, name)
      await checkLongPause(plan, name)
      await checkFailing(plan, name)
    })
    await checkShortPause(plan)
    await checkBudget(plan)
  },
}
