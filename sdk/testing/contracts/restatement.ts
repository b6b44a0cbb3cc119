import type { Stream } from '../../src/index.ts'
import { expect, failureOf } from '../failure.ts'
import type { Contract, Plan } from '../plan.ts'
import { rowsOf } from '../simulation/stage.ts'
import { Store } from '../simulation/store.ts'
import type { VendorRow } from '../spec.ts'
import type { World } from '../world.ts'

/** The vendor changes one of its newest rows and drops another. */
function restate(plan: Plan, name: string, table: VendorRow[]): void {
  const last = table.length - 1
  const row = table[last - 1]
  if (row !== undefined) table[last - 1] = plan.specOf(name).change(row)
  table.splice(last, 1)
}

interface Scene {
  world: World
  store: Store
  table: VendorRow[]
}

async function firstRun(plan: Plan, name: string): Promise<Scene> {
  const world = plan.world()
  const store = new Store()
  await world.run(name, store)
  return { world, store, table: world.tables[name] ?? [] }
}

async function checkRestated(plan: Plan, name: string): Promise<void> {
  const { world, store, table } = await firstRun(plan, name)
  restate(plan, name, table)
  await world.run(name, store)
  const isSame = store.text() === (await world.readAnew(name))
  expect(isSame, 'figures that changed are not replaced, or rows that vanished stay')
}

/** Interrupted in the middle, a snapshot is the old one; then it is the new one. */
async function checkInterrupted(plan: Plan, name: string): Promise<void> {
  const { world, store, table } = await firstRun(plan, name)
  const old = store.text()
  const pages = store.pagesRead
  restate(plan, name, table)
  const page = pages + Math.floor(pages / 2)
  await failureOf(world.run(name, store, { interrupt: { page, where: 'after_rows' } }))
  expect(store.text() === old, 'a list that is read by half is visible')
  await world.run(name, store)
  const isWhole = store.text() === (await world.readAnew(name))
  expect(isWhole, 'a list that was interrupted is incomplete')
}

const isRestated = (stream: Stream): boolean =>
  stream.kind !== 'entity' && rowsOf(stream) !== undefined

export const restatement: Contract = {
  id: 'restatement',
  title: 'changed figures replace, vanished rows vanish, half a list is never visible',
  exempt: (plan) => {
    if (plan.isRecorded) return 'nothing changes in a recording'
    const hasAny = plan.streams.some(([, stream]) => isRestated(stream))
    return hasAny ? undefined : 'there are no reports and no lists'
  },
  run: (plan) =>
    plan.eachStream(async (name, stream) => {
      if (!isRestated(stream)) return
      await checkRestated(plan, name)
      if (stream.kind === 'snapshot') await checkInterrupted(plan, name)
    }),
}
