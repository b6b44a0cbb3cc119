import { createHash, createHmac, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export const CLIENT_ID = 'quay-client'
/** In nothing that the product stores or says. */
export const CLIENT_SECRET = 'canary-client-secret-0001'
export const KEY = 'canary-api-key-0002'

export interface QuayOrder {
  id: string
  at: string
  updated: string
  total: string
  email: string | null
  refunds: { id: string; at: string; amount: string }[]
}

export interface QuayAd {
  ad: string
  campaign: string
  date: string
  micros: string
  clicks: number
}

interface Call {
  method: string
  url: URL
  headers: IncomingMessage['headers']
  body: string
}

type Answer = { status?: number; headers?: Record<string, string>; json?: unknown; text?: string }
/** Answers in place of the usual one, or lets it pass. */
type Fault = (call: Call) => Answer | undefined | Promise<Answer | undefined>

function send(response: ServerResponse, { status = 200, headers, json, text }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(text ?? JSON.stringify(json ?? {}))
}

const random = () => randomBytes(12).toString('hex')

/** A strict double of a vendor: what it does not know it refuses, and it counts what it is asked. */
export class QuayVendor {
  orders: QuayOrder[] = []
  ads: QuayAd[] = []
  pageSize = 2
  tokenSeconds = 3600
  scopes = 'orders ads'
  /** Everything that was asked, in order: `GET /api/2026-10/accounts`. */
  readonly calls: string[] = []
  readonly hooks: string[] = []
  fault: Fault | undefined
  readonly #codes = new Map<string, { challenge: string; redirect: string }>()
  readonly #access = new Set<string>()
  readonly #refresh = new Set<string>()
  /** Refresh tokens that were sent again after their use. */
  reused = 0
  readonly #server: Server = createServer((request, response) => {
    void this.#serve(request, response)
  })

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** The settings under which the product meets this double. */
  get environment(): Record<string, string> {
    return {
      AF_OUTBOUND_ALLOW: '127.0.0.1',
      AF_VENDOR_BASE_URLS: `api.quay.test=${this.origin}/api,login.quay.test=${this.origin}/login`,
      AF_OAUTH_QUAY_SHOP_CLIENT_ID: CLIENT_ID,
      AF_OAUTH_QUAY_SHOP_CLIENT_SECRET: CLIENT_SECRET,
    }
  }

  /** All secrets that this double has given. */
  secrets(): string[] {
    return [CLIENT_SECRET, KEY, ...this.#access, ...this.#refresh]
  }

  /** No access token is good any more, as after their time. */
  expire(): void {
    this.#access.clear()
  }

  /** The user has taken the consent back. */
  revoke(): void {
    this.#access.clear()
    this.#refresh.clear()
  }

  /** What the browser brings back after the user agreed on the page of this URL. */
  agree(consentUrl: string, changes: Record<string, string> = {}): URL {
    const asked = new URL(consentUrl)
    const parameters = asked.searchParams
    const code = random()
    const redirect = parameters.get('redirect_uri') ?? ''
    this.#codes.set(code, { challenge: parameters.get('code_challenge') ?? '', redirect })
    const back: Record<string, string> = {
      code,
      state: parameters.get('state') ?? '',
      shop: asked.pathname.split('/').at(-1) ?? '',
      timestamp: String(Math.floor(Date.now() / 1000)),
      ...changes,
    }
    const text = Object.keys(back)
      .toSorted()
      .map((name) => `${name}=${back[name] ?? ''}`)
      .join('&')
    const hmac = createHmac('sha256', CLIENT_SECRET).update(text).digest('hex')
    const url = new URL(redirect)
    const all = { hmac, ...back }
    for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value)
    return url
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const url = new URL(request.url ?? '/', this.origin)
    const method = request.method ?? 'GET'
    const call = { method, url, headers: request.headers, body: Buffer.concat(chunks).toString() }
    this.calls.push(`${method} ${url.pathname}`)
    send(response, (await this.fault?.(call)) ?? this.#answer(call))
  }

  #answer(call: Call): Answer {
    if (call.url.pathname === '/login/token') return this.#token(new URLSearchParams(call.body))
    if (!call.url.pathname.startsWith('/api/2026-10/')) return { status: 404 }
    if (call.headers['x-forwarded-host'] !== 'api.quay.test') return { status: 421 }
    const bearer = call.headers.authorization?.replace('Bearer ', '') ?? ''
    if (!this.#access.has(bearer) && call.headers['x-quay-key'] !== KEY) return { status: 401 }
    return this.#api(call, call.url.pathname.split('/').slice(3))
  }

  #token(form: URLSearchParams): Answer {
    if (form.get('client_id') !== CLIENT_ID || form.get('client_secret') !== CLIENT_SECRET) {
      return { status: 401, json: { error: 'invalid_client' } }
    }
    const isGood =
      form.get('grant_type') === 'refresh_token'
        ? this.#useRefresh(form.get('refresh_token') ?? '')
        : this.#useCode(form)
    if (!isGood) return { status: 400, json: { error: 'invalid_grant' } }
    const [access, refresh] = [`canary-access-${random()}`, `canary-refresh-${random()}`]
    this.#access.add(access)
    this.#refresh.add(refresh)
    return {
      json: {
        access_token: access,
        refresh_token: refresh,
        expires_in: this.tokenSeconds,
        scope: this.scopes,
      },
    }
  }

  #useRefresh(token: string): boolean {
    if (this.#refresh.delete(token)) return true
    this.reused += 1
    return false
  }

  #useCode(form: URLSearchParams): boolean {
    const code = form.get('code') ?? ''
    const known = this.#codes.get(code)
    this.#codes.delete(code)
    const verifier = createHash('sha256').update(form.get('code_verifier') ?? '')
    const isRight = known?.redirect === form.get('redirect_uri')
    return isRight && known.challenge === verifier.digest('base64url')
  }

  #api({ method, url, body }: Call, [, account, list, id]: string[]): Answer {
    if (account === undefined) {
      const accounts = ['Harbour', 'Lagoon'].map((name, at) => ({
        id: `acc-${at + 1}`,
        name,
        status: 'open',
      }))
      return { json: { accounts } }
    }
    if (account !== 'acc-1') return { status: 404, json: { reason: 'account' } }
    if (list === undefined) return { json: { id: account } }
    if (list === 'hooks') return this.#hook(method, body)
    if (id !== undefined) {
      return { json: { order: this.orders.find((order) => order.id === id) ?? null } }
    }
    return { json: this.#page(list === 'ads' ? this.#adsOf(url) : this.#ordersOf(url), url) }
  }

  #hook(method: string, body: string): Answer {
    const { url } = JSON.parse(body) as { url: string }
    const at = this.hooks.indexOf(url)
    if (method === 'DELETE') this.hooks.splice(at, at < 0 ? 0 : 1)
    else if (at < 0) this.hooks.push(url)
    return { json: {} }
  }

  #adsOf(url: URL): QuayAd[] {
    const [from, to] = [url.searchParams.get('from') ?? '', url.searchParams.get('to') ?? '']
    return this.ads.filter(({ date }) => date >= from && date <= to)
  }

  #ordersOf(url: URL): QuayOrder[] {
    const since = url.searchParams.get('since') ?? ''
    return this.orders
      .filter(({ updated }) => updated >= since)
      .toSorted((a, b) => (a.updated < b.updated ? -1 : 1))
  }

  #page(rows: readonly unknown[], url: URL): unknown {
    const at = Number(url.searchParams.get('after') ?? 0)
    const next = at + this.pageSize < rows.length ? String(at + this.pageSize) : null
    return { rows: rows.slice(at, at + this.pageSize), next }
  }
}
