import { SourceError, type Context, type FileHandle } from '@analyticaflow/sdk'
import { configForSource } from './auth/chosen_auth.ts'
import type { TokenOwner } from './auth/token_store.ts'
import { Redaction } from './redact.ts'
import { fileField } from './registry/registry.ts'
import type { Source } from './registry/load.ts'
import { vendorHttp } from './requests/vendor_http.ts'
import { uploads } from './upload_store.ts'

/** The file that an integration reads, as the import keeps it. */
export interface UploadedFile {
  key: string
  name: string
  size: number
}

export type RunLog = Context['log']

export interface ContextInput {
  source: Source
  project: { timezone: string; currency: string }
  /** Settings and credentials together, already parsed by the source's schema. */
  config: Record<string, unknown>
  /** What of the config may be in no log. */
  credentials: Record<string, unknown>
  file?: UploadedFile | undefined
  /** Absent while the integration is not saved. */
  connection?: TokenOwner
  signal: AbortSignal
  log: RunLog
  now?: () => Date
  /** Hides the secrets; absent: one of its own for `credentials`. */
  redaction?: Redaction
  /** The longest wait for a vendor in milliseconds; longer ones end with `retryAt`. */
  patienceMs?: number
}

const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'

async function* bytesOf(key: string, options: { from?: number }): AsyncGenerator<Uint8Array> {
  try {
    yield* uploads.open(key, options)
  } catch (cause) {
    if (!isGone(cause)) throw cause
    throw new SourceError('file_invalid', 'The file is gone. Upload it again.', { cause })
  }
}

function handleOf({ key, name, size }: UploadedFile): FileHandle {
  return { name, size, open: (options = {}) => bytesOf(key, options) }
}

/** Everything that a source may touch, in a check as in a run. */
export function makeContext(input: ContextInput): Context {
  const { source, project, file, signal } = input
  const redaction = input.redaction ?? new Redaction(input.credentials)
  const takesFile = fileField(source)
  const log: RunLog = (message, data) => {
    if (data === undefined) input.log(redaction.hide(message))
    else input.log(redaction.hide(message), redaction.hide(data))
  }
  return {
    config: configForSource(source, input.config),
    http: vendorHttp({ ...input, log, seen: (secrets) => redaction.add(secrets) }),
    signal,
    now: input.now ?? (() => new Date()),
    log,
    file: (field) => {
      if (field === takesFile && file !== undefined) return handleOf(file)
      throw new SourceError('file_invalid', 'There is no file. Upload one.', { field })
    },
    timezone: project.timezone,
    currency: project.currency,
  }
}
