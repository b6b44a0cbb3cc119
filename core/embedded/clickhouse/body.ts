import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, zstdDecompress, type ZlibOptions } from 'node:zlib'
import { refuse } from './errors.ts'
import type { EngineRequest } from './request.ts'
import { parseStatement, type Statement } from './statement.ts'

/** A statement that comes in the body is read whole, so it is bounded. Rows are streamed instead. */
const MAX_STATEMENT = 64 * 1024 * 1024

type Chunks = AsyncIterator<Buffer>
type Decode = (packed: Buffer, options: ZlibOptions) => Promise<Buffer>

const DECODERS = new Map<string, Decode>([
  ['gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
  ['zstd', promisify(zstdDecompress) as Decode],
])

async function* chunksOf(request: IncomingMessage): AsyncGenerator<Buffer> {
  // The rest of a refused body is still to be read, so the iterator must not destroy it.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) yield chunk as Buffer
  // TRICKY: a connection that breaks may end the iteration without an error.
  if (!request.complete) throw new Error('The connection was closed before the end of the body')
}

const isOver = (request: IncomingMessage): boolean => request.complete || request.destroyed

/** How long the rest of a refused body is read, so that its sender gets to see the answer. */
const LINGER_MS = 10_000

/** A request's body: read as it comes, and read to its end even when nobody wants the rest. */
export class RequestBody {
  readonly #request: IncomingMessage
  readonly chunks: AsyncGenerator<Buffer>

  constructor(request: IncomingMessage) {
    this.#request = request
    this.chunks = chunksOf(request)
  }

  /** Closing at once would lose the answer on its way; a sender without end is cut off later. */
  async discard(): Promise<void> {
    const request = this.#request
    if (isOver(request)) return
    const cut = setTimeout(() => request.destroy(), LINGER_MS)
    try {
      // TRICKY: while an iterator is attached, `resume` does nothing.
      await this.chunks.return(undefined)
      if (!isOver(request)) await once(request.resume(), 'close')
    } finally {
      clearTimeout(cut)
    }
  }
}

async function* nothing(): AsyncGenerator<Buffer> {}

async function readAll(chunks: Chunks, encoding: string | undefined): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    parts.push(next.value)
    size += next.value.length
    if (size > MAX_STATEMENT) throw refuse(308, `Query is too large: over ${MAX_STATEMENT} bytes`)
  }
  const body = Buffer.concat(parts)
  if (encoding === undefined || body.length === 0) return body
  const decode = DECODERS.get(encoding)
  if (!decode) throw refuse(48, `A statement cannot be sent with Content-Encoding ${encoding}`)
  return decode(body, { maxOutputLength: MAX_STATEMENT })
}

/** A part of a form that is text; files have no place in it. */
const textOf = (part: unknown): string => (typeof part === 'string' ? part : '')

/** `query` and `param_*` as parts of a form: how the client sends parameters too long for a URL. */
async function readForm(contentType: string, body: Buffer, spec: EngineRequest): Promise<Buffer> {
  const headers = { 'content-type': contentType }
  const form = await new Response(new Uint8Array(body), { headers }).formData()
  for (const [name, value] of form) {
    if (name.startsWith('param_')) spec.params.set(name.slice('param_'.length), textOf(value))
  }
  return Buffer.from(textOf(form.get('query')))
}

/** What to do, and the rows for it. */
export interface Job {
  statement: Statement
  chunks: Chunks
  encoding: string | undefined
}

/** The statement stands in the URL, with its rows in the body, or both are in the body. */
export async function readJob(
  contentType: string,
  chunks: Chunks,
  spec: EngineRequest
): Promise<Job> {
  const fromUrl = Buffer.from(spec.query ?? '')
  const statement = spec.query ? parseStatement(fromUrl) : undefined
  if (statement?.kind === 'insert') return { statement, chunks, encoding: spec.encoding }

  const body = await readAll(chunks, spec.encoding)
  const isForm = contentType.startsWith('multipart/form-data')
  const text = isForm ? await readForm(contentType, body, spec) : body
  return {
    statement: statement && text.length === 0 ? statement : parseStatement(joined(fromUrl, text)),
    chunks: nothing(),
    encoding: undefined,
  }
}

const joined = (first: Buffer, second: Buffer): Buffer =>
  first.length === 0 ? second : Buffer.concat([first, Buffer.from('\n'), second])
