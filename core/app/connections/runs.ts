import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import { Problem } from '#shared/http/problem'
import { addJob } from '#shared/jobs'
import Integration from './models/integration.ts'
import SyncRun from './models/sync_run.ts'
import { hasEnded, type RunParams, type RunTrigger } from './types.ts'

/** A queued run and the job that carries it out; both exist once `trx` commits. */
export async function createRun(
  trx: TransactionClientContract,
  integration: Integration,
  trigger: RunTrigger,
  params: RunParams = {}
): Promise<SyncRun> {
  const { projectId, id: integrationId } = integration
  const run = await SyncRun.create(
    { projectId, integrationId, trigger, params, status: 'queued' },
    { client: trx }
  )
  // Defaults of the database, such as the fence.
  await run.refresh()
  await addJob('sync_run', { run_id: run.id }, { key: `sync_run:${run.id}` }, trx)
  return run
}

/** Locks the integration, so that what is decided about its runs still holds at the commit. */
export async function lockIntegration(
  trx: TransactionClientContract,
  integration: Integration
): Promise<Integration> {
  const row = await Integration.query({ client: trx })
    .where('id', integration.id)
    .forUpdate()
    .first()
  if (row === null) throw new Problem('not_found')
  return row
}

/** The runs of an integration that wait or go on, the oldest first. */
export async function openRuns(
  { id }: Integration,
  trx?: TransactionClientContract
): Promise<SyncRun[]> {
  return SyncRun.query(trx && { client: trx })
    .where('integration_id', id)
    .whereIn('status', ['queued', 'running'])
    .orderBy('id')
}

/** A run as asked for; where one waits already, that one. */
export function requestRun(
  integration: Integration,
  trigger: RunTrigger,
  params: RunParams
): Promise<SyncRun> {
  return db.transaction(async (trx) => {
    const { pausedAt } = await lockIntegration(trx, integration)
    if (pausedAt !== null) {
      throw new Problem('conflict', {
        detail: 'The integration is paused: resume it first, with the status “active”',
      })
    }
    const open = await openRuns(integration, trx)
    const waiting = open.find(({ status }) => status === 'queued')
    return waiting ?? createRun(trx, integration, trigger, params)
  })
}

function stop(run: SyncRun): void {
  const now = DateTime.utc()
  if (run.status === 'queued') {
    run.merge({ status: 'canceled', cancelRequestedAt: now, finishedAt: now, retryAt: null })
  } else if (run.status === 'running') {
    run.cancelRequestedAt ??= now
  }
}

/** Stops a run: a queued one at once, a running one as soon as its worker notices. */
export function cancelRun(run: SyncRun): Promise<SyncRun> {
  return db.transaction(async (trx) => {
    const locked = await SyncRun.query({ client: trx }).where('id', run.id).forUpdate().first()
    if (locked === null) throw new Problem('not_found')
    if (hasEnded(locked.status) && locked.status !== 'canceled') {
      throw new Problem('conflict', { detail: 'The run has ended already' })
    }
    stop(locked)
    return locked.save()
  })
}

/**
 * Stops all that an integration has under way. TRICKY: never while holding the integration's lock,
 * for workers lock a run before its integration.
 */
export function cancelOpenRuns(integration: Integration): Promise<void> {
  return db.transaction(async (trx) => {
    const open = await SyncRun.query({ client: trx })
      .where('integration_id', integration.id)
      .whereIn('status', ['queued', 'running'])
      .orderBy('id')
      .forUpdate()
    for (const run of open) {
      stop(run)
      await run.save()
    }
  })
}

/** The integration's run, or a 404. */
export async function findRun(integration: Integration, id: number | null): Promise<SyncRun> {
  const run = await SyncRun.query()
    .where({ id: id ?? 0, integration_id: integration.id })
    .first()
  if (run === null) throw new Problem('not_found', { detail: 'There is no such run' })
  return run
}
