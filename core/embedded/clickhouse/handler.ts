import type { IncomingMessage, ServerResponse } from 'node:http'
import { readJob, RequestBody } from './body.ts'
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
    } catch (error) {
      engine.cancel(spec.id)
      throw error
    } finally {
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

async function answer(
  request: IncomingMessage,
  body: RequestBody,
  exchange: Exchange
): Promise<void> {
  const { engine, spec, response, signal } = exchange
  describeAnswer(response, spec)
  const contentType = request.headers['content-type'] ?? ''
  const { statement, ...rows } = await readJob(contentType, body.chunks, spec)
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

/** ClickHouse's HTTP interface in front of the engine. */
export function createHandler(engine: Engine, password: string) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://engine')
    if (pathname === '/ping') {
      response.end('Ok.\n')
      return
    }
    const body = new RequestBody(request)
    const gone = new AbortController()
    response.on('close', () => {
      if (!response.writableFinished) gone.abort()
    })
    try {
      authenticate(request, searchParams, password)
      const spec = readRequest(request, searchParams)
      await answer(request, body, { engine, spec, response, signal: gone.signal })
    } catch (error) {
      answerError(response, toEngineError(error))
      await body.discard().catch(() => undefined)
    }
  }
}
