import type { Context, Json, Page } from '@analyticaflow/sdk'
import { makeHttp, putSecret, type Clock, type TransportRequest } from '@analyticaflow/sdk/runtime'
import { Config } from '../src/config.ts'
import source from '../src/index.ts'
import { FakeShopify } from './fake_shopify.ts'

const START = Date.parse('2026-11-20T10:00:00Z')

/** Time that passes only while somebody waits. */
class TestClock implements Clock {
  #now = START
  readonly pauses: number[] = []
  now = () => new Date(this.#now)
  sleep = async (milliseconds: number) => {
    this.pauses.push(milliseconds)
    this.#now += milliseconds
  }
}

/** What a shop answers instead of data, once. */
export interface Mishap {
  status: number
  body: string
  headers?: Record<string, string>
}

const bytes = async function* (text: string) {
  const all = Buffer.from(text)
  // Cut anywhere, as networks do.
  for (let at = 0; at < all.length; at += 1000) yield all.subarray(at, at + 1000)
}

/** A connection to a fake shop, through the client that the core uses, without a network. */
export function connect(settings: Record<string, unknown> = {}) {
  const shop = new FakeShopify()
  const clock = new TestClock()
  const mishaps: Mishap[] = []
  const log: string[] = []
  const config = Config.parse({ shop: shop.domain, access_token: 'shpat_canary', ...settings })

  const answer = ({ url, headers, body = '{}' }: TransportRequest): Mishap => {
    const mishap = mishaps.shift()
    if (mishap) return mishap
    const file = shop.bulk.download(url)
    if (file !== undefined) {
      if ('x-shopify-access-token' in headers) throw new Error('The token went to the file host')
      return { status: 200, body: file }
    }
    if (headers['x-shopify-access-token'] !== 'shpat_canary') return { status: 401, body: '{}' }
    const { query, variables } = JSON.parse(body) as {
      query: string
      variables: Record<string, unknown>
    }
    shop.asked.push({ url, headers, query, variables })
    return { status: 200, body: JSON.stringify(shop.answer(query, variables)) }
  }

  const http = makeHttp({
    source,
    config,
    clock,
    random: () => 0.5,
    signal: new AbortController().signal,
    log: (message) => log.push(message),
    authorizer: {
      apply: async (request) => {
        putSecret(
          request,
          { in: 'header', name: 'X-Shopify-Access-Token' },
          config.access_token ?? ''
        )
        return ''
      },
      refresh: async () => false,
    },
    transport: async (request) => {
      const { status, body, headers = {} } = answer(request)
      const date = clock.now().toUTCString()
      return { status, headers: { date, ...headers }, body: bytes(body), close: () => undefined }
    },
  })

  const context: Context<typeof Config> = {
    config,
    http,
    signal: new AbortController().signal,
    now: clock.now,
    log: (message) => log.push(message),
    file: () => {
      throw new Error('There are no files')
    },
    timezone: 'Europe/Berlin',
    currency: 'EUR',
  }
  return { shop, clock, mishaps, log, context, read: reading(context) }
}

type Stream = keyof typeof source.streams

/** Reads a stream to its end, or so many pages of it. */
const reading =
  (context: Context<typeof Config>) =>
  async (name: Stream, since: string | null = null, resume: Json = null, atMost = Infinity) => {
    const stream = source.streams[name]
    if (stream.kind !== 'entity') throw new Error('Not an entity')
    const pages: Page<unknown>[] = []
    for await (const page of stream.def.read(context, { since }, resume)) {
      // A position is kept as JSON.
      pages.push(JSON.parse(JSON.stringify(page)) as Page<unknown>)
      if (pages.length >= atMost) break
    }
    return pages
  }

/** Rows of all pages. */
export const rowsOf = <R>(pages: Page<unknown>[]): R[] => pages.flatMap(({ rows }) => rows as R[])
