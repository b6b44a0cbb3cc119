import logger from '@adonisjs/core/services/logger'
import { Logger, run, type TaskList } from 'graphile-worker'
import {
  processInbox,
  purgeConsents,
  purgeDeliveries,
  purgeRunLogs,
  registerWebhooks,
  renewDueTokens,
  scheduleRuns,
} from '#connections/public'
import { deleteProject } from '#warehouse/public'
import { purgeExpired } from '#shared/purge_expired'
import { jobsOfOthers, type Handlers, type OtherHandlers } from './jobs_of_others.ts'
import { queuePool } from './queue_pool.ts'
import { reapRuns } from './reap_runs.ts'
import { followIdentity, rebuildProject, removeIntegration } from './rebuild_project.ts'
import { runIntegration } from './run_integration.ts'
import { sweepWarehouse } from './sweep_warehouse.ts'

/** A running worker; `stop` lets jobs give back what they hold. */
export interface Worker {
  stop(): Promise<void>
}

const ownHandlers = (stopping: AbortSignal): Omit<Handlers, keyof OtherHandlers> => ({
  sync_run: ({ run_id: runId }) => runIntegration(runId, stopping),
  reap_runs: () => reapRuns(),
  schedule_runs: () => scheduleRuns(),
  sweep_warehouse: () => sweepWarehouse(),
  rebuild_project: ({ project_id: projectId }) => rebuildProject(projectId),
  settle_identity: ({ project_id: projectId }) => followIdentity(projectId),
  remove_integration: ({ project_id: projectId, integration_id: integrationId }) =>
    removeIntegration(projectId, integrationId),
  remove_project: ({ project_id: projectId }) => deleteProject(projectId),
  webhook_deliveries: ({ integration_id: integrationId }) => processInbox(integrationId),
  register_webhooks: () => registerWebhooks(),
  renew_tokens: () => renewDueTokens(),
  purge_expired: async () => {
    await purgeExpired()
    await purgeConsents()
    await purgeDeliveries()
    await purgeRunLogs()
  },
})

const CRON = [
  '* * * * * reap_runs ?jobKey=reap_runs',
  '* * * * * schedule_runs ?jobKey=schedule_runs',
  '* * * * * register_webhooks ?jobKey=register_webhooks',
  '* * * * * renew_tokens ?jobKey=renew_tokens',
  '*/10 * * * * sweep_warehouse ?jobKey=sweep_warehouse',
  '15 * * * * purge_expired ?jobKey=purge_expired',
  '* * * * * reap_privacy ?jobKey=reap_privacy',
].join('\n')

const quiet = new Logger(({ jobId, taskIdentifier }) => (level, message) => {
  if (level === 'error') logger.error({ job_id: jobId, task: taskIdentifier }, message)
  if (level === 'warning') logger.warn({ job_id: jobId, task: taskIdentifier }, message)
})

/** The handlers as the queue wants them. */
export function jobHandlers(stopping: AbortSignal): TaskList {
  return Object.fromEntries(
    Object.entries({ ...ownHandlers(stopping), ...jobsOfOthers() }).map(([name, handle]) => [
      name,
      (payload: unknown) => (handle as (payload: unknown) => Promise<void>)(payload),
    ])
  )
}

/** Runs jobs until stopped. */
export async function startWorker(concurrency = 4): Promise<Worker> {
  const stopping = new AbortController()
  const pool = queuePool(process.env.DATABASE_URL, concurrency + 2, stopping.signal)
  const runner = await run({
    pgPool: pool,
    taskList: jobHandlers(stopping.signal),
    concurrency,
    // Our own process decides when to stop.
    noHandleSignals: true,
    pollInterval: 1000,
    crontab: CRON,
    logger: quiet,
  })
  await reapRuns()
  await jobsOfOthers().reap_privacy({})
  const ended = runner.promise.catch((error: unknown) =>
    logger.error({ err: error }, 'worker failed')
  )
  return {
    async stop() {
      stopping.abort(new Error('The worker is shutting down'))
      await runner.stop().catch(() => undefined)
      await ended
      await pool.end()
    },
  }
}
