import { configForm, kindsOf } from '@analyticaflow/sdk'
import { z } from 'zod'
import { fileField } from '../registry/registry.ts'
import type { DisabledSource, Source } from '../registry/load.ts'

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
    vendor_api: z
      .object({ version: z.string(), docs: z.string(), sunset: z.string().nullable() })
      .nullable(),
  })
  .meta({ id: 'Source' })

const authKinds = (auth: Source['auth']) =>
  ('kind' in auth ? [auth] : [...auth]).map(({ kind }) => kind)

function vendorApiOf({ vendorApi }: Source): z.input<typeof SourceView>['vendor_api'] {
  return vendorApi === undefined ? null : { sunset: null, ...vendorApi }
}

export function sourceView(source: Source): z.input<typeof SourceView> {
  return {
    id: source.id,
    title: source.title,
    source_type: source.sourceType,
    status: 'ok',
    message: null,
    version: source.version,
    auth: authKinds(source.auth),
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
    vendor_api: null,
  }
}
