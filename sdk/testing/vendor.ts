import type { Json } from '../src/index.ts'
import {
  expandUrl,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from '../src/runtime/index.ts'
import { baseOf } from './declared.ts'
import type { VendorReply, VendorRequest } from './spec.ts'
import type { World } from './world.ts'

/** A call that reached the network. */
export interface RecordedCall {
  at: number
  host: string
  method: string
  /** The credentials were in it. */
  hasSecret: boolean
}

/** Answers in place of the vendor; `undefined` lets it answer itself. */
export type Fault = (
  request: VendorRequest,
  call: number
) => VendorReply | undefined | Promise<VendorReply | undefined>

const FORM = 'application/x-www-form-urlencoded'

/** What stands in a request's body, as {@link VendorRequest} has it. */
export function bodyOf({ body, headers }: Pick<TransportRequest, 'body' | 'headers'>): Json {
  if (body === undefined) return null
  if (headers['content-type']?.startsWith(FORM)) {
    return Object.fromEntries(new URLSearchParams(body))
  }
  try {
    return JSON.parse(body) as Json
  } catch {
    return body
  }
}

async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
  // In two parts, as on a network: whoever expects one chunk is mistaken.
  const bytes = new TextEncoder().encode(text)
  const middle = Math.floor(bytes.length / 2)
  yield bytes.subarray(0, middle)
  yield bytes.subarray(middle)
}

function responseOf({ status = 200, headers = {}, json, text }: VendorReply): TransportResponse {
  const type = json === undefined ? 'text/plain' : 'application/json'
  const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
  return {
    status,
    headers: { 'content-type': type, ...(Object.fromEntries(own) as Record<string, string>) },
    body: chunksOf(json === undefined ? (text ?? '') : JSON.stringify(json)),
    close: () => undefined,
  }
}

/** Where nothing is asked, no address is needed. */
const NOWHERE = 'https://nowhere.invalid'

function tokenUrlOf({ credentials, config }: World): string | undefined {
  const { auth } = credentials
  if (auth.kind === 'oauth2') return expandUrl(auth.tokenUrl, config)
  if (auth.kind !== 'service_account') return undefined
  return auth.tokenUrl ?? 'https://oauth2.googleapis.com/token'
}

/** The network of the kit: the author's vendor behind a door that checks credentials, and faults. */
export class KitVendor {
  readonly calls: RecordedCall[] = []
  /** Answers first. */
  fault: Fault | undefined
  running = 0
  mostRunning = 0
  readonly #world: World
  readonly #base: string
  readonly #tokenUrl: string | undefined

  constructor(world: World) {
    this.#world = world
    this.#base = baseOf(world.source, world.config)?.replace(/\/$/, '') ?? NOWHERE
    this.#tokenUrl = tokenUrlOf(world)
  }

  /** Calls of the vendor itself, without those of the token endpoint. */
  readonly transport: Transport = async (sent) => {
    const request = this.#requestOf(sent)
    const isToken = sent.url.split('?')[0] === this.#tokenUrl
    if (isToken) return responseOf(this.#tokens(request))
    this.calls.push({
      at: request.now.getTime(),
      host: request.url.host,
      method: sent.method,
      hasSecret: this.#world.credentials.accepts(sent),
    })
    this.running += 1
    this.mostRunning = Math.max(this.mostRunning, this.running)
    try {
      return responseOf(await this.#answer(request, sent))
    } finally {
      this.running -= 1
    }
  }

  #tokens({ body, query }: VendorRequest): VendorReply {
    const fields = typeof body === 'object' && !Array.isArray(body) ? body : {}
    return this.#world.credentials.answer({ ...query, ...(fields as Record<string, string>) })
  }

  async #answer(request: VendorRequest, sent: TransportRequest): Promise<VendorReply> {
    await new Promise((resolve) => setImmediate(resolve))
    sent.signal.throwIfAborted()
    const fault = await this.fault?.(request, this.calls.length)
    if (fault !== undefined) return fault
    const isOwn = sent.url.startsWith(this.#base)
    if (isOwn && !this.#world.credentials.accepts(sent))
      return this.#world.spec.unauthorized ?? { status: 401 }
    return this.#world.spec.vendor(request, this.#world.tables)
  }

  #requestOf(sent: TransportRequest): VendorRequest {
    const url = new URL(sent.url)
    const address = url.origin + url.pathname
    return {
      method: sent.method,
      path: address.startsWith(this.#base) ? address.slice(this.#base.length) : address,
      query: Object.fromEntries(url.searchParams),
      headers: sent.headers,
      body: bodyOf(sent),
      url,
      now: this.#world.clock.now(),
    }
  }
}
