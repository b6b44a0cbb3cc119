import { isUtf8 } from 'node:buffer'
import { SourceError, type FileHandle } from '@analyticaflow/sdk'
import { CR, LF, SPACE } from './bytes.ts'
import { cellBytes } from './cells/cell_writer.ts'
import type { Config } from './config.ts'
import { textOf } from './input.ts'
import { Output } from './output.ts'
import { DELIMITERS, INCOMPLETE, RecordScanner } from './record_scanner.ts'

/** How much of a file is looked at before its rows are read. */
const HEAD = 64 * 1024

/** Longest header that is taken for one. */
const MAX_COLUMNS = 2000

/** The first record of a file. */
export interface Header {
  /** Names of the columns, without the spaces around them. */
  columns: string[]
  /** Byte that separates cells. */
  delimiter: number
  /** Where the record after it starts, in bytes of the decoded text. */
  end: number
  /** Line of the record after it; the file's first line is 1. */
  nextLine: number
  /** Whether no row comes after it. */
  isAll: boolean
}

/**
 * Reads the head of a file: its columns and what separates them.
 *
 * @throws SourceError `file_invalid` if the file is empty or no text
 */
export async function readHeader(file: FileHandle, config: Config): Promise<Header> {
  const { bytes, whole } = await readHead(file, config)
  if (bytes.length === 0) throw new SourceError('file_invalid', 'The file is empty.')
  refuseBinary(bytes, whole)
  refuseCarriageReturns(bytes)
  const candidates = config.delimiter === undefined ? DELIMITERS : [config.delimiter.charCodeAt(0)]
  const headers = candidates.flatMap((delimiter) => headerBy(delimiter, bytes, whole) ?? [])
  const best = headers.toSorted((a, b) => score(b, config) - score(a, config))[0]
  if (best === undefined || best.columns.length > MAX_COLUMNS) {
    throw new SourceError('file_invalid', 'The first line is not a header of columns.', { line: 1 })
  }
  return { ...best, isAll: whole && bytes.subarray(best.end).every(isBlank) }
}

const isBlank = (byte: number): boolean => byte === LF || byte === CR || byte === SPACE

/** Mapped columns found count most, then the number of columns. */
function score(header: Header, config: Config): number {
  const wanted = new Set(Object.values(config.columns).map((column) => column.trim()))
  const found = header.columns.filter((column) => wanted.has(column)).length
  return found * MAX_COLUMNS + header.columns.length
}

async function readHead(
  file: FileHandle,
  config: Config
): Promise<{ bytes: Uint8Array; whole: boolean }> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of textOf(file, config.encoding)) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= HEAD) return { bytes: Buffer.concat(chunks), whole: false }
  }
  return { bytes: Buffer.concat(chunks), whole: true }
}

function refuseBinary(bytes: Uint8Array, whole: boolean): void {
  if (bytes.includes(0)) {
    throw new SourceError('file_invalid', 'This is not a text file. Save the table as CSV.')
  }
  // A cut may fall inside a character, hence whole lines only.
  const text = whole ? bytes : bytes.subarray(0, bytes.lastIndexOf(LF) + 1)
  if (!isUtf8(text)) {
    const message =
      'The file is not UTF-8. Save it as UTF-8, or name its encoding (windows-1251, …).'
    throw new SourceError('file_invalid', message, { field: 'encoding' })
  }
}

/** Files of old Macs: without this they would be one long header. */
function refuseCarriageReturns(bytes: Uint8Array): void {
  if (bytes.includes(LF) || !bytes.subarray(0, -1).includes(CR)) return
  throw new SourceError(
    'file_invalid',
    'The lines end in carriage returns alone. Save the file with line feeds (LF or CR LF).'
  )
}

function headerBy(delimiter: number, bytes: Uint8Array, whole: boolean): Header | undefined {
  const scanner = new RecordScanner(delimiter, MAX_COLUMNS, new Output(bytes.length * 8))
  scanner.data = Buffer.concat([bytes, Buffer.alloc(bytes.length)])
  scanner.end = bytes.length
  scanner.complete = whole
  let end = 0
  let nextLine = 1
  do {
    if (end >= bytes.length) return undefined
    end = scanner.scan(end)
    nextLine += scanner.lines
  } while (end !== INCOMPLETE && scanner.blank)
  if (end === INCOMPLETE || scanner.malformed || scanner.count > MAX_COLUMNS) return undefined
  const columns = Array.from({ length: scanner.count }, (_, cell) =>
    cellBytes(scanner, cell).toString('utf8').trim()
  )
  return { columns, delimiter, end, nextLine, isAll: false }
}
