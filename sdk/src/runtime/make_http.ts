import type { z } from 'zod'
import type { Answer, BodyOptions, Http, Json, Method, Query, RequestOptions } from '../http.ts'
import type { Page } from '../pages.ts'
import type { Paginator } from '../paginators.ts'
import type { SourceDefinition } from '../source.ts'
import { Addresses } from './addresses.ts'
import { secretParameters, type Authorizer } from './authorizer.ts'
import { batchesOf } from './batches.ts'
import { makeBudget, type Budget } from './budget.ts'
import type { Call, Client } from './client.ts'
import { systemClock, type Clock } from './clock.ts'
import { askJson } from './json.ts'
import { pageRequest, readPage, type PageWorld } from './paging.ts'
import { itemValues, lineValues } from './streams.ts'
import type { Transport } from './transport.ts'
import { answerBy, rowsBy } from './values.ts'

/** What the client of one connection is made of. */
export interface HttpOptions {
  source: SourceDefinition
  /** The parsed settings. */
  config: Record<string, unknown>
  transport: Transport
  authorizer: Authorizer
  /** Shared by all clients of the connection or application; absent: one of its own. */
  budget?: Budget
  clock?: Clock
  /** From 0 to 1, for the part of a wait that is left to chance. */
  random?: () => number
  /** Ends every wait and request. */
  signal: AbortSignal
  log: (message: string, data?: Record<string, Json>) => void
  /** The longest wait that is slept; longer ones end in `retryAt`. Absent: 60,000 ms. */
  patienceMs?: number
}

const PATIENCE_MS = 60_000

function headersOf({ source, config }: HttpOptions): Record<string, string | undefined> {
  const headers = source.http?.headers
  return (typeof headers === 'function' ? headers(config) : headers) ?? {}
}

function clientOf(options: HttpOptions): Client {
  const { source, config, clock = systemClock } = options
  const {
    random = Math.random,
    patienceMs = PATIENCE_MS,
    budget = makeBudget(source.http?.limit ?? [], clock),
  } = options
  const addresses = new Addresses(source, config)
  return { ...options, clock, addresses, headers: headersOf(options), budget, random, patienceMs }
}

const methodOf = ({ body, form }: BodyOptions): Method =>
  body === undefined && form === undefined ? 'GET' : 'POST'

const callOf = (path: string, options: BodyOptions): Call => ({
  ...options,
  method: methodOf(options),
  path,
})

type PagesOptions<S extends z.ZodType> = BodyOptions & {
  row: S
  paginate: Paginator
  resume: Json
}

class GuardedHttp implements Http {
  readonly #options: HttpOptions
  #made: Client | undefined

  constructor(options: HttpOptions) {
    this.#options = options
  }

  /** Made when it is needed: a source that asks nobody declares no addresses. */
  get #client(): Client {
    this.#made ??= clientOf(this.#options)
    return this.#made
  }

  async get<S extends z.ZodType>(path: string, schema: S, query?: Query, options?: RequestOptions) {
    const { body } = await this.request('GET', path, schema, {
      ...options,
      query: { ...options?.query, ...query },
    })
    return body
  }

  async post<S extends z.ZodType>(path: string, schema: S, body: Json, options?: RequestOptions) {
    const answer = await this.request('POST', path, schema, { ...options, body })
    return answer.body
  }

  async request<S extends z.ZodType>(
    method: Method,
    path: string,
    schema: S,
    options: BodyOptions = {}
  ): Promise<Answer<z.output<S>>> {
    const answer = await askJson(this.#client, { ...options, method, path })
    return { ...answer, body: answerBy(schema, answer.body, this.#client.source.title) }
  }

  async *pages<S extends z.ZodType>(
    path: string,
    { row, paginate, resume, ...options }: PagesOptions<S>
  ): AsyncGenerator<Page<z.output<S>>> {
    const client = this.#client
    const world = pageWorld(client)
    const rowOf = rowsBy(row)
    let position = resume
    do {
      const base = { path, query: options.query ?? {}, body: options.body }
      const { body, ...where } = pageRequest(paginate, base, position)
      const asked = { ...options, ...where, ...(body !== undefined && { body }) }
      const answer = await askJson(client, callOf(asked.path, asked))
      const { rows, ...read } = readPage(
        paginate,
        { ...answer, now: client.clock.now() },
        position,
        world
      )
      position = read.next
      yield { ...read, rows: rows.map(rowOf) }
    } while (position !== null)
  }

  lines: Http['lines'] = (path, { row, skip, size, ...options }) => {
    const call = { accept: '*/*', ...callOf(path, options) }
    return batchesOf(lineValues(this.#client, call), row, {
      ...(skip && { skip }),
      ...(size && { size }),
    })
  }

  items: Http['items'] = (path, { row, skip, size, at, failureAt, ...options }) => {
    const where = { at, ...(failureAt !== undefined && { failureAt }) }
    const values = itemValues(this.#client, callOf(path, options), where)
    return batchesOf(values, row, { ...(skip && { skip }), ...(size && { size }) })
  }
}

function pageWorld({ source, addresses }: Client): PageWorld {
  const auths = [source.auth].flat()
  const secrets = auths.flatMap((auth) => secretParameters(auth))
  return {
    title: source.title,
    keepable: (location) => addresses.keepable(location, secrets),
  }
}

/**
 * The client that a source gets as `ctx.http`, for the core as for the contract kit: what differs
 * (network, credentials, time, chance) is handed in.
 */
export const makeHttp = (options: HttpOptions): Http => new GuardedHttp(options)
