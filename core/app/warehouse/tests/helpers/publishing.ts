import db from '@adonisjs/lucid/services/db'
import { encode, type Canonical } from '@analyticaflow/sdk'
import { refreshIdentity } from '#identity/public'
import {
  markContested,
  mirrorEvents,
  openCommit,
  publishCommit,
  rebuildDailyKpi,
  rebuildJourneys,
  rebuildPaths,
  rebuildOrderFacts,
  recomputeOrders,
  rebuildTouch,
  stageDeleted,
  stageLines,
  withKnownLogs,
  writeChanges,
  type RefreshSettings,
  type Scope,
  type StoredKindName,
  type Version,
} from '#warehouse/public'

/** Rows of one kind as a source of the project delivers them. */
export interface Delivery<K extends StoredKindName = StoredKindName> {
  projectId: string
  integrationId: string
  kind: K
  rows: readonly Canonical[K][]
  scope?: Scope
  identity?: 'record_key' | 'content'
  /** Keys of records that are gone. */
  deleted?: readonly string[]
  /** Of a row, where it has a key. */
  key?: (row: Canonical[K]) => string
}

let runs = 0

/** Stages the rows and publishes them, as a run of the integration would. */
export async function deliver<K extends StoredKindName>(
  delivery: Delivery<K>,
  settings: RefreshSettings,
  publish: (...commit: Parameters<typeof refresh>) => Promise<void> = refresh
): Promise<Version> {
  const runId = String(++runs)
  const { projectId, integrationId, kind, rows } = delivery
  const key = delivery.key ?? ((_row: Canonical[K], index: number) => String(index + 2))
  const text = rows
    .map((row, index) => encode(kind, row, { key: key(row, index), payload: JSON.stringify(row) }))
    .join('')
  const page = { runId, stream: 'test', fence: 1, page: 0 }
  await stageLines(page, { kind, bytes: Buffer.from(text) })
  await stageDeleted(page, delivery.deleted ?? [])
  const version = await openCommit({ projectId, integrationId, runId, cause: 'import' })
  const change = {
    version,
    kind,
    integrationId,
    stream: 'test',
    runId,
    pages: [{ fence: 1, from: 0, to: 0 }],
    scope: delivery.scope ?? { type: 'all' as const },
    identity: delivery.identity ?? (delivery.key ? 'record_key' : 'content'),
    salt: 'pepper',
    observedAt: new Date(),
  }
  await writeChanges(change)
  await publish(version, settings, integrationId, runId)
  return version
}

async function rebuildOrders(
  version: Version,
  settings: RefreshSettings,
  integrationId: string
): Promise<{ days: string[]; persons: boolean }> {
  await markContested(version, settings, integrationId)
  const hasOrders = await recomputeOrders(version, settings)
  const persons = await refreshIdentity(version, settings, hasOrders)
  const days = hasOrders || persons ? await rebuildOrderFacts(version, settings) : []
  return { days, persons }
}

/** Rebuilds orders and persons only, and publishes them. */
export async function refreshPersons(
  version: Version,
  known: RefreshSettings,
  integrationId: string
): Promise<void> {
  const settings = await withKnownLogs(version, known)
  const { days } = await rebuildOrders(version, settings, integrationId)
  await db.transaction((trx) => publishCommit(trx, version, days))
}

/** Rebuilds what the commit made dirty, and publishes it. */
export async function refresh(
  version: Version,
  known: RefreshSettings,
  integrationId: string,
  runId = '0'
): Promise<void> {
  const settings = await withKnownLogs(version, known)
  const { days, persons } = await rebuildOrders(version, settings, integrationId)
  await rebuildDailyKpi(version, settings, days)
  const touch = await rebuildTouch(version, settings)
  const journeys = await rebuildJourneys(version, settings, { orders: days, touch, persons })
  await rebuildPaths(version, settings, { touch, persons, journeys })
  await db.transaction((trx) => publishCommit(trx, version, days))
  await mirrorEvents(version, settings, runId, days)
}
