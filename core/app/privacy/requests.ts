import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { Problem } from '#shared/http/problem'
import { addJob } from '#shared/jobs'
import { parseId } from '#shared/ids'
import PrivacyRequest from './models/privacy_request.ts'

/** The project's request of a type, or a 404. */
export async function findRequest(
  projectId: number,
  type: PrivacyRequest['type'],
  id: string
): Promise<PrivacyRequest> {
  const found = await PrivacyRequest.query()
    .where({ id: parseId(id) ?? 0, project_id: projectId, type })
    .first()
  if (found === null) throw new Problem('not_found', { detail: `There is no such ${type}` })
  return found
}

/** The newest first; `before` is the last id shown. */
export function listRequests(
  projectId: number,
  type: PrivacyRequest['type'],
  before: number | undefined,
  limit: number
): Promise<PrivacyRequest[]> {
  return PrivacyRequest.query()
    .where({ project_id: projectId, type })
    .if(before !== undefined, (rows) => rows.where('id', '<', before ?? 0))
    .orderBy('id', 'desc')
    .limit(limit)
}

/** Queues the job that carries a request out; inside a transaction it exists only if that commits. */
export const queueRequest = ({ id }: PrivacyRequest, trx: TransactionClientContract) =>
  addJob('privacy_request', { request_id: id }, { key: `privacy_request:${id}` }, trx)

/** Lets a request that was given up go on from where it stands. The caller's transaction queues its job. */
export async function reopenRequest(
  request: PrivacyRequest,
  trx: TransactionClientContract
): Promise<PrivacyRequest> {
  const row = await PrivacyRequest.query({ client: trx })
    .where('id', request.id)
    .forUpdate()
    .firstOrFail()
  if (row.status !== 'failed')
    throw new Problem('conflict', {
      detail: `It is ${row.status}; only what failed is tried again`,
    })
  await row.merge({ status: 'queued', attempt: 0, retryAt: null, error: null }).save()
  await queueRequest(row, trx)
  return row
}
