import type { z } from 'zod'
import type { DateTime } from 'luxon'
import type PrivacyRequest from './models/privacy_request.ts'
import type { Alias, ErasureView, ExportView } from './schemas.ts'

const iso = (time: DateTime): string => time.toUTC().toISO() ?? ''
const isoOrNull = (time: DateTime | null): string | null => (time === null ? null : iso(time))

const shared = (request: PrivacyRequest) => ({
  id: request.id,
  status: request.status,
  alias_type: request.aliasType as Alias['type'],
  created_at: iso(request.createdAt),
  finished_at: isoOrNull(request.finishedAt),
  error: request.error,
  retry_at: isoOrNull(request.retryAt),
})

export function exportView(request: PrivacyRequest): z.input<typeof ExportView> {
  const path = `/api/v1/projects/${request.projectId}/privacy/exports/${request.id}/file`
  return {
    ...shared(request),
    file_url: request.fileKey === null ? null : path,
    file_size: request.fileSize,
    expires_at: isoOrNull(request.expiresAt),
  }
}

export function erasureView(request: PrivacyRequest): z.input<typeof ErasureView> {
  return { ...shared(request), step: request.step }
}
