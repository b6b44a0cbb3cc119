import { z } from 'zod'
import type Integration from '../models/integration.ts'
import { historyStarts } from '../queries/history_starts.ts'
import { readinessOf, type Readiness } from '../readiness.ts'
import { sourceOf } from '../registry/registry.ts'
import { sunsetMessage } from '../sunset.ts'
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
    needs_consent: z
      .boolean()
      .describe('The user has to give consent at the vendor first: `POST …/authorize`'),
    missing: z
      .array(z.string())
      .describe('Required settings that are still to be picked: `GET …/options/{field}`'),
    warnings: z
      .array(
        z.object({
          code: z.enum(['api_sunset', 'history_cut', 'source_missing']),
          message: z.string(),
        })
      )
      .describe('What will be in the way soon, or is not because of the connection'),
    history_from: time
      .nullable()
      .describe('The vendor hides what lies before: who bought earlier counts as a new customer'),
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

const cutMessage = (title: string, from: string) =>
  `${title} shows nothing from before ${from.slice(0, 10)}. Customers who bought earlier count as new. Once the vendor allows more, load all again.`

type Warning = z.input<typeof IntegrationView>['warnings'][number]

function warningsOf({ type }: Integration, historyFrom: string | undefined): Warning[] {
  const source = sourceOf(type)
  if (source === undefined) {
    const message = `The source “${type}” is not installed, or disabled: nothing runs until it is back.`
    return [{ code: 'source_missing', message }]
  }
  const sunset = sunsetMessage(source, new Date())
  return [
    ...(sunset === undefined ? [] : [{ code: 'api_sunset' as const, message: sunset }]),
    ...(historyFrom === undefined
      ? []
      : [{ code: 'history_cut' as const, message: cutMessage(source.title, historyFrom) }]),
  ]
}

function view(
  integration: Integration,
  readiness: Readiness,
  historyFrom: string | undefined
): z.input<typeof IntegrationView> {
  return {
    id: integration.id,
    type: integration.type,
    name: integration.name,
    status: integration.pausedAt === null ? integration.status : 'paused',
    settings: integration.settings,
    has_credentials: integration.encryptedCredentials !== null,
    needs_consent: readiness.needsConsent,
    missing: readiness.missing,
    warnings: warningsOf(integration, historyFrom),
    history_from: historyFrom ?? null,
    error: errorView(integration.error),
    schedule: integration.schedule,
    next_run_at: nextRunAt(integration),
    last_synced_at: isoOrNull(integration.lastSyncedAt),
    created_at: iso(integration.createdAt),
  }
}

/** The integrations as the API tells them, by id. */
export async function integrationViews(
  integrations: readonly Integration[]
): Promise<(integration: Integration) => z.input<typeof IntegrationView>> {
  const [readiness, starts] = await Promise.all([
    readinessOf(integrations),
    historyStarts(integrations.map(({ id }) => id)),
  ])
  return (integration) =>
    view(
      integration,
      readiness.get(integration.id) ?? { needsConsent: false, missing: [] },
      starts.get(String(integration.id))
    )
}

export async function integrationView(
  integration: Integration
): Promise<z.input<typeof IntegrationView>> {
  return (await integrationViews([integration]))(integration)
}
