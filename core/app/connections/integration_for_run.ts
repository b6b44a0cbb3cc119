import type { Context } from '@analyticaflow/sdk'
import { SourceError } from '@analyticaflow/sdk'
import { Project } from '#projects/public'
import { CredentialsUnreadable, type Credentials } from './credentials.ts'
import { credentialsOf } from './integrations.ts'
import Import from './models/import.ts'
import Integration from './models/integration.ts'
import SyncRun from './models/sync_run.ts'
import { fileField, sourceOf } from './registry/registry.ts'
import type { Source } from './registry/load.ts'
import { Redaction } from './redact.ts'
import { makeContext, type RunLog, type UploadedFile } from './source_context.ts'
import type { RunParams, RunTrigger } from './types.ts'

/** Everything that carrying out a run needs to know. */
export interface RunSubject {
  integration: { id: string; type: string; name: string }
  project: { id: string; timezone: string; currency: string }
  source: Source
  trigger: RunTrigger
  params: RunParams
  /** Settings and credentials as the source's schema makes them. */
  config: Record<string, unknown>
  import?: { id: string; name: string }
  context(environment: { signal: AbortSignal; log: RunLog; now?: () => Date }): Context
  /** Keeps this connection's secrets out of whatever is told or logged. */
  redaction: Redaction
}

const fileOf = ({ fileKey, fileName, fileSize }: Import): UploadedFile => ({
  key: fileKey,
  name: fileName,
  size: fileSize,
})

function parse(source: Source, values: Record<string, unknown>): Record<string, unknown> {
  const parsed = source.config.safeParse(values)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = issue?.path.join('.')
  throw new SourceError('config_invalid', `The settings do not fit any more: ${issue?.message}`, {
    ...(field && { field }),
  })
}

function secretsOf(integration: Integration): Credentials {
  try {
    return credentialsOf(integration)
  } catch (cause) {
    if (!(cause instanceof CredentialsUnreadable)) throw cause
    const message =
      'The stored secrets cannot be read, as the key of this installation has changed.'
    throw new SourceError('auth_expired', `${message} Enter them again.`, { cause })
  }
}

/**
 * The subject of a run. An import brings its own settings: those of the integration may already
 * belong to the next file.
 *
 * @throws SourceError `config_invalid` where the source is gone or the settings do not fit it,
 * `auth_expired` where the secrets cannot be read
 */
export async function integrationForRun(runId: string): Promise<RunSubject> {
  const run = await SyncRun.findOrFail(runId)
  const integration = await Integration.findOrFail(run.integrationId)
  const project = await Project.findOrFail(run.projectId)
  const upload = await Import.findBy('run_id', run.id)
  const source = sourceOf(integration.type)
  if (source === undefined) {
    throw new SourceError('config_invalid', `The source “${integration.type}” is not installed.`)
  }
  const credentials = secretsOf(integration)
  const file = upload === null ? undefined : fileOf(upload)
  const field = fileField(source)
  const config = parse(source, {
    ...(upload?.spec ?? integration.settings),
    ...credentials,
    ...(field !== undefined && file !== undefined && { [field]: file.key }),
  })
  const redaction = new Redaction(credentials)
  const connection = { integrationId: integration.id, projectId: integration.projectId }
  const place = { timezone: project.timezone, currency: project.currency }
  return {
    integration: { id: integration.id, type: integration.type, name: integration.name },
    project: { id: String(project.id), ...place },
    source,
    trigger: run.trigger,
    params: run.params,
    config,
    ...(upload !== null && { import: { id: upload.id, name: upload.name } }),
    context: (environment) =>
      makeContext({
        ...{ source, project: place, config, credentials, file, connection, redaction },
        ...environment,
      }),
    redaction,
  }
}
