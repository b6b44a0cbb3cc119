import type { Stream } from '../../src/index.ts'
import { expect } from '../failure.ts'
import type { Contract, Plan } from '../plan.ts'
import { Store } from '../simulation/store.ts'
import type { StreamSpec, VendorRow } from '../spec.ts'
import type { World } from '../world.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

type Entity = Extract<Stream, { kind: 'entity' }>['def']

/** What one scenario works with. */
interface Scene {
  world: World
  store: Store
  spec: StreamSpec
  table: VendorRow[]
  def: Entity
  name: string
}

function scene(plan: Plan, name: string, def: Entity): Scene {
  const world = plan.world()
  const table = world.tables[name] ?? []
  return { world, store: new Store(), spec: plan.specOf(name), table, def, name }
}

function touched({ spec, def }: Scene, row: VendorRow, at: Date): VendorRow {
  if (spec.touch !== undefined) return spec.touch(row, at)
  return def.updatedAt === undefined ? row : { ...row, [def.updatedAt]: at.toISOString() }
}

/** The vendor changes a row. */
function edit(scene: Scene, index: number, at: Date): void {
  const { table, spec } = scene
  const row = table[index]
  if (row !== undefined) table[index] = touched(scene, spec.change(row), at)
}

/** What runs have gathered is what a first run would find. */
async function assertSame({ world, store, name }: Scene, what: string): Promise<void> {
  const isSame = store.text() === (await world.readAnew(name))
  expect(isSame, `${what}: the rows are not those of the vendor`)
}

const ago = ({ world }: Scene, milliseconds: number): Date =>
  new Date(world.clock.now().getTime() - milliseconds)

/** Rows of one moment, more than fit on a page. */
async function ties(scene: Scene): Promise<void> {
  const { world, store, table, name } = scene
  const at = ago(scene, 2 * HOUR_MS)
  table.forEach((row, index) => (table[index] = touched(scene, row, at)))
  await world.run(name, store)
  await assertSame(scene, 'rows that were updated at the same moment')
  table.push(scene.spec.make(table.length, at))
  await world.run(name, store)
  await assertSame(scene, 'a row that joins those of the last moment')
}

/** A row that was read changes, and so does one that was not. */
async function editsWhilePaging(scene: Scene): Promise<void> {
  const { world, store, table, name } = scene
  const onPage = (page: number) => {
    if (page !== 0) return
    edit(scene, 0, ago(scene, 0))
    edit(scene, table.length - 1, ago(scene, 0))
  }
  await world.run(name, store, { onPage })
  world.clock.pass(HOUR_MS)
  await world.run(name, store)
  await assertSame(scene, 'rows that change while pages are read')
}

/** A row appears with a time that has passed, as vendors with many machines have them. */
async function lateRow(scene: Scene): Promise<void> {
  const { world, store, table, name, def, spec } = scene
  await world.run(name, store)
  const newest = Date.parse(store.position ?? '')
  const overlap = (def.overlapMinutes ?? 0) * MINUTE_MS
  expect(overlap > 0, 'overlapMinutes is 0: rows that appear late would be lost')
  table.push(spec.make(table.length, new Date(newest - overlap / 2)))
  await world.run(name, store)
  await assertSame(scene, 'a row that appears late, inside the overlap')
}

/** A row is dated tomorrow; what changes today must still be seen. */
async function futureRow(scene: Scene): Promise<void> {
  const { world, store, table, name, spec } = scene
  table.push(spec.make(table.length, ago(scene, -24 * HOUR_MS)))
  await world.run(name, store)
  world.clock.pass(HOUR_MS)
  edit(scene, 0, ago(scene, MINUTE_MS))
  await world.run(name, store)
  await assertSame(scene, 'an edit after a row that is dated tomorrow')
}

async function editAfter(scene: Scene): Promise<void> {
  const { world, store, name } = scene
  await world.run(name, store)
  world.clock.pass(HOUR_MS)
  edit(scene, 1, ago(scene, MINUTE_MS))
  await world.run(name, store)
  await assertSame(scene, 'an edit between two runs')
}

async function checkUnchanged(plan: Plan, name: string): Promise<void> {
  const world = plan.world()
  const store = new Store()
  await world.run(name, store)
  const { changes } = store
  const before = store.text()
  world.clock.pass(plan.isRecorded ? 0 : MINUTE_MS)
  await world.run(name, store)
  const isSame = store.changes === changes && store.text() === before
  expect(isSame, 'a second run over unchanged data brings something new')
}

export const cursor: Contract = {
  id: 'cursor',
  title: 'ties, edits while paging, late rows and future dates lose nothing',
  run: (plan) =>
    plan.eachStream(async (name, stream) => {
      await checkUnchanged(plan, name)
      if (plan.isRecorded || stream.kind !== 'entity') return
      const scenarios = [editAfter, editsWhilePaging]
      if (stream.def.updatedAt !== undefined) scenarios.push(ties, lateRow, futureRow)
      for (const scenario of scenarios) await scenario(scene(plan, name, stream.def))
    }),
}
