import {
  wire,
  type BulkPage,
  type Context,
  type FileHandle,
  type Json,
  type Kind,
} from '@analyticaflow/sdk'
import { Config } from '../src/config.ts'
import source from '../src/index.ts'

type CsvContext = Context<typeof Config>

/** A file in memory, cut into chunks. */
export function fileOf(bytes: Uint8Array | string, chunk = 64 * 1024): FileHandle {
  const data = Buffer.from(bytes)
  return {
    name: 'upload.csv',
    size: data.length,
    async *open({ from = 0 } = {}) {
      for (let at = from; at < data.length; at += chunk) yield data.subarray(at, at + chunk)
    },
  }
}

const closed = () => {
  throw new Error('A file import requests nothing')
}

/** What a source sees of an import. @throws ZodError if the spec is wrong */
export function contextOf(spec: object, file: FileHandle | Uint8Array | string): CsvContext {
  const handle = typeof file === 'string' || file instanceof Uint8Array ? fileOf(file) : file
  return {
    config: Config.parse({ name: 'test', file: 'upload', ...spec }),
    http: { get: closed, post: closed, pages: closed },
    signal: new AbortController().signal,
    now: () => new Date('2026-03-01T12:00:00Z'),
    log: () => undefined,
    file: () => handle,
    timezone: 'UTC',
    currency: 'EUR',
  }
}

/** The pages of the one stream that runs for the spec. */
export function pagesOf(context: CsvContext, resume: Json = null): AsyncIterable<BulkPage> {
  const streams = Object.values(source.streams).filter(({ def }) => def.when?.(context.config))
  const [stream] = streams
  if (streams.length !== 1 || stream?.kind !== 'snapshot' || stream.def.bulk !== true) {
    throw new Error('Not one bulk stream')
  }
  return stream.def.read(context, null, resume)
}
