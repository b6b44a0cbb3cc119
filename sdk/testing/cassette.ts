import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { SourceError, type Json } from '../src/index.ts'
import { ContractFailure } from './failure.ts'
import type { ContractSpec, Tables, VendorReply, VendorRequest } from './spec.ts'

/** A request as a recording knows it: without credentials. */
export interface RecordedRequest {
  method: string
  /** Below the base URL where it is, else the whole address without its query. */
  path: string
  query: Record<string, string>
  body: Json
}

/** What a vendor was asked, and all that it answered, in order: the state of a job is asked for again and again. */
export interface RecordedExchange {
  request: RecordedRequest
  replies: VendorReply[]
}

/** A recording of a vendor, as `aflow-source record` writes it. */
export interface Cassette {
  version: 1
  source: string
  /** The moment that requests were made for: the kit's clock when they are answered. */
  recordedAt: string
  timezone: string
  currency: string
  /** Which of several ways to authenticate. */
  auth: number
  /** Settings, secrets replaced by others of the same shape. */
  config: Record<string, unknown>
  /** Parameters and fields of bodies that credentials stand in: no part of a request. */
  credentials: { query: string[]; body: string[] }
  exchanges: RecordedExchange[]
}

function without(fields: Record<string, Json>, names: readonly string[]): Record<string, Json> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)))
}

/** What of a request decides its answer. */
export function essenceOf(
  { method, path, query, body }: Pick<VendorRequest, 'method' | 'path' | 'query' | 'body'>,
  credentials: Cassette['credentials']
): RecordedRequest {
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body)
  return {
    method,
    path,
    query: without(query, credentials.query) as Record<string, string>,
    body: isObject ? without(body, credentials.body) : body,
  }
}

/** Answers as the vendor did; to a request that comes again, with the answer after. */
function player({ credentials, exchanges }: Cassette): ContractSpec['vendor'] {
  const asked = new WeakMap<Tables, Map<RecordedExchange, number>>()
  return (request, tables) => {
    const wanted = essenceOf(request, credentials)
    const found = exchanges.find((exchange) => isDeepStrictEqual(exchange.request, wanted))
    const counts = asked.get(tables) ?? new Map<RecordedExchange, number>()
    asked.set(tables, counts)
    const count = found === undefined ? 0 : (counts.get(found) ?? 0)
    if (found !== undefined) counts.set(found, count + 1)
    const reply = found?.replies[Math.min(count, found.replies.length - 1)]
    if (reply !== undefined) return reply
    const query = new URLSearchParams(wanted.query).toString()
    // Final: anything else counts as trouble on the network, which is tried again.
    throw new SourceError(
      'vendor_response',
      `The recording has no answer to ${wanted.method} ${wanted.path}${query && `?${query}`}. Record it anew with aflow-source record.`
    )
  }
}

/**
 * The contract of a source whose vendor was recorded: settings, clock and answers are those of the
 * recording. What changes at a vendor is not tried with it.
 *
 * @param file of `aflow-source record`, as URL (relative to your module: `new URL('…', import.meta.url)`)
 * @param more further parts of the contract, such as `badCases`
 * @throws ContractFailure if the file is no recording of this version
 */
export function cassette(file: URL, more: Partial<ContractSpec> = {}): ContractSpec {
  const read = JSON.parse(readFileSync(file, 'utf8')) as { version?: unknown } | null
  if (read?.version !== 1) {
    throw new ContractFailure(`${file.pathname} is no recording that this SDK can read`)
  }
  const recorded = read as Cassette
  const { config, recordedAt: now, timezone, currency, auth } = recorded
  return { config, now, timezone, currency, auth, ...more, vendor: player(recorded) }
}
