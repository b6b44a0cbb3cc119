import { once } from 'node:events'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** A question of a connector, as it can be asked again. */
export interface Question {
  path: string
  headers: Record<string, string>
  body: Buffer
}

const STREAMED = ':searchStream'
const SENT_ON = ['authorization', 'content-type', 'login-customer-id']

async function bodyOf(asked: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of asked as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts)
}

const headersOf = (asked: IncomingMessage): Record<string, string> =>
  Object.fromEntries(SENT_ON.map((name) => [name, String(asked.headers[name] ?? '')]))

/** Stands between the product and the double, and knows what was asked. */
export class WatchedVendor {
  /** What was asked since it was last emptied. */
  questions: Question[] = []
  readonly #target: URL
  readonly #server = createServer((asked, answer) => {
    this.#pass(asked, answer).catch(() => answer.destroy())
  })

  private constructor(target: string) {
    this.#target = new URL(target)
  }

  /** @param target address of the double */
  static async open(target: string): Promise<WatchedVendor> {
    const vendor = new WatchedVendor(target)
    vendor.#server.keepAliveTimeout = 60_000
    vendor.#server.listen(0, '127.0.0.1')
    await once(vendor.#server, 'listening')
    return vendor
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async #pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { method, url: path = '/' } = asked
    const body = await bodyOf(asked)
    if (path.endsWith(STREAMED)) this.questions.push({ path, headers: headersOf(asked), body })
    const { hostname, port } = this.#target
    const sent = request({ hostname, port, method, path, headers: asked.headers })
    sent.end(body)
    const [given] = (await once(sent, 'response')) as [IncomingMessage]
    answer.writeHead(given.statusCode ?? 502, given.headers)
    await pipeline(given, answer)
  }

  /** The answer as bytes, by the way that the product's answers come. */
  async download({ path, headers, body }: Question): Promise<Readable> {
    const sent = request(new URL(path, this.url), { method: 'POST', headers })
    sent.end(body)
    const [given] = (await once(sent, 'response')) as [IncomingMessage]
    if (given.statusCode !== 200) throw new Error(`${path} answered ${given.statusCode}`)
    return given
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}
