import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { SourceError, type FileHandle } from '@analyticaflow/sdk'

/** How the text of a file is encoded; `auto`: by its byte order mark, else UTF-8. */
export type Encoding = 'auto' | 'utf-8' | 'utf-16' | 'windows-1251' | 'windows-1252'

/** Longest piece handed on, so that a page is never much more than the piece it was read from. */
const PIECE = 256 * 1024

/** How far the stored bytes of a file have been read: for the estimate of its rows. */
export interface Progress {
  bytes: number
}

/** The file as UTF-8 without a byte order mark, unpacked where it is packed, in pieces. */
export async function* textOf(
  file: FileHandle,
  encoding: Encoding,
  progress: Progress = { bytes: 0 }
): AsyncGenerator<Uint8Array> {
  const stored = beginning(counted(file, progress))
  const unpacked = beginning(unpack(await stored))
  const { first, rest } = await unpacked
  for await (const piece of decoded(first, rest, encoding)) yield* pieces(piece)
}

async function* counted(file: FileHandle, progress: Progress): AsyncGenerator<Uint8Array> {
  for await (const chunk of file.open()) {
    progress.bytes += chunk.length
    yield chunk
  }
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE)
}

/** Byte order mark of UTF-8. */
const UTF8_MARK = [0xef, 0xbb, 0xbf]

/** A stream and its first bytes, looked at but not lost. */
interface Peeked {
  first: Uint8Array
  rest: AsyncIterable<Uint8Array>
}

/** As many bytes as the longest magic number has. */
const PEEK = 4

/** Reads until there are enough bytes to tell what they are; `rest` gives all of them. */
async function beginning(source: AsyncIterable<Uint8Array>): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]()
  const chunks: Uint8Array[] = []
  let length = 0
  while (length < PEEK) {
    const next = await iterator.next()
    if (next.done === true) break
    chunks.push(next.value)
    length += next.value.length
  }
  const first = Buffer.concat(chunks)
  return { first, rest: resumed(first, iterator) }
}

async function* resumed(
  first: Uint8Array,
  iterator: AsyncIterator<Uint8Array>
): AsyncGenerator<Uint8Array> {
  try {
    if (first.length > 0) yield first
    for (;;) {
      const next = await iterator.next()
      if (next.done === true) return
      yield next.value
    }
  } finally {
    await iterator.return?.()
  }
}

const startsWith = (bytes: Uint8Array, ...magic: number[]): boolean =>
  magic.every((byte, index) => bytes[index] === byte)

function unpack({ first, rest }: Peeked): AsyncIterable<Uint8Array> {
  if (startsWith(first, 0x50, 0x4b, 0x03, 0x04)) {
    throw new SourceError('file_invalid', 'This is an Excel or zip file. Save it as CSV first.')
  }
  return isGzip(first) ? gunzipped(rest) : rest
}

/** Also where the archive is cut off after its first byte. */
const isGzip = (first: Uint8Array): boolean =>
  first.length === 1 ? first[0] === 0x1f : startsWith(first, 0x1f, 0x8b)

async function* gunzipped(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: PIECE })
  // Errors of either stream arrive at the loop below, which ends both.
  pipeline(Readable.from(packed, { objectMode: false }), gunzip, () => undefined)
  try {
    for await (const chunk of gunzip) yield chunk as Uint8Array
  } catch (error) {
    throw isZlibError(error) ? damaged(error) : error
  }
}

const isZlibError = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')

const damaged = (cause: Error): SourceError =>
  new SourceError('file_invalid', 'The gzip archive is damaged or cut off. Upload it again.', {
    cause,
  })

async function* decoded(
  first: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
  encoding: Encoding
): AsyncGenerator<Uint8Array> {
  const label = encodingLabel(first, encoding)
  if (label === 'utf-8') {
    yield* withoutFirst(rest, startsWith(first, ...UTF8_MARK) ? UTF8_MARK.length : 0)
    return
  }
  const decoder = new TextDecoder(label)
  for await (const chunk of rest) yield Buffer.from(decoder.decode(chunk, { stream: true }))
  yield Buffer.from(decoder.decode())
}

function encodingLabel(first: Uint8Array, encoding: Encoding): string {
  if (startsWith(first, 0xff, 0xfe)) return 'utf-16le'
  if (startsWith(first, 0xfe, 0xff)) return 'utf-16be'
  if (encoding === 'auto' || startsWith(first, ...UTF8_MARK)) return 'utf-8'
  return encoding === 'utf-16' ? 'utf-16le' : encoding
}

/** Drops as many bytes, wherever the chunks are cut. */
export async function* withoutFirst(
  source: AsyncIterable<Uint8Array>,
  count: number
): AsyncGenerator<Uint8Array> {
  let left = count
  for await (const chunk of source) {
    if (left < chunk.length) yield left === 0 ? chunk : chunk.subarray(left)
    left = Math.max(0, left - chunk.length)
  }
}
