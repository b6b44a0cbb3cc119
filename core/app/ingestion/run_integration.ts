import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import type { Json, Stream } from '@analyticaflow/sdk'
import { integrationForRun, pruneErasedUploads, RunLog, type RunSubject } from '#connections/public'
import { addJob } from '#shared/jobs'
import { outcomeOf, type Outcome, type RunHistory } from './failures.ts'
import { acquireLease, keepLease, type Lease } from './lease.ts'
import { forgetStaged } from './mirrors.ts'
import { loadPosition } from './positions.ts'
import { loadProgress, type StreamProgress } from './progress.ts'
import { tidyUp } from './publish.ts'
import { readDeliveries } from './read_deliveries.ts'
import { readEntities } from './read_entities.ts'
import { readReport, type RunRange } from './read_report.ts'
import { checkpointVersion, withMigratedCheckpoint } from './checkpoints.ts'
import { readSnapshot } from './read_snapshot.ts'
import { step } from './steps.ts'
import { StreamRun, type RunContext } from './stream_run.ts'

/** How soon to look again at a run that waits for another one of its integration. */
const BUSY_MS = 2000

/**
 * Carries a run on until it has ended, or somebody else holds it. Safe to call at any time, from
 * any number of workers.
 */
export async function runIntegration(runId: string, stopping: AbortSignal): Promise<void> {
  const lease = await acquireLease(runId)
  if (lease === 'ended') return
  if (lease === 'busy') {
    await addJob(
      'sync_run',
      { run_id: runId },
      {
        key: `sync_run:${runId}:waiting`,
        runAt: new Date(Date.now() + BUSY_MS),
      }
    )
    return
  }
  const keeper = keepLease(lease)
  const log = new RunLog(runId)
  try {
    const signal = AbortSignal.any([keeper.signal, stopping])
    const project = await carryOn(lease, signal, log)
    log.write('info', 'Done.')
    await log.flush()
    await finish(lease)
    await tidyUpLater(runId, project)
  } catch (error) {
    // What aborted the run says more than the error with which its work stopped.
    await conclude(lease, keeper.signal.aborted ? keeper.signal.reason : error, stopping, log)
  } finally {
    keeper.release()
    await log.flush()
  }
  await forgetUpload(runId)
}

/** A file with people in it who were erased has been read; whatever fails here is made up for later. */
async function forgetUpload(runId: string): Promise<void> {
  const run = (await db
    .from('sync_runs')
    .where('id', runId)
    .select('project_id', 'trigger')
    .first()) as {
    project_id: number
    trigger: string
  } | null
  if (run?.trigger === 'import') await pruneErasedUploads(String(run.project_id))
}

/** @returns the project, with which it remains to tidy up */
async function carryOn(
  lease: Lease,
  signal: AbortSignal,
  log: RunLog
): Promise<RunContext['project']> {
  const subject = await integrationForRun(lease.runId)
  await db.from('integrations').where('id', subject.integration.id).update({ status: 'syncing' })
  log.write('info', lease.fence === 1 ? 'Started.' : `Goes on, taken up ${lease.fence - 1} times.`)
  try {
    return await readStreams(lease, signal, subject, log)
  } catch (error) {
    throw subject.redaction.error(error)
  }
}

async function readStreams(
  lease: Lease,
  signal: AbortSignal,
  subject: RunSubject,
  log: RunLog
): Promise<RunContext['project']> {
  const context = subject.context({
    signal,
    log: (message, data) => {
      logger.info({ run_id: lease.runId, ...data }, message)
      log.write('info', message, data)
    },
  })
  const run: RunContext = {
    lease,
    project: subject.project,
    integrationId: subject.integration.id,
    checkpointVersion: checkpointVersion(subject.source),
    cause: subject.trigger === 'import' ? 'import' : 'sync',
    context,
    signal,
  }
  if (subject.trigger === 'webhook') {
    await readDeliveries(run, subject)
    return run.project
  }
  let isFirst = true
  for (const [name, stream] of streamsOf(subject)) {
    const left = await loadProgress(lease.runId, name)
    if (left.status === 'done') continue
    const progress = withMigratedCheckpoint(left, name, stream, subject.source)
    // What an attempt before this one has staged of the stream has to stay.
    if (!isFirst && progress.pages.length === 0) await tidyUp(lease.runId, run.project)
    isFirst = false
    const streamRun = new StreamRun(name, stream, run, progress)
    log.write('info', `${stream.def.title}: reading.`)
    try {
      await readStream(streamRun, subject.params)
    } finally {
      await streamRun.idle()
    }
    log.write('info', `${stream.def.title}: ${told(streamRun.progress)}.`)
  }
  return run.project
}

function told({ read, rejected }: StreamProgress): string {
  const aside = rejected === 0 ? '' : `, ${rejected} set aside`
  return `${read} rows read${aside}`
}

/** The run is done, whatever happens here: the reaper makes up for it. */
async function tidyUpLater(runId: string, project: RunContext['project']): Promise<void> {
  try {
    await tidyUp(runId, project)
  } catch (error) {
    logger.warn({ run_id: runId, err: error }, 'left for the reaper')
  }
}

function streamsOf({ source, config }: RunSubject): [string, Stream][] {
  return Object.entries(source.streams).filter(([, { def }]) => def.when?.(config) ?? true)
}

async function readStream(run: StreamRun, range: RunRange): Promise<void> {
  const { stream } = run
  if (stream.kind === 'snapshot') return readSnapshot(run, stream)
  const known = (await loadPosition(run.run.integrationId, run.name)) as Record<
    string,
    string
  > | null
  if (stream.kind === 'report') return readReport(run, stream, range, known?.through ?? null)
  return readEntities(run, stream, range.full ?? false, known ?? {})
}

async function finish({ runId, fence }: Lease): Promise<void> {
  await db.transaction(async (trx) => {
    const ended = (await trx
      .from('sync_runs')
      .where({ id: runId, fence, status: 'running' })
      .update({ status: 'done', finished_at: new Date(), error: null })
      .returning(['integration_id', 'trigger'])) as { integration_id: string; trigger: string }[]
    const [run] = ended
    if (run === undefined) return
    await trx
      .from('integrations')
      .where('id', run.integration_id)
      .update({
        status: 'active',
        error: null,
        // What a vendor tells by itself says nothing of the rest.
        ...(run.trigger !== 'webhook' && { last_synced_at: new Date() }),
      })
  })
  await step('run_finished')
}

async function historyOf({ runId }: Lease): Promise<RunHistory> {
  const run = (await db
    .from('sync_runs')
    .where('id', runId)
    .select('attempt', 'started_at')
    .first()) as { attempt: number; started_at: Date | null } | null
  return { attempt: run?.attempt ?? 0, startedAt: run?.started_at ?? new Date() }
}

function tellOutcome(log: RunLog, outcome: Outcome): void {
  if (outcome.type === 'canceled') log.write('warning', 'Canceled.')
  if (outcome.type === 'retry') {
    log.write('warning', `${outcome.error.message} Next attempt: ${outcome.at.toISOString()}.`)
  }
  if (outcome.type === 'failed' || outcome.type === 'stalled') {
    log.write('error', outcome.error.message)
  }
}

async function conclude(
  lease: Lease,
  error: unknown,
  stopping: AbortSignal,
  log: RunLog
): Promise<void> {
  // A worker that shuts down gives the run back; it is no failure.
  if (stopping.aborted) return handBack(lease)
  const outcome = outcomeOf(error, await historyOf(lease), new Date())
  logger.warn({ run_id: lease.runId, outcome: outcome.type, err: error }, 'run stopped')
  tellOutcome(log, outcome)
  await log.flush()
  if (outcome.type === 'lost') return
  if (outcome.type === 'retry') return retryLater(lease, outcome)
  await forgetStaged([lease.runId]).catch(() => undefined)
  await end(lease, outcome)
}

async function handBack({ runId, fence }: Lease): Promise<void> {
  await db.transaction(async (trx) => {
    const [held] = (await trx
      .from('sync_runs')
      .where({ id: runId, fence, status: 'running' })
      .update({ status: 'queued', lease_until: null })
      .returning('id')) as { id: string }[]
    if (held)
      await addJob('sync_run', { run_id: runId }, { key: `sync_run:${runId}:back:${fence}` }, trx)
  })
}

async function retryLater(
  { runId, fence }: Lease,
  { error, at, counts }: Extract<Outcome, { type: 'retry' }>
): Promise<void> {
  await db.transaction(async (trx) => {
    const [held] = (await trx
      .from('sync_runs')
      .where({ id: runId, fence, status: 'running' })
      .update({
        status: 'queued',
        lease_until: null,
        retry_at: at,
        error: JSON.stringify(error),
        attempt: trx.raw('attempt + ?', [counts ? 1 : 0]),
      })
      .returning('id')) as { id: string }[]
    if (held) {
      await addJob(
        'sync_run',
        { run_id: runId },
        { key: `sync_run:${runId}:retry:${fence}`, runAt: at },
        trx
      )
    }
  })
}

async function end(
  { runId, fence }: Lease,
  outcome: Extract<Outcome, { type: 'canceled' | 'failed' | 'stalled' }>
): Promise<void> {
  const error = outcome.type === 'canceled' ? null : (outcome.error as unknown as Json)
  await db.transaction(async (trx) => {
    const ended = (await trx
      .from('sync_runs')
      .where({ id: runId, fence, status: 'running' })
      .update({
        status: outcome.type,
        finished_at: new Date(),
        lease_until: null,
        error: error === null ? null : JSON.stringify(error),
      })
      .returning('integration_id')) as { integration_id: string }[]
    await trx
      .from('integrations')
      .whereIn(
        'id',
        ended.map((row) => row.integration_id)
      )
      .update(
        outcome.type === 'canceled'
          ? { status: 'active' }
          : { status: outcome.integration, error: JSON.stringify(error) }
      )
  })
}
