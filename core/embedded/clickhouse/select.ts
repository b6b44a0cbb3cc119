import { closeSync, constants, openSync } from 'node:fs'
import { Socket } from 'node:net'
import type { Lease } from './engine.ts'
import { EngineError, toEngineError } from './errors.ts'
import type { Connection, NativeResult } from './native.ts'
import type { SelectStatement } from './statement.ts'

const SYNTAX_ERROR = 62
const PARSE_ONLY = 'EXPLAIN AST '

/** Rows on their way out: bytes of one well-formed document, and the end of the query. */
export interface SelectRun {
  chunks: AsyncIterable<Buffer>
  finished: Promise<NativeResult>
  /** The receiver is gone: the engine's next write fails, so that it stops. */
  cancel(): void
}

/**
 * The same error for the statement as it was written: the rewritten one has other positions and
 * names the pipe.
 */
async function asWritten(error: unknown, connection: Connection, sql: string): Promise<unknown> {
  if (toEngineError(error).code !== SYNTAX_ERROR) return error
  return connection.query(`${PARSE_ONLY}${sql}`).then(
    () => error,
    (original: unknown) => {
      const { code, message } = toEngineError(original)
      const position = (_: string, at: string) => `position ${Number(at) - PARSE_ONLY.length}`
      return new EngineError(code, message.replace(/position (\d+)/, position))
    }
  )
}

/** A pipe that was cancelled says nothing; why, the killed query knows. */
async function* rowsOf(pipe: Socket, finished: Promise<NativeResult>): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of pipe) yield chunk as Buffer
  } catch (error) {
    await finished
    throw error
  }
}

/**
 * Streams a result as `SELECT … INTO OUTFILE` of a named pipe. The engine writes every format as
 * one document and waits while the pipe is full, so memory stays constant.
 */
export function runSelect(
  lease: Lease,
  statement: SelectStatement,
  defaultFormat: string
): SelectRun {
  const { output } = lease.slot
  const reader = openSync(output, constants.O_RDONLY | constants.O_NONBLOCK)
  // TRICKY: a pipe without a writer reads as ended, so this end stays open until the query is over.
  const holder = openSync(output, constants.O_WRONLY | constants.O_NONBLOCK)
  const pipe = new Socket({ fd: reader, readable: true, writable: false })
  const quoted = output.replaceAll(/[\\']/g, String.raw`\$&`)
  const tail = statement.tail || `FORMAT ${defaultFormat}`
  const finished = lease.connection
    .query(`${statement.head} INTO OUTFILE '${quoted}' APPEND ${tail}`)
    .catch(async (error: unknown) => {
      throw await asWritten(error, lease.connection, `${statement.head}${statement.tail}`)
    })
    .finally(() => {
      closeSync(holder)
    })
  finished.catch(() => undefined)
  return { chunks: rowsOf(pipe, finished), finished, cancel: () => pipe.destroy() }
}
