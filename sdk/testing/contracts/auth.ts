import { SourceError } from '../../src/index.ts'
import { expect, failureOf, nameOf } from '../failure.ts'
import type { Contract, Plan } from '../plan.ts'
import { Store } from '../simulation/store.ts'

async function checkRevoked(plan: Plan, name: string, afterPage: number | undefined) {
  const world = plan.world()
  let calls = 0
  const revoke = () => {
    world.credentials.isRevoked = true
    calls = world.vendor.calls.length
  }
  if (afterPage === undefined) revoke()
  const onPage = (page: number) => {
    if (page === afterPage) revoke()
  }
  const error = await failureOf(world.run(name, new Store(), { onPage }))
  // A stream that had read everything before cannot notice.
  if (world.vendor.calls.length === calls) return
  const isExpired = error instanceof SourceError && error.code === 'auth_expired'
  const when = afterPage === undefined ? 'before the run' : 'in the middle of a run'
  expect(isExpired, `credentials that end ${when} give ${nameOf(error)}, not auth_expired`)
}

/** Everything at once, with a token that the vendor has just ended. */
async function checkRefresh(plan: Plan): Promise<void> {
  const world = plan.world()
  world.credentials.expire()
  const runs = world.streams.map(([name]) => world.run(name, new Store()))
  const error = await failureOf(Promise.all([...runs, world.source.check(world.context())]))
  expect(error === undefined, `an ended token is not renewed: ${nameOf(error)}`)
  const isOnce = [...world.credentials.refreshes.values()].every((count) => count === 1)
  expect(isOnce, 'a refresh token was used twice')
}

export const auth: Contract = {
  id: 'auth',
  title: 'credentials that end are an error, and are renewed once',
  exempt: (plan) =>
    plan.world().credentials.auth.kind === 'none' ? 'there are no credentials' : undefined,
  run: async (plan) => {
    await plan.eachStream(async (name) => {
      await checkRevoked(plan, name, undefined)
      await checkRevoked(plan, name, 0)
    })
    if (plan.world().credentials.auth.kind === 'oauth2') await checkRefresh(plan)
  },
}
