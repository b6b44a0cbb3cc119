import { isDeepStrictEqual } from 'node:util'
import type { Auth } from '../../src/index.ts'
import { secretParameters } from '../../src/runtime/authorizer.ts'
import type { Transport, TransportRequest, TransportResponse } from '../../src/runtime/index.ts'
import { essenceOf, type Cassette, type RecordedExchange } from '../../testing/cassette.ts'
import type { VendorReply } from '../../testing/spec.ts'
import { bodyOf } from '../../testing/vendor.ts'
import type { Scrubber } from './scrubber.ts'

/** Headers that sources read; the rest says more about the vendor's machines than about its answer. */
const KEPT = /^(?:content-type|link|retry-after|location)$|rate|limit|page|cursor|total/

/** Where credentials of this kind stand beside the headers. */
export function credentialFields(auth: Auth): Cassette['credentials'] {
  const place = auth.kind === 'oauth2' ? auth.place : undefined
  return {
    query: [...new Set(secretParameters(auth))],
    body: place?.in === 'body' ? [place.name] : [],
  }
}

/** What the client answers by asking again (a pause, a fault, a token that has ended) is no part of a recording. */
const isPassing = (status: number): boolean => status === 401 || status === 429 || status >= 500

async function textOf({ body }: TransportResponse): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
}

/** Notes what a vendor was asked and answered, without what nobody may read. */
export class Recorder {
  readonly exchanges: RecordedExchange[] = []
  readonly hosts = new Set<string>()
  readonly #scrubber: Scrubber
  readonly #credentials: Cassette['credentials']
  readonly #base: string

  constructor(scrubber: Scrubber, credentials: Cassette['credentials'], base: string) {
    this.#scrubber = scrubber
    this.#credentials = credentials
    this.#base = base.replace(/\/$/, '')
  }

  /** The same network, listened to. */
  listening(transport: Transport): Transport {
    return async (request) => {
      const response = await transport(request)
      if (isPassing(response.status)) return response
      const text = await textOf(response)
      await response.close()
      this.#note(request, response, text)
      return { ...response, body: once(text), close: () => undefined }
    }
  }

  #note(sent: TransportRequest, { status, headers }: TransportResponse, text: string): void {
    const url = new URL(sent.url)
    this.hosts.add(url.host)
    const address = url.origin + url.pathname
    const path = address.startsWith(this.#base) ? address.slice(this.#base.length) : address
    const query = Object.fromEntries(url.searchParams)
    const essence = essenceOf(
      { method: sent.method, path, query, body: bodyOf(sent) },
      this.#credentials
    )
    const request = {
      method: essence.method,
      path: this.#clean(essence.path),
      query: this.#scrubber.json(essence.query) as Record<string, string>,
      body: this.#scrubber.json(essence.body),
    }
    this.#keep(request, {
      status,
      headers: this.#headers(headers),
      ...this.#scrubber.body(text),
    })
  }

  #clean(text: string): string {
    return this.#scrubber.text(text)
  }

  #headers(headers: Record<string, string>): Record<string, string> {
    const kept = Object.entries(headers).filter(([name]) => KEPT.test(name))
    return Object.fromEntries(kept.map(([name, value]) => [name, this.#clean(value)]))
  }

  /** An answer that is the same again is noted once. */
  #keep(request: RecordedExchange['request'], reply: VendorReply): void {
    const known = this.exchanges.find((exchange) => isDeepStrictEqual(exchange.request, request))
    if (known === undefined) this.exchanges.push({ request, replies: [reply] })
    else if (!isDeepStrictEqual(known.replies.at(-1), reply)) known.replies.push(reply)
  }
}

/** What is sent to one address goes to another: to a sandbox, say. */
export function rerouted(transport: Transport, from: string, to: string): Transport {
  return (request) => {
    if (!request.url.startsWith(from)) return transport(request)
    return transport({ ...request, url: to + request.url.slice(from.length) })
  }
}
