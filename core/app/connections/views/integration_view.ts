import { z } from 'zod'
import type Integration from '../models/integration.ts'
import { integrationStatuses } from '../types.ts'
import { ScheduleView } from '../schedules/schedule_field.ts'
import { ErrorView, errorView, iso, isoOrNull, time } from './shared.ts'

export const IntegrationView = z
  .object({
    id: z.string(),
    type: z.string().describe('Id of the source'),
    name: z.string(),
    status: z.enum(integrationStatuses).describe('That of its last run, unless it is paused'),
    settings: z.record(z.string(), z.unknown()),
    has_credentials: z.boolean().describe('Credentials are never shown'),
    error: ErrorView.nullable(),
    schedule: ScheduleView.nullable(),
    next_run_at: time
      .nullable()
      .describe('By its schedule; null while it is paused or waits for new credentials'),
    last_synced_at: time.nullable(),
    created_at: time,
  })
  .meta({ id: 'Integration' })

function nextRunAt({ status, nextRunAt: at }: Integration): string | null {
  return status === 'needs_reauth' ? null : isoOrNull(at)
}

export function integrationView(integration: Integration): z.input<typeof IntegrationView> {
  return {
    id: integration.id,
    type: integration.type,
    name: integration.name,
    status: integration.pausedAt === null ? integration.status : 'paused',
    settings: integration.settings,
    has_credentials: integration.encryptedCredentials !== null,
    error: errorView(integration.error),
    schedule: integration.schedule,
    next_run_at: nextRunAt(integration),
    last_synced_at: isoOrNull(integration.lastSyncedAt),
    created_at: iso(integration.createdAt),
  }
}
