import { SourceError, type Stream } from '../../src/index.ts'
import { expect, failureOf, nameOf } from '../failure.ts'
import type { Contract, Plan } from '../plan.ts'
import { rowsOf } from '../simulation/stage.ts'
import { Store } from '../simulation/store.ts'
import type { VendorRow } from '../spec.ts'
import { expectedText } from '../tables.ts'

function checkUnique(keys: string[]): void {
  const seen = new Set<string>()
  const double = keys.find((key) => seen.size === seen.add(key).size)
  expect(double === undefined, `the key ${double ?? ''} comes twice in one run`)
}

async function checkComplete(plan: Plan, name: string, stream: Stream): Promise<void> {
  const world = plan.world()
  const [first, second] = [new Store(), new Store()]
  await world.run(name, first)
  if (rowsOf(stream) !== undefined) checkUnique(first.emitted)
  await world.run(name, second)
  expect(first.text() === second.text(), 'two runs over the same data give different rows')
  if (plan.isRecorded) return
  plan.specOf(name)
  const expected = expectedText(world, name)
  const rows = (text: string) => (text === '' ? 0 : text.split('\n').length)
  expect(
    first.text() === expected,
    `the vendor has ${rows(expected)} rows, ${rows(first.text())} arrive, or they say something else`
  )
}

function spoiled(stream: Stream, row: VendorRow): VendorRow {
  const [field = ''] = 'key' in stream.def ? stream.def.key : []
  return { ...row, [field]: { spoiled: true } }
}

async function checkSpoiled(plan: Plan, name: string, stream: Stream): Promise<void> {
  const world = plan.world()
  const spec = plan.specOf(name)
  const table = world.tables[name] ?? []
  const middle = Math.floor(table.length / 2)
  const row = table[middle] ?? {}
  table[middle] = spec.spoil?.(row) ?? spoiled(stream, row)
  const error = await failureOf(world.run(name, new Store()))
  expect(error !== undefined, 'a damaged row passes')
  const isTyped =
    error instanceof SourceError &&
    (error.code === 'row_invalid' || error.code === 'vendor_response')
  expect(isTyped, `a damaged row gives ${nameOf(error)}, not row_invalid`)
  const hasPath = error.code !== 'row_invalid' || Boolean(error.detail.field)
  expect(hasPath, 'a damaged row does not say which field is at fault')
}

export const rows: Contract = {
  id: 'rows',
  title: 'every row arrives once under its own key, or says what is wrong with it',
  run: (plan) =>
    plan.eachStream(async (name, stream) => {
      await checkComplete(plan, name, stream)
      if (!plan.isRecorded && rowsOf(stream) !== undefined) await checkSpoiled(plan, name, stream)
    }),
}
