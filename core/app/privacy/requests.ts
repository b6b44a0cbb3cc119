import { Problem } from '#shared/http/problem'
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
