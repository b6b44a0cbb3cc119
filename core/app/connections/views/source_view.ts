import { configForm, kindsOf } from '@analyticaflow/sdk'
import { z } from 'zod'
import { publicUrl } from '#shared/public_url'
import { CALLBACK_PATH, missingSettings } from '../auth/applications.ts'
import { authsOf } from '../auth/chosen_auth.ts'
import { fileField } from '../registry/registry.ts'
import type { DisabledSource, Source } from '../registry/load.ts'
import { sunsetLevels, sunsetMessage, sunsetOf } from '../sunset.ts'

const StreamView = z.object({
  name: z.string(),
  title: z.string(),
  kind: z.enum(['report', 'entity', 'snapshot']),
  emits: z.array(z.string()).describe('Kinds of canonical rows'),
})

export const SourceView = z
  .object({
    id: z.string().describe('The `type` of its integrations'),
    title: z.string(),
    source_type: z.string().nullable().describe('Its name in reports; null where it is disabled'),
    status: z.enum(['ok', 'disabled']),
    message: z.string().nullable().describe('Why it is disabled'),
    version: z.string().nullable(),
    auth: z.array(z.enum(['oauth2', 'api_key', 'service_account', 'webhook_url', 'none'])),
    capabilities: z.object({
      file_import: z.boolean().describe('Fed by POST …/imports, not by an integration'),
      webhooks: z.boolean(),
      options: z.array(z.string()).describe('Lists that config fields pick from'),
    }),
    config: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe(
        'JSON Schema of settings and credentials. `writeOnly` fields go into `credentials`, all others into `settings`; `af` holds form hints'
      ),
    streams: z.array(StreamView),
    consent: z
      .object({
        available: z.boolean(),
        missing_settings: z
          .array(z.string())
          .describe('Settings of the environment that the operator has to make first'),
        callback_url: z.string().describe('What the application at the vendor is registered with'),
      })
      .nullable()
      .describe('Where users connect it by consent: whether this installation is ready for that'),
    vendor_api: z
      .object({
        version: z.string(),
        docs: z.string(),
        sunset: z.string().nullable().describe('The day on which the vendor switches it off'),
        days_left: z.int().nullable(),
        level: z
          .enum(sunsetLevels)
          .describe(
            '`notice` from 90 days before the sunset, `warning` from 30, `past` from the day on'
          ),
        message: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'Source' })

function vendorApiOf(source: Source): z.input<typeof SourceView>['vendor_api'] {
  const { vendorApi } = source
  if (vendorApi === undefined) return null
  const now = new Date()
  const { level, daysLeft } = sunsetOf(source, now)
  const message = sunsetMessage(source, now) ?? null
  return { sunset: null, ...vendorApi, level, days_left: daysLeft, message }
}

function consentOf(source: Source): z.input<typeof SourceView>['consent'] {
  const auth = authsOf(source).find((one) => one.kind === 'oauth2')
  if (auth === undefined) return null
  const missing = missingSettings(source, auth)
  return {
    available: missing.length === 0,
    missing_settings: missing,
    callback_url: publicUrl(CALLBACK_PATH),
  }
}

export function sourceView(source: Source): z.input<typeof SourceView> {
  return {
    id: source.id,
    title: source.title,
    source_type: source.sourceType,
    status: 'ok',
    message: null,
    version: source.version,
    auth: authsOf(source).map(({ kind }) => kind),
    capabilities: {
      file_import: fileField(source) !== undefined,
      webhooks: source.webhooks !== undefined,
      options: Object.keys(source.options ?? {}),
    },
    config: { ...configForm(source.config) },
    streams: Object.entries(source.streams).map(([name, stream]) => ({
      name,
      title: stream.def.title,
      kind: stream.kind,
      emits: [...kindsOf(stream)],
    })),
    consent: consentOf(source),
    vendor_api: vendorApiOf(source),
  }
}

/** A source that does not work is known by its package alone. */
export function disabledSourceView(source: DisabledSource): z.input<typeof SourceView> {
  return {
    id: source.package,
    title: source.title,
    source_type: null,
    status: 'disabled',
    message: source.message,
    version: null,
    auth: [],
    capabilities: { file_import: false, webhooks: false, options: [] },
    config: null,
    streams: [],
    consent: null,
    vendor_api: null,
  }
}
