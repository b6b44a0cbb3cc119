import { constants, openSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { Socket } from 'node:net'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine, Lease, QuerySpec } from './engine.ts'
import type { NativeResult } from './native.ts'
import type { InsertStatement } from './insert_statement.ts'
import { writeTo } from './streams.ts'

/** ClickHouse's names of the content encodings it decodes by itself. */
const CODECS = new Map([
  ['gzip', 'gzip'],
  ['deflate', 'deflate'],
  ['br', 'br'],
  ['zstd', 'zstd'],
  ['lz4', 'lz4'],
])

/**
 * Up to this size a body goes through a file, above it through a pipe.
 * TRICKY: it must exceed what a pipe buffers (64 kB). Only bytes that do not fit show that the
 * engine has opened its end; a pipe closed before would lose them, and the engine would wait for
 * a writer for ever.
 */
const PIPE_FROM = 1024 * 1024

/** The request's body, and how it is packed. */
export interface Rows {
  chunks: AsyncIterator<Buffer>
  encoding: string | undefined
}

interface Gathered {
  parts: Buffer[]
  complete: boolean
}

async function gather(first: Buffer, chunks: AsyncIterator<Buffer>): Promise<Gathered> {
  const parts = [first]
  let size = first.length
  while (size < PIPE_FROM) {
    const next = await chunks.next()
    if (next.done) return { parts, complete: true }
    parts.push(next.value)
    size += next.value.length
  }
  return { parts, complete: false }
}

function insertFrom(
  statement: InsertStatement,
  file: string,
  encoding: string | undefined
): string {
  const codec = encoding === undefined ? undefined : CODECS.get(encoding)
  const compression = codec === undefined ? '' : ` COMPRESSION '${codec}'`
  const quoted = file.replaceAll(/[\\']/g, String.raw`\$&`)
  if (statement.input) {
    const { before, structure, after, format } = statement.input
    return `${before}file('${quoted}', '${format}', ${structure}, '${codec ?? 'none'}')${after}`
  }
  return `${statement.head} FROM INFILE '${quoted}'${compression} ${statement.tail}`
}

/**
 * Streams rows into the engine as `INSERT … FROM INFILE` of a file or a named pipe: its own reader
 * splits records, so that quoted line breaks are right in every format, and parses with several
 * threads while the next bytes arrive. Memory stays constant; a full pipe is the back-pressure.
 */
export async function runInsert(
  engine: Engine,
  spec: QuerySpec,
  signal: AbortSignal,
  statement: InsertStatement,
  rows: Rows
): Promise<NativeResult> {
  // Small bodies are read before a slot is taken: a slow sender does not hold one.
  const { parts, complete } = await gather(statement.data, rows.chunks)
  return engine.run(spec, signal, async (lease) => {
    if (!complete) return insertByPipe(engine, spec.id, lease, statement, rows, parts)
    const { spool } = lease.slot
    await writeFile(spool, parts, { mode: 0o600 })
    try {
      return await lease.connection.query(insertFrom(statement, spool, rows.encoding))
    } finally {
      await rm(spool, { force: true })
    }
  })
}

async function insertByPipe(
  engine: Engine,
  id: string,
  { connection, slot, signal }: Lease,
  statement: InsertStatement,
  rows: Rows,
  parts: Buffer[]
): Promise<NativeResult> {
  // TRICKY: for reading and writing, because opening only for writing waits for a reader.
  const fd = openSync(slot.input, constants.O_RDWR | constants.O_NONBLOCK)
  const pipe = new Socket({ fd, readable: false, writable: true })
  pipe.on('error', () => undefined)
  const inserted = connection.query(insertFrom(statement, slot.input, rows.encoding))
  const settled = inserted.then(
    () => pipe.destroy(),
    () => pipe.destroy()
  )
  const fed = feed(pipe, parts, rows.chunks)
  fed.catch(() => undefined)

  try {
    // A failing query is known at once, also while the sender pauses.
    await Promise.race([fed, inserted, rejected(signal)])
  } catch (error) {
    // TRICKY: the end of a pipe looks like the end of the data, and the engine would commit what it
    // has. So the pipe is closed only after the query is dead.
    while (!pipe.destroyed && !(await engine.killed(id))) await sleep(2)
    pipe.destroy()
    await settled
    throw error
  }
  return inserted
}

async function rejected(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort')
  throw new DOMException('The insert was stopped', 'AbortError')
}

/** Writes everything, as fast as the engine takes it, and returns when the last byte is taken. */
async function feed(pipe: Socket, parts: Buffer[], chunks: AsyncIterator<Buffer>): Promise<void> {
  for (const part of parts) await writeTo(pipe, part)
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    // A pipe that is gone means that the query is over; its own result says why.
    if (!(await writeTo(pipe, next.value))) return
  }
  await new Promise<void>((resolve) => {
    pipe.once('close', resolve)
    pipe.end(() => pipe.destroy())
    if (pipe.closed) resolve()
  })
}
