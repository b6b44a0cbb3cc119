import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { projectSalt, refreshIdentity, settleIdentity } from '#identity/public'
import {
  markContested,
  openCommit,
  publishCommit,
  rebuildDailyKpi,
  rebuildJourneys,
  rebuildPaths,
  rebuildOrderFacts,
  recomputeOrders,
  rebuildTouch,
  retractIntegration,
  together,
  withKnownLogs,
  writeChanges,
  type Change,
  type CommitCause,
  type RefreshSettings,
  type StoredKindName,
  type Version,
} from '#warehouse/public'
import { forgetStaged, settleMirrors } from './mirrors.ts'
import { withProjectLock } from './project_lock.ts'
import { refreshSettings } from './refresh_settings.ts'
import { step } from './steps.ts'
import { suppressFormerPages } from './suppressions.ts'

/** Staged rows that are to become visible. */
export interface Publication extends Pick<Change, 'stream' | 'pages' | 'scope' | 'identity'> {
  project: { id: string; timezone: string; currency: string }
  integrationId: string
  runId: string
  cause: CommitCause
  kinds: readonly StoredKindName[]
  /**
   * What else becomes true in the same moment: the stream's position, the run's counts.
   *
   * @throws LeaseLost, RunCanceled then nothing is published
   */
  settle(trx: TransactionClientContract, version: Version): Promise<void>
}

/**
 * Makes staged rows visible at once, in every report. A crash anywhere before the transaction ends
 * leaves a commit that nobody ever reads; one after it leaves only what `tidyUp` does, which the next
 * publication or the reaper makes up for.
 */
export async function publish(publication: Publication): Promise<void> {
  const { project, integrationId, runId } = publication
  await withProjectLock(project.id, async (trx) => {
    await settleMirrors(project)
    const version = await openCommit({
      projectId: project.id,
      integrationId,
      runId,
      cause: publication.cause,
    })
    await step('commit_opened')
    const isKeyed = publication.identity === 'record_key'
    await suppressFormerPages(project.id, { id: runId, integrationId }, publication.stream, isKeyed)
    const observedAt = new Date()
    const changes = await changesOf(publication, version, observedAt)
    for (const change of changes) await writeChanges(change)
    await retractFormerStreams(publication, trx, version)
    await step('log_written')
    const settings = await refreshSettings(project, { integrationId, commitId: version.commitId })
    const days = await rebuildDerived(version, settings, integrationId)
    await publication.settle(trx, version)
    await settleIdentity(trx, project.id, settings.identity)
    const { stream, kinds, pages, identity, scope } = publication
    const staged = { stream, kinds, pages, identity, scope, observedAt: observedAt.toISOString() }
    await publishCommit(trx, version, days, staged)
  })
  await step('published')
}

/** What need not be done before reports are right: records and `events` follow, and staged rows are forgotten. */
export async function tidyUp(runId: string, project: Publication['project']): Promise<void> {
  await withProjectLock(project.id, () => settleMirrors(project))
  await step('mirrored')
  await forgetStaged([runId])
  await step('stage_dropped')
}

/**
 * A file replaces all that was imported under its name, also where that was of another kind, which
 * another stream had read.
 */
async function retractFormerStreams(
  { cause, integrationId, stream }: Publication,
  trx: TransactionClientContract,
  version: Version
): Promise<void> {
  if (cause !== 'import') return
  const former = await trx
    .from('stream_positions')
    .where('integration_id', integrationId)
    .whereNot('stream', stream)
    .delete()
  if (Number(former) > 0) await retractIntegration(version, integrationId, stream)
}

async function changesOf(
  publication: Publication,
  version: Version,
  observedAt: Date
): Promise<Change[]> {
  const salt = await projectSalt(publication.project.id)
  return publication.kinds.map((kind) => ({ ...publication, version, kind, salt, observedAt }))
}

/** @returns days of orders that were rebuilt, for the mirror */
export async function rebuildDerived(
  version: Version,
  known: RefreshSettings,
  integrationId?: string
): Promise<string[]> {
  const settings = await withKnownLogs(version, known)
  if (integrationId) await markContested(version, settings, integrationId)
  const hasOrders = await recomputeOrders(version, settings)
  const persons = await refreshIdentity(version, settings, hasOrders)
  await step('persons_built')
  const days = hasOrders || persons ? await rebuildOrderFacts(version, settings) : []
  await step('orders_built')
  const touch = await rebuildTouch(version, settings)
  await step('touch_built')
  const changed = { orders: days, touch, persons }
  const [journeys] = await together(
    rebuildJourneys(version, settings, changed),
    rebuildDailyKpi(version, settings, days)
  )
  await step('journeys_built')
  await rebuildPaths(version, settings, { touch, persons, journeys })
  await step('paths_built')
  return days
}
