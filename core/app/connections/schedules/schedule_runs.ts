import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import Integration from '../models/integration.ts'
import { isReady, readinessOf } from '../readiness.ts'
import { allSources } from '../registry/registry.ts'
import { createRun, openRuns } from '../runs.ts'
import { nextRun } from './cron.ts'

/**
 * Requests the runs that are due. However many times of a schedule have passed since, it is one run;
 * and none where one waits or runs already.
 */
export async function scheduleRuns(now = new Date()): Promise<void> {
  let found = true
  while (found) found = await db.transaction((trx) => scheduleOne(now, trx))
}

/** @returns whether one was due */
async function scheduleOne(now: Date, trx: TransactionClientContract): Promise<boolean> {
  const integration = await dueIntegration(now, trx)
  if (integration === null) return false
  const [open] = await openRuns(integration, trx)
  const readiness = (await readinessOf([integration])).get(integration.id)
  const isDue = open === undefined && (readiness === undefined || isReady(readiness))
  if (isDue) await createRun(trx, integration, 'schedule')
  integration.nextRunAt = timeAfter(integration, now)
  await integration.save()
  return true
}

/** One that no other worker has in hand; those of sources that are not here stay due. */
function dueIntegration(now: Date, trx: TransactionClientContract): Promise<Integration | null> {
  const installed = allSources().map(({ id }) => id)
  return Integration.query({ client: trx })
    .where('next_run_at', '<=', now)
    .whereNull('paused_at')
    .whereNot('status', 'needs_reauth')
    .whereIn('type', installed)
    .orderBy('next_run_at')
    .forUpdate()
    .skipLocked()
    .first()
}

/** A schedule that cannot be read any more is set aside, so that it does not hold up the others. */
function timeAfter({ id, schedule }: Integration, now: Date): DateTime | null {
  if (schedule === null) return null
  try {
    return DateTime.fromJSDate(nextRun(schedule, now))
  } catch (error) {
    logger.error({ err: error, integration_id: id }, 'a schedule cannot be read')
    return null
  }
}
