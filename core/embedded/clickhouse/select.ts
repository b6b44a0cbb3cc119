import { closeSync, constants, openSync } from 'node:fs'
import { Socket } from 'node:net'
import type { Lease } from './engine.ts'
import type { NativeResult } from './native.ts'
import type { SelectStatement } from './statement.ts'

/** Rows on their way out: bytes of one well-formed document, and the end of the query. */
export interface SelectRun {
  chunks: AsyncIterable<Buffer>
  finished: Promise<NativeResult>
  /** The receiver is gone: the engine's next write fails, so that it stops. */
  cancel(): void
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
    .finally(() => {
      closeSync(holder)
    })
  finished.catch(() => undefined)
  return { chunks: pipe, finished, cancel: () => pipe.destroy() }
}
