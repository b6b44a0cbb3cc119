import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  defineSource,
  noAuth,
  SourceError,
  z,
  type Auth,
  type Json,
  type SourceDefinition,
} from '@analyticaflow/sdk'
import {
  fetchTransport,
  makeHttp,
  noCredentials,
  type Clock,
  type HttpOptions,
} from '@analyticaflow/sdk/runtime'

/** A request as a vendor on a real socket got it. */
export interface Got {
  method: string
  path: string
  query: URLSearchParams
  headers: Record<string, string | undefined>
  body: string
  /** Milliseconds of the test's clock. */
  at: number
}

export interface Reply {
  status?: number
  headers?: Record<string, string>
  json?: unknown
  text?: string
  /** Breaks the connection: before the head, or after these bytes of a body. */
  breaks?: true | string
  /** Never answers. */
  hangs?: true
}

/** A clock that jumps over every wait. */
export class JumpingClock implements Clock {
  at = Date.parse('2026-03-01T12:00:00Z')
  readonly slept: number[] = []
  now = () => new Date(this.at)

  sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    this.slept.push(milliseconds)
    const until = this.at + milliseconds
    return new Promise((resolve) => {
      setImmediate(() => {
        this.at = Math.max(this.at, until)
        resolve()
      })
    })
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply.hangs) return
  if (reply.breaks === true) {
    response.destroy()
    return
  }
  const text = reply.json === undefined ? (reply.text ?? '') : JSON.stringify(reply.json)
  const type = reply.json === undefined ? 'text/plain' : 'application/json'
  response.writeHead(reply.status ?? 200, { 'content-type': type, ...reply.headers })
  if (reply.breaks === undefined) response.end(text)
  else response.write(reply.breaks, () => response.destroy())
}

export type Answers = (got: Got, count: number) => Reply | Promise<Reply>

/** A vendor on a real socket. */
export async function startVendor(answers: Answers, clock = new JumpingClock()) {
  const got: Got[] = []
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://vendor')
      const entry: Got = {
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers as Got['headers'],
        body: await bodyOf(request),
        at: clock.at,
      }
      got.push(entry)
      send(response, await answers(entry, got.length))
    })()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const stop = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}`, got, clock, stop }
}

type Http = Omit<NonNullable<SourceDefinition['http']>, 'baseUrl'>

/** A source that declares this of its requests. */
export const sourceOf = (http: Partial<Http> & { baseUrl: string }, auth: Auth = noAuth()) =>
  defineSource({
    id: 'northwind',
    version: '1.0.0',
    sdk: '^1.0.0',
    title: 'Northwind',
    auth,
    config: z.object({}),
    http: { limit: [], ...http },
    check: async () => {},
    streams: {},
  })

type More = Partial<HttpOptions>

/** A vendor, and a client that asks it. */
export async function talk(answers: Answers, http: Partial<Http> = {}, more: More = {}) {
  const vendor = await startVendor(answers)
  const log: [string, Record<string, Json> | undefined][] = []
  const client = makeHttp({
    source: sourceOf({ baseUrl: vendor.url, ...http }),
    config: {},
    transport: fetchTransport,
    authorizer: noCredentials,
    clock: vendor.clock,
    random: () => 1,
    signal: new AbortController().signal,
    log: (message, data) => log.push([message, data]),
    ...more,
  })
  return { ...vendor, http: client, log }
}

/** The error that a promise ends with; fails if it succeeds. */
export async function errorOf(promise: Promise<unknown>): Promise<SourceError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason
  )
  if (!(error instanceof SourceError)) throw new Error(`No SourceError: ${String(error)}`)
  return error
}
