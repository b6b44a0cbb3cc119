import { z } from 'zod'
import type Integration from '../models/integration.ts'
import { integrationStatuses } from '../types.ts'
import { ErrorView, errorView, iso, isoOrNull, time } from './shared.ts'

export const IntegrationView = z
  .object({
    id: z.string(),
    type: z.string().describe('Id of the source'),
    name: z.string(),
    status: z.enum(integrationStatuses),
    settings: z.record(z.string(), z.unknown()),
    has_credentials: z.boolean().describe('Credentials are never shown'),
    error: ErrorView.nullable(),
    last_synced_at: time.nullable(),
    created_at: time,
  })
  .meta({ id: 'Integration' })

export function integrationView(integration: Integration): z.input<typeof IntegrationView> {
  return {
    id: integration.id,
    type: integration.type,
    name: integration.name,
    status: integration.status,
    settings: integration.settings,
    has_credentials: integration.encryptedCredentials !== null,
    error: errorView(integration.error),
    last_synced_at: isoOrNull(integration.lastSyncedAt),
    created_at: iso(integration.createdAt),
  }
}
