import {
  SourceError,
  wire,
  type BulkLines,
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
    http: {
      get: closed,
      post: closed,
      request: closed,
      pages: closed,
      lines: closed,
      items: closed,
    },
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

/** What a whole import came to. */
export interface Imported {
  pages: BulkPage[]
  /** Lines by kind, as column → text. */
  rows: (kind: Kind) => Record<string, string>[]
  read: number
  skipped: number
  rejected: BulkPage['rejected']
}

/** Imports a file as the core would, from the first page to the last. */
export async function importFile(
  spec: object,
  file: FileHandle | Uint8Array | string
): Promise<Imported> {
  const pages: BulkPage[] = []
  for await (const page of pagesOf(contextOf(spec, file))) pages.push(page)
  const lines = pages.flatMap((page) => page.bulk)
  return {
    pages,
    rows: (kind) => lines.filter((line) => line.kind === kind).flatMap(tableOf),
    read: pages.reduce((sum, page) => sum + page.read, 0),
    skipped: pages.reduce((sum, page) => sum + page.skipped, 0),
    rejected: pages.flatMap((page) => page.rejected),
  }
}

const UNESCAPED: Record<string, string> = { t: '\t', n: '\n', r: '\r', '\\': '\\' }

/** What the warehouse puts where a line has no such column. */
function empty(type: string): string {
  if (type === 'String') return ''
  if (type.startsWith('Nullable')) return '\\N'
  return type.startsWith('Array') ? '[]' : '0'
}

/** Lines of TabSeparated text, by all columns of the kind; nulls stay as they are written. */
export function tableOf({ kind, bytes, columns: present }: BulkLines): Record<string, string>[] {
  const lines = Buffer.from(bytes).toString('utf8').split('\n').slice(0, -1)
  const { columns } = wire[kind]
  const names = present ?? columns.map(({ name }) => name)
  const defaults = Object.fromEntries(columns.map(({ name, type }) => [name, empty(type)]))
  const text = (cell = '') =>
    cell === '\\N' ? cell : cell.replace(/\\(.)/g, (_, letter: string) => UNESCAPED[letter] ?? '?')
  return lines.map((line) => {
    const cells = line.split('\t')
    if (cells.length !== names.length)
      throw new Error(`${cells.length} cells: ${line.slice(0, 200)}`)
    const found = Object.fromEntries(names.map((name, index) => [name, text(cells[index])]))
    return { ...defaults, ...found }
  })
}

/** The bytes of all lines of a kind, one after the other. */
export const bytesOf = (pages: BulkPage[], kind: Kind): Buffer =>
  Buffer.concat(
    pages.flatMap(({ bulk }) => bulk.flatMap((b) => (b.kind === kind ? [b.bytes] : [])))
  )

/** The error of an import or of a check that must fail. */
export async function failureOf(work: () => Promise<unknown>): Promise<SourceError> {
  try {
    await work()
  } catch (error) {
    if (error instanceof SourceError) return error
    throw error
  }
  throw new Error('It did not fail')
}

/** The error that `check` throws. */
export const checkFailure = (
  spec: object,
  file: FileHandle | Uint8Array | string
): Promise<SourceError> => failureOf(() => source.check(contextOf(spec, file)))
