import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import { Problem } from '#shared/http/problem'
import { addJob } from '#shared/jobs'
import type Integration from './models/integration.ts'
import SyncRun from './models/sync_run.ts'
import type { RunParams, RunTrigger } from './types.ts'

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
): Promise<void> {
  const row = (await trx.from('integrations').where('id', integration.id).forUpdate().first()) as
    object | null
  if (row === null) throw new Problem('not_found')
}

/** A run as asked for; where one waits already, that one. */
export function requestRun(
  integration: Integration,
  trigger: RunTrigger,
  params: RunParams
): Promise<SyncRun> {
  return db.transaction(async (trx) => {
    await lockIntegration(trx, integration)
    const waiting = await SyncRun.query({ client: trx })
      .where({ integration_id: integration.id, status: 'queued' })
      .orderBy('id')
      .first()
    return waiting ?? createRun(trx, integration, trigger, params)
  })
}

/** Stops a run: a queued one at once, a running one as soon as its worker notices. */
export function cancelRun(run: SyncRun): Promise<SyncRun> {
  return db.transaction(async (trx) => {
    const locked = await SyncRun.query({ client: trx }).where('id', run.id).forUpdate().first()
    if (locked === null) throw new Problem('not_found')
    const now = DateTime.utc()
    if (locked.status === 'queued') {
      locked.merge({ status: 'canceled', cancelRequestedAt: now, finishedAt: now, retryAt: null })
    } else if (locked.status === 'running') {
      locked.cancelRequestedAt ??= now
    } else if (locked.status !== 'canceled') {
      throw new Problem('conflict', { detail: 'The run has ended already' })
    }
    return locked.save()
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
