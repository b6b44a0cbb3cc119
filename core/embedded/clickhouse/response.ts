import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { toEngineError, type EngineError } from './errors.ts'
import type { NativeResult } from './native.ts'
import type { EngineRequest } from './request.ts'
import type { SelectRun } from './select.ts'
import { writeTo } from './streams.ts'

/** As much of an answer is held back, as on a server: a failure before it still gets its status. */
const HELD_BACK = 1024 * 1024

const CONTENT_TYPES: readonly [RegExp, string][] = [
  [/^JSON.*EachRow/, 'application/x-ndjson; charset=UTF-8'],
  [/^JSON/, 'application/json; charset=UTF-8'],
  [/^CSV.*WithNames/, 'text/csv; charset=UTF-8; header=present'],
  [/^CSV/, 'text/csv; charset=UTF-8; header=absent'],
  [/^(TSV|TabSeparated)/, 'text/tab-separated-values; charset=UTF-8'],
  [/^(Native|RowBinary|Parquet|Arrow|ORC)/, 'application/octet-stream'],
]

/** Headers that are known before the query runs. */
export function describeAnswer(response: ServerResponse, request: EngineRequest): void {
  response.setHeader('X-ClickHouse-Server-Display-Name', 'embedded')
  response.setHeader('X-ClickHouse-Query-Id', request.id)
  response.setHeader('X-ClickHouse-Timezone', 'UTC')
}

/** `X-ClickHouse-Format` and the content type. */
export function describeFormat(response: ServerResponse, format: string): void {
  const type = CONTENT_TYPES.find(([pattern]) => pattern.test(format))?.[1]
  response.setHeader('X-ClickHouse-Format', format)
  response.setHeader('Content-Type', type ?? 'text/plain; charset=UTF-8')
}

/** `X-ClickHouse-Summary`; the engine counts only rows returned and rows inserted. */
export function summarise(
  response: ServerResponse,
  result: NativeResult | undefined,
  direction: 'read' | 'written'
): void {
  const rows = String(result?.rowsRead ?? 0)
  const bytes = String(result?.bytesRead ?? 0)
  const counted = { [`${direction}_rows`]: rows, [`${direction}_bytes`]: bytes }
  const summary = {
    read_rows: '0',
    read_bytes: '0',
    written_rows: '0',
    written_bytes: '0',
    total_rows_to_read: '0',
    result_rows: rows,
    result_bytes: bytes,
    elapsed_ns: String(Math.round((result?.elapsed ?? 0) * 1e9)),
    ...counted,
  }
  response.setHeader('X-ClickHouse-Summary', JSON.stringify(summary))
}

/** An answer that is an error, or the end of one whose beginning is already out. */
export function answerError(response: ServerResponse, error: EngineError): void {
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  for (const name of ['Content-Encoding', 'X-ClickHouse-Format', 'X-ClickHouse-Exception-Tag']) {
    response.removeHeader(name)
  }
  response.statusCode = error.status
  response.setHeader('Content-Type', 'text/plain; charset=UTF-8')
  response.setHeader('X-ClickHouse-Exception-Code', String(error.code))
  response.end(`${error.message} (version embedded)\n`)
}

async function write(target: Writable, chunk: Buffer): Promise<void> {
  if (!(await writeTo(target, chunk))) throw new Error('The receiver has left')
}

/** A failure behind rows already sent, marked as servers do it since 25.11. */
function lateException(tag: string, error: EngineError): string {
  const message = `${error.message}\n`
  const marker = '__exception__'
  return `\r\n${marker}\r\n${tag}\r\n${message}${Buffer.byteLength(message)} ${tag}\r\n${marker}\r\n`
}

/** The target of a body: the response itself, or gzip in front of it. */
function openBody(response: ServerResponse, gzip: boolean): Writable {
  if (!gzip) return response
  response.setHeader('Content-Encoding', 'gzip')
  const packer = createGzip({ level: 1 })
  packer.pipe(response)
  // A receiver that leaves must also end the waiting for `drain`.
  response.once('close', () => packer.destroy())
  return packer
}

async function close(target: Writable, response: ServerResponse): Promise<void> {
  target.end()
  await finished(response)
}

/** Sends rows as they come. */
export async function sendRows(
  response: ServerResponse,
  request: EngineRequest,
  run: SelectRun
): Promise<void> {
  const limit = request.waitEnd ? Number.POSITIVE_INFINITY : HELD_BACK
  const tag = randomBytes(12).toString('base64url').slice(0, 16)
  let held: Buffer[] = []
  let size = 0
  let body: Writable | undefined
  for await (const chunk of run.chunks) {
    if (body) {
      await write(body, chunk)
      continue
    }
    held.push(chunk)
    size += chunk.length
    if (size < limit) continue
    response.setHeader('X-ClickHouse-Exception-Tag', tag)
    summarise(response, undefined, 'read')
    body = openBody(response, request.gzip)
    for (const part of held) await write(body, part)
    held = []
  }
  const result = await run.finished.catch((error: unknown) => {
    if (body === undefined) throw error
    body.write(lateException(tag, toEngineError(error)))
    return undefined
  })
  if (body === undefined) {
    summarise(response, result, 'read')
    body = openBody(response, request.gzip)
    for (const part of held) body.write(part)
  }
  await close(body, response)
}

/** Sends an answer that is already complete. */
export async function sendBytes(
  response: ServerResponse,
  request: EngineRequest,
  bytes: Buffer
): Promise<void> {
  const body = openBody(response, request.gzip)
  body.write(bytes)
  await close(body, response)
}
