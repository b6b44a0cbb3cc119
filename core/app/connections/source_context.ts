import { SourceError, type Context, type FileHandle, type Http } from '@analyticaflow/sdk'
import { redactor } from './redact.ts'
import { fileField } from './registry/registry.ts'
import type { Source } from './registry/load.ts'
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
  signal: AbortSignal
  log: RunLog
  now?: () => Date
}

function noRequests(): never {
  throw new SourceError('config_invalid', 'Sources that ask vendors do not run here yet.')
}

/** The guarded client comes with the first source that asks a vendor. */
const http: Http = {
  get: noRequests,
  post: noRequests,
  request: noRequests,
  pages: noRequests,
  lines: noRequests,
  items: noRequests,
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
  const { source, project, config, file, signal } = input
  const redact = redactor(input.credentials)
  const takesFile = fileField(source)
  return {
    config,
    http,
    signal,
    now: input.now ?? (() => new Date()),
    log: (message, data) => {
      if (data === undefined) input.log(redact(message))
      else input.log(redact(message), redact(data))
    },
    file: (field) => {
      if (field === takesFile && file !== undefined) return handleOf(file)
      throw new SourceError('file_invalid', 'There is no file. Upload one.', { field })
    },
    timezone: project.timezone,
    currency: project.currency,
  }
}
