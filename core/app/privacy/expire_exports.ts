import { uploads } from '#connections/public'
import PrivacyRequest from './models/privacy_request.ts'

async function drop(expired: readonly PrivacyRequest[]): Promise<void> {
  for (const request of expired) {
    if (request.fileKey !== null) await uploads.remove(request.fileKey)
    await request.merge({ fileKey: null, fileSize: null }).save()
  }
}

/** Removes files of exports that nobody may fetch any more. */
export async function expireExports(now: Date): Promise<void> {
  await drop(await PrivacyRequest.query().whereNotNull('file_key').where('expires_at', '<', now))
}

/** Removes all exports of a project: one of somebody who is erased may be among them. */
export async function dropExports(projectId: number): Promise<void> {
  await drop(await PrivacyRequest.query().whereNotNull('file_key').where('project_id', projectId))
}
