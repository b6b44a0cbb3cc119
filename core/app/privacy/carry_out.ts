import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { DateTime } from 'luxon'
import { addJob } from '#shared/jobs'
import { pruneErasedUploads } from '#connections/public'
import { backoffMs } from '#ingestion/public'
import { erase } from './erase.ts'
import { expireExports } from './expire_exports.ts'
import PrivacyRequest from './models/privacy_request.ts'
import { exportPerson } from './export_person.ts'

/** First key of the advisory locks of requests; the second is the request. */
const CARRYING_OUT = 716_201_455

/** With waits of up to a quarter of an hour, about four hours: longer than a database is away. */
const MAX_ATTEMPTS = 24

const WILL_RETRY =
  'It failed on an error of its own, which the log of the worker names. It is tried again.'
const GIVEN_UP =
  'It failed again and again on an error of its own, which the log of the worker names. What was done stays done. Mend the cause, then ask for it to be tried again.'

const isOpen = ({ status }: PrivacyRequest) => status === 'queued' || status === 'running'

/** Tried again later, or given up; what an error says may name the person, so only the log has it. */
async function noteFailure(request: PrivacyRequest, error: unknown): Promise<void> {
  const attempt = request.attempt + 1
  const isGivenUp = attempt >= MAX_ATTEMPTS
  logger.error({ request_id: request.id, attempt, err: error }, 'privacy request failed')
  request.merge({
    attempt,
    status: isGivenUp ? 'failed' : 'queued',
    error: isGivenUp ? GIVEN_UP : WILL_RETRY,
    retryAt: isGivenUp ? null : DateTime.utc().plus(backoffMs(attempt - 1)),
  })
  await request.save()
}

async function attempt(request: PrivacyRequest): Promise<void> {
  await request.merge({ status: 'running' }).save()
  try {
    await (request.type === 'erasure' ? erase(request) : exportPerson(request))
  } catch (error) {
    await noteFailure(request, error)
    return
  }
  await request
    .merge({ status: 'done', error: null, retryAt: null, finishedAt: DateTime.utc() })
    .save()
  logger.info({ request_id: request.id, type: request.type }, 'privacy request done')
}

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
    if (request !== null && isOpen(request)) await attempt(request)
  })
}

/**
 * Goes on with requests whose worker died, since their jobs stay locked for hours, and with those whose
 * time has come to be tried again; removes files whose time is over.
 */
export async function reapRequests(): Promise<void> {
  await expireExports(new Date())
  await pruneErasedUploads()
  const open = await PrivacyRequest.query()
    .whereIn('status', ['queued', 'running'])
    .where((due) => due.whereNull('retry_at').orWhere('retry_at', '<=', new Date()))
  for (const { id } of open) {
    const key = `privacy_request:${id}:${DateTime.utc().toFormat('yyyyLLddHHmm')}`
    await addJob('privacy_request', { request_id: id }, { key })
  }
}
