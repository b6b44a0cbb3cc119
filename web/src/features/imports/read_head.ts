import { guessDelimiter, parseRows, type Delimiter } from './parse_csv.ts'

/** As the API names them. */
export type Encoding = 'utf-8' | 'utf-16' | 'windows-1251' | 'windows-1252'

export interface FileHead {
  columns: string[]
  /** The first rows, as far as a preview and guesses need them. */
  rows: string[][]
  delimiter: Delimiter
  encoding: Encoding
  compressed: boolean
}

/** Why a file cannot be an import at all; told before anything is sent. */
export type HeadFault = 'empty' | 'binary' | 'broken_gzip' | 'one_column'

export class HeadError extends Error {
  readonly fault: HeadFault
  constructor(fault: HeadFault) {
    super(fault)
    this.fault = fault
  }
}

const HEAD_BYTES = 512 * 1024

interface Bytes {
  bytes: Uint8Array
  complete: boolean
}

async function take(stream: ReadableStream<Uint8Array>, limit: number): Promise<Bytes> {
  const reader = stream.getReader()
  const bytes = new Uint8Array(limit)
  let length = 0
  let complete = false
  while (length < limit && !complete) {
    const { value, done } = await reader.read()
    complete = done
    if (!value) continue
    const part = value.subarray(0, limit - length)
    bytes.set(part, length)
    length += part.length
  }
  await reader.cancel().catch(() => null)
  return { bytes: bytes.subarray(0, length), complete }
}

async function isGzip(file: Blob): Promise<boolean> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  return first === 0x1f && second === 0x8b
}

/** TypeScript knows the decompressor's input as any buffer source, a file's stream is narrower. */
const gunzip = (file: Blob): ReadableStream<Uint8Array> =>
  file.stream().pipeThrough(new DecompressionStream('gzip'))

const ASCII = /\p{ASCII}/gu
/** Words: single foreign letters among Latin ones are accents, not Cyrillic. */
const CYRILLIC_WORDS = /[\u0410-\u044f\u0401\u0451]{2,}/g
/** Share of Cyrillic letters among the non-ASCII ones from which a file counts as Windows-1251. */
const MOSTLY = 0.6

/** UTF-16 and UTF-8 by their marks, UTF-8 where it is valid, else one of the Windows code pages. */
function decode(bytes: Uint8Array, complete: boolean): { text: string; encoding: Encoding } {
  const [a, b] = bytes
  if (a === 0xff && b === 0xfe) return { text: decodeAs('utf-16le', bytes), encoding: 'utf-16' }
  if (a === 0xfe && b === 0xff) return { text: decodeAs('utf-16be', bytes), encoding: 'utf-16' }
  try {
    const strict = new TextDecoder('utf-8', { fatal: true })
    // A cut in the middle of a character is no fault of the file.
    return { text: strict.decode(bytes, { stream: !complete }), encoding: 'utf-8' }
  } catch {
    const cyrillic = decodeAs('windows-1251', bytes)
    const foreign = cyrillic.replace(ASCII, '')
    const letters = cyrillic.match(CYRILLIC_WORDS)?.join('').length ?? 0
    return letters > foreign.length * MOSTLY
      ? { text: cyrillic, encoding: 'windows-1251' }
      : { text: decodeAs('windows-1252', bytes), encoding: 'windows-1252' }
  }
}

const decodeAs = (label: string, bytes: Uint8Array): string => new TextDecoder(label).decode(bytes)

/** Reads the beginning of a file in the browser: nothing is sent before the person says so. */
export async function readHead(file: Blob): Promise<FileHead> {
  const compressed = await isGzip(file)
  const { bytes, complete } = await take(
    compressed ? gunzip(file) : file.stream(),
    HEAD_BYTES
  ).catch(() => {
    throw new HeadError('broken_gzip')
  })
  if (bytes.length === 0) throw new HeadError('empty')
  const { text, encoding } = decode(bytes, complete)
  if (text.includes('\u0000')) throw new HeadError('binary')
  const delimiter = guessDelimiter(text)
  const [columns, ...rows] = parseRows(text.replace(/^\ufeff/, ''), delimiter, complete)
  if (!columns || rows.length === 0) throw new HeadError('empty')
  if (columns.length < 2) throw new HeadError('one_column')
  return { columns: columns.map((name) => name.trim()), rows, delimiter, encoding, compressed }
}
