import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { readJob } from './body.ts'
import type { Engine } from './engine.ts'
import { toEngineError } from './errors.ts'
import { runInsert } from './insert.ts'
import { authenticate, readRequest, type EngineRequest } from './request.ts'
import {
  answerError,
  describeAnswer,
  describeFormat,
  sendBytes,
  sendRows,
  summarise,
} from './response.ts'
import { runSelect } from './select.ts'
import {
  rewriteKill,
  type KillStatement,
  type OtherStatement,
  type SelectStatement,
} from './statement.ts'

/** How long the rest of a refused body is read, so that its sender gets to see the answer. */
const LINGER_MS = 10_000

interface Exchange {
  engine: Engine
  spec: EngineRequest
  response: ServerResponse
  signal: AbortSignal
}

async function answerSelect(exchange: Exchange, statement: SelectStatement): Promise<void> {
  const { engine, spec, response, signal } = exchange
  await engine.run(spec, signal, async (lease) => {
    const run = runSelect(lease, statement, spec.defaultFormat)
    const cancel = () => run.cancel()
    lease.signal.addEventListener('abort', cancel, { once: true })
    try {
      await sendRows(response, spec, run)
    } finally {
      run.cancel()
      // The connection and the pipes are another query's next: not before this one is over.
      await run.finished.catch(() => undefined)
    }
  })
}

async function answerOther(
  exchange: Exchange,
  statement: KillStatement | OtherStatement,
  format: string
) {
  const { engine, spec, response, signal } = exchange
  const result = await engine.run(spec, signal, ({ connection }) =>
    statement.kind === 'kill'
      ? engine.runKill(connection, rewriteKill(statement.sql), format)
      : connection.query(statement.sql, format)
  )
  summarise(response, result, 'read')
  await sendBytes(response, spec, result.bytes)
}

async function answer(request: IncomingMessage, exchange: Exchange): Promise<void> {
  const { engine, spec, response, signal } = exchange
  describeAnswer(response, spec)
  const { statement, ...rows } = await readJob(request, spec)
  if (statement.kind === 'insert') {
    summarise(response, await runInsert(engine, spec, signal, statement, rows), 'written')
    response.end()
    return
  }
  const format = ('format' in statement ? statement.format : undefined) ?? spec.defaultFormat
  describeFormat(response, format)
  if (statement.kind === 'select') return answerSelect(exchange, statement)
  return answerOther(exchange, statement, format)
}

/** Reads what a sender still sends after its answer, for a while: closing at once would lose it. */
async function drain(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return
  request.resume()
  await Promise.race([once(request, 'close'), sleep(LINGER_MS, undefined, { ref: false })])
  if (!request.complete) request.destroy()
}

/** ClickHouse's HTTP interface in front of the engine. */
export function createHandler(engine: Engine, password: string) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://engine')
    if (pathname === '/ping') {
      response.end('Ok.\n')
      return
    }
    const gone = new AbortController()
    response.on('close', () => {
      if (!response.writableFinished) gone.abort()
    })
    try {
      authenticate(request, searchParams, password)
      const spec = readRequest(request, searchParams)
      await answer(request, { engine, spec, response, signal: gone.signal })
    } catch (error) {
      answerError(response, toEngineError(error))
      await drain(request).catch(() => undefined)
    }
  }
}
