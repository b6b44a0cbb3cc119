import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { DateTime } from 'luxon'
import { addJob } from '#shared/jobs'
import { pruneErasedUploads } from '#connections/public'
import { erase } from './erase.ts'
import { expireExports } from './expire_exports.ts'
import PrivacyRequest from './models/privacy_request.ts'
import { exportPerson } from './export_person.ts'

/** First key of the advisory locks of requests; the second is the request. */
const CARRYING_OUT = 716_201_455

/**
 * Carries a request out. Safe to call at any time, from any number of workers: one does it, and its lock
 * ends with it, also when it is killed.
 */
export async function carryOutRequest(requestId: string): Promise<void> {
  await db.transaction(async (trx) => {
    const { rows } = await trx.rawQuery<{ rows: { free: boolean }[] }>(
      'select pg_try_advisory_xact_lock(?, ?) as free',
      [CARRYING_OUT, Number(requestId)]
    )
    if (rows[0]?.free !== true) return
    const request = await PrivacyRequest.find(requestId)
    if (request === null || request.status === 'done') return
    await request.merge({ status: 'running' }).save()
    await (request.type === 'erasure' ? erase(request) : exportPerson(request))
    await request.merge({ status: 'done', finishedAt: DateTime.utc() }).save()
    logger.info({ request_id: requestId, type: request.type }, 'privacy request done')
  })
}

/**
 * Goes on with requests whose worker died, since their jobs stay locked for hours, and removes files whose
 * time is over.
 */
export async function reapRequests(): Promise<void> {
  await expireExports(new Date())
  await pruneErasedUploads()
  const open = await PrivacyRequest.query().whereIn('status', ['queued', 'running'])
  for (const { id } of open) {
    const key = `privacy_request:${id}:${DateTime.utc().toFormat('yyyyLLddHHmm')}`
    await addJob('privacy_request', { request_id: id }, { key })
  }
}
