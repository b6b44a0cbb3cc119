import type { Context, WebhookRequest } from '../../src/index.ts'
import { application } from '../credentials.ts'
import { expect, failureOf, nameOf } from '../failure.ts'
import type { Contract, Plan } from '../plan.ts'
import { rowsOf, stagedPage, type RowsDefinition } from '../simulation/stage.ts'
import { Store, type StoredRow } from '../simulation/store.ts'
import type { StreamSpec, VendorRow, WebhookSpec } from '../spec.ts'
import { bodyOfWebhook, isAuthentic } from '../webhook.ts'
import type { World } from '../world.ts'
import { checkMap } from './purity.ts'

const MINUTE_MS = 60_000
const MOST_ROWS = 50

async function checkMaps(plan: Plan): Promise<void> {
  await plan.eachStream(async (name, stream) => {
    const def = rowsOf(stream)
    if (def === undefined) return
    const world = plan.world()
    const store = new Store()
    await world.run(name, store)
    for (const { row } of store.published.slice(0, MOST_ROWS)) checkMap(def, row, world.config)
  })
}

/** One topic, and a row that has changed. */
interface Scene {
  world: World
  topic: string
  stream: string
  def: RowsDefinition
  webhooks: WebhookSpec
  rows: StreamSpec
  call: (row: VendorRow, delivery: string) => WebhookRequest
}

function touched({ def, rows }: Scene, row: VendorRow, at: Date): VendorRow {
  if (rows.touch !== undefined) return rows.touch(row, at)
  const { updatedAt } = def as { updatedAt?: string }
  return updatedAt === undefined ? row : { ...row, [updatedAt]: at.toISOString() }
}

/** The same call with one thing changed. */
function forgeries({ headers, body }: WebhookRequest): WebhookRequest[] {
  const other = Buffer.from(body)
  const last = other.length - 1
  other[last] = (other[last] ?? 0) ^ 1
  const signatures = Object.keys(headers).filter((name) => name !== 'content-type')
  const bare = Object.fromEntries(
    Object.entries(headers).filter(([name]) => name === 'content-type')
  )
  const empty = Object.fromEntries(signatures.map((name) => [name, '']))
  return [
    { headers, body: other },
    { headers, body: Buffer.concat([body, Buffer.from(' ')]) },
    { headers: bare, body },
    { headers: { ...headers, ...empty }, body },
  ]
}

async function checkSignature({ world, webhooks: spec, topic }: Scene, request: WebhookRequest) {
  const authentic = (call: WebhookRequest) => isAuthentic(world, call, application.clientSecret)
  expect(authentic(request), `${topic}: a call of the vendor is refused`)
  if (spec.isUnsigned === true) return
  for (const forged of forgeries(request)) {
    const attempt = async () => authentic(forged)
    const error = await failureOf(attempt())
    expect(error === undefined, `${topic}: a forged call breaks verify: ${nameOf(error)}`)
    expect(!(await attempt()), `${topic}: a forged call is taken for one of the vendor`)
  }
}

function checkDedupe({ world, topic, call }: Scene, row: VendorRow): void {
  const id = (delivery: string) => world.source.webhooks?.dedupe(call(row, delivery))
  const [first, again, other] = [id('delivery-1'), id('delivery-1'), id('delivery-2')]
  expect(
    Boolean(first) && first === again,
    `${topic}: a delivery that is repeated has no id of its own`
  )
  expect(first !== other, `${topic}: two deliveries have one id`)
}

/** The records that a call tells of, as they would be stored. */
async function recordsOf(
  { world, topic, def }: Scene,
  request: WebhookRequest
): Promise<StoredRow[]> {
  const declared = world.source.webhooks?.topics[topic] as
    { rows?: (body: object) => unknown[]; keys?: (body: object) => string[][] } | undefined
  const body = bodyOfWebhook(request)
  const keys = declared?.keys?.(body)
  const rows =
    keys === undefined ? (declared?.rows?.(body) ?? []) : await fetched(def, world.context(), keys)
  return stagedPage(def, { rows, next: null }).rows
}

type Refetch = (this: void, context: Context, key: string[]) => Promise<unknown>

async function fetched(
  def: RowsDefinition,
  context: Context,
  keys: string[][]
): Promise<unknown[]> {
  const { refetch } = def as { refetch?: Refetch }
  expect(refetch !== undefined, 'names keys, but its stream has no refetch')
  const rows = await Promise.all(keys.map((key) => refetch(context, key)))
  return rows.filter((row) => row !== null)
}

function applied(store: Store, rows: StoredRow[]): void {
  store.staged.set(0, { rows, deleted: [] })
  store.publishKeys()
}

async function checkTopic(scene: Scene): Promise<void> {
  const { world, topic, stream, rows, call } = scene
  const table = world.tables[stream] ?? []
  const old = table[0] ?? {}
  const at = new Date(world.clock.now().getTime() - MINUTE_MS)
  const changed = touched(scene, rows.change(old), at)
  await checkSignature(scene, call(changed, 'delivery-1'))
  checkDedupe(scene, changed)

  const stale = await recordsOf(scene, call(old, 'delivery-0'))
  table[0] = changed
  // A vendor's list may be in the order of updates.
  table.push(...table.splice(0, 1))
  const polled = new Store()
  await world.run(stream, polled)
  const told = await recordsOf(scene, call(changed, 'delivery-1'))
  expect(told.length > 0, `${topic}: a call brings no row`)
  const isSame = told.every((record) =>
    polled.published.some(({ key, row }) => key === record.key && row === record.row)
  )
  expect(isSame, `${topic}: the row of a call is not the row of a poll`)
  const before = polled.text()
  applied(polled, told)
  applied(polled, stale)
  expect(
    polled.text() === before,
    `${topic}: a call that is late or repeated changes what is known`
  )
}

function sceneOf(plan: Plan, webhooks: WebhookSpec, topic: string, stream: string): Scene {
  const world = plan.world()
  const fed = world.source.streams[stream]
  const def = fed && rowsOf(fed)
  expect(def !== undefined, `${topic}: “${stream}” is no stream of rows`)
  const call = (row: VendorRow, delivery: string) =>
    webhooks.call(topic, row, delivery, application.clientSecret)
  return { world, topic, stream, def, webhooks, rows: plan.specOf(stream), call }
}

async function checkWebhooks(plan: Plan): Promise<void> {
  const { source, spec } = plan
  if (source.webhooks === undefined) return
  const { webhooks } = spec
  expect(
    webhooks !== undefined,
    'the source has webhooks: “webhooks” of the contract has to say how they are signed'
  )
  const running = new Set(plan.streams.map(([name]) => name))
  for (const [topic, { stream }] of Object.entries(source.webhooks.topics)) {
    if (running.has(stream)) await checkTopic(sceneOf(plan, webhooks, topic, stream))
  }
}

export const webhooks: Contract = {
  id: 'webhooks',
  title: 'calls are authentic, repeatable and equal to polling; map is pure and exact',
  run: async (plan) => {
    await checkMaps(plan)
    if (!plan.isRecorded) await checkWebhooks(plan)
  },
}
