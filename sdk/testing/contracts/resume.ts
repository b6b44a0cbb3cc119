import type { Stream } from '../../src/index.ts'
import { expect, failureOf, nameOf } from '../failure.ts'
import type { Contract, Plan } from '../plan.ts'
import { Crash, rowsOf, type Interrupt } from '../simulation/stage.ts'
import { Store } from '../simulation/store.ts'

const FEWEST_PAGES = 3
/** Pages at which a run is interrupted, spread over all of them. */
const MOST_INTERRUPTS = 20

function pagesToTry(count: number): number[] {
  const step = Math.max(1, count / MOST_INTERRUPTS)
  const pages = Array.from({ length: Math.min(count, MOST_INTERRUPTS) }, (_, index) =>
    Math.floor(index * step)
  )
  return [...new Set([...pages, count - 1])]
}

async function whole(plan: Plan, name: string, stream: Stream): Promise<Store> {
  const store = new Store()
  await plan.world().run(name, store)
  expect(store.isStorable, 'a position is not JSON: after being stored it is another one')
  if (plan.isRecorded || rowsOf(stream) === undefined) return store
  const isLong = store.pagesRead >= FEWEST_PAGES && store.positions.some((next) => next !== 'null')
  expect(
    isLong,
    `yields ${store.pagesRead} pages: let the fake answer in smaller ones, so that there are ${FEWEST_PAGES} and one has a next`
  )
  return store
}

async function checkCrash(plan: Plan, name: string, interrupt: Interrupt, expected: Store) {
  const world = plan.world()
  const store = new Store()
  const error = await failureOf(world.run(name, store, { interrupt }))
  expect(error instanceof Crash, `the run fails at page ${interrupt.page + 1}: ${nameOf(error)}`)
  await world.run(name, store)
  const where =
    interrupt.where === 'before_rows' ? 'before its rows' : 'between its rows and its position'
  const place = `after a crash at page ${interrupt.page + 1}, ${where},`
  expect(store.text() === expected.text(), `${place} the rows are other ones`)
  const again = store.pagesRead - expected.pagesRead
  expect(again <= 1, `${place} ${again} pages are read again; one is enough`)
}

async function checkAbort(plan: Plan, name: string, expected: Store): Promise<void> {
  const world = plan.world()
  const store = new Store()
  const controller = new AbortController()
  let calls = 0
  const onPage = () => {
    controller.abort(new Error('aborted'))
    calls = world.vendor.calls.length
  }
  const error = await failureOf(world.run(name, store, { signal: controller.signal, onPage }))
  if (error === undefined) expect(expected.pagesRead <= 1, 'goes on after it was aborted')
  expect(world.vendor.calls.length === calls, 'asks the vendor after it was aborted')
  await world.run(name, store)
  expect(
    store.text() === expected.text(),
    'after it was aborted and begun again, the rows are other ones'
  )
}

export const resume: Contract = {
  id: 'resume',
  title: 'a crash or an abort at any page changes no row and reads one page again',
  run: (plan) =>
    plan.eachStream(async (name, stream) => {
      const expected = await whole(plan, name, stream)
      for (const page of pagesToTry(expected.pagesRead)) {
        await checkCrash(plan, name, { page, where: 'before_rows' }, expected)
        await checkCrash(plan, name, { page, where: 'after_rows' }, expected)
      }
      await checkAbort(plan, name, expected)
    }),
}
