import { SourceError } from '../../src/index.ts'
import { expect, failureOf, nameOf } from '../failure.ts'
import type { Contract, Plan } from '../plan.ts'
import type { BadCase } from '../spec.ts'

/** A check is made while the user waits. */
const MOST_CALLS = 10

async function checkGood(plan: Plan): Promise<void> {
  const world = plan.world()
  const error = await failureOf(world.source.check(world.context()))
  expect(error === undefined, `good credentials do not pass: ${nameOf(error)}`)
  const calls = world.vendor.calls.length
  expect(calls <= MOST_CALLS, `a check takes ${calls} calls; ${MOST_CALLS} are enough`)
}

async function checkBad(plan: Plan, bad: BadCase): Promise<void> {
  const attempt = async () => {
    const world = plan.withFiles(bad.files).world({ ...plan.spec.config, ...bad.config })
    if (bad.isRevoked === true) world.credentials.isRevoked = true
    world.vendor.fault = (request) => bad.reply?.(request)
    await world.source.check(world.context())
  }
  const error = await failureOf(attempt())
  const { name, code, field } = bad
  expect(error !== undefined, `“${name}” passes the check`)
  expect(
    error instanceof SourceError,
    `“${name}” fails with ${nameOf(error)}, which is no SourceError`
  )
  expect(error.code === code, `“${name}” fails with ${error.code}; ${code} is expected`)
  const isThere = field === undefined || error.detail.field === field
  expect(isThere, `“${name}” does not say that the field “${field ?? ''}” is at fault`)
}

export const check: Contract = {
  id: 'check',
  title: 'good credentials pass the check, each bad case gives its own error',
  run: async (plan) => {
    await checkGood(plan)
    const cases = [...(plan.spec.badCases ?? [])]
    const proves = plan.world().credentials.auth.kind !== 'none'
    if (proves) cases.push({ name: 'refused credentials', isRevoked: true, code: 'auth_expired' })
    expect(cases.length > 0, 'the contract needs a bad case: “badCases”')
    for (const bad of cases) await checkBad(plan, bad)
  },
}
