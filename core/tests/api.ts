import { request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import server from '@adonisjs/core/services/server'
import type { z } from 'zod'
import { checkAnswer } from './openapi_check.ts'

/** The answers of the API by the schema of what they carry. */
export interface One<View extends z.ZodType> {
  data: z.output<View>
}
export interface Many<View extends z.ZodType> {
  data: z.output<View>[]
  next_cursor: string | null
}

export interface ApiResponse<Body> {
  status: number
  headers: Headers
  /** Parsed where it is JSON. */
  body: Body
  text: string
}

export interface RequestOptions {
  query?: Record<string, string>
  /** Sent as JSON, on any method. */
  json?: unknown
  /** Sent as it is: FormData, text, bytes. */
  raw?: NonNullable<RequestInit['body']>
  headers?: Record<string, string>
  /** The answer is not compared with the OpenAPI document (routes that are not API). */
  unchecked?: boolean
}

interface RawResponse {
  status: number
  headers: Headers
  text: string
}

export function baseUrl(): string {
  const address = server.getNodeServer()?.address() as AddressInfo | null
  if (!address) throw new Error('The HTTP server runs in functional suites only')
  return `http://127.0.0.1:${address.port}`
}

/** TRICKY: fetch refuses a body on GET, which reports take. */
function getWithBody(
  url: URL,
  headers: Record<string, string>,
  body: string
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      url,
      { method: 'GET', headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: new Headers(response.headers as Record<string, string>),
            text: Buffer.concat(chunks).toString(),
          })
        )
      }
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

async function send(method: string, url: URL, options: RequestOptions, token: string | undefined) {
  const headers = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(options.json !== undefined && { 'content-type': 'application/json' }),
    ...options.headers,
  }
  const body = options.json === undefined ? options.raw : JSON.stringify(options.json)
  if (method === 'GET' && typeof body === 'string') return getWithBody(url, headers, body)
  const response = await fetch(url, {
    method,
    headers,
    redirect: 'manual',
    ...(body !== undefined && { body }),
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

function urlOf(path: string, query: Record<string, string>): URL {
  const url = new URL(path.startsWith('//') ? path.slice(1) : `/api/v1${path}`, baseUrl())
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}

/** Nothing at all is `undefined`. */
function parse(contentType: string | undefined, text: string): unknown {
  if (contentType?.includes('json')) return JSON.parse(text)
  return text === '' ? undefined : text
}

/** A caller of the real HTTP server. Paths are those below /api/v1, or absolute with `//`. */
export class Api {
  #token: string | undefined

  constructor(token?: string) {
    this.#token = token
  }

  get = <Body = Record<string, unknown>>(path: string, options?: RequestOptions) =>
    this.request<Body>('GET', path, options)

  post = <Body = Record<string, unknown>>(path: string, json?: unknown, options?: RequestOptions) =>
    this.request<Body>('POST', path, { json, ...options })

  put = <Body = Record<string, unknown>>(path: string, json?: unknown, options?: RequestOptions) =>
    this.request<Body>('PUT', path, { json, ...options })

  patch = <Body = Record<string, unknown>>(
    path: string,
    json?: unknown,
    options?: RequestOptions
  ) => this.request<Body>('PATCH', path, { json, ...options })

  delete = <Body = Record<string, unknown>>(path: string, options?: RequestOptions) =>
    this.request<Body>('DELETE', path, options)

  /** Sends a request and checks that the OpenAPI document describes the answer. */
  async request<Body = Record<string, unknown>>(
    method: string,
    path: string,
    options: RequestOptions = {}
  ): Promise<ApiResponse<Body>> {
    const url = urlOf(path, options.query ?? {})
    const { status, headers, text } = await send(method, url, options, this.#token)
    const contentType = headers.get('content-type') ?? undefined
    const body = parse(contentType, text)
    if (!options.unchecked) checkAnswer(method, url.pathname, { status, contentType, body })
    return { status, headers, text, body: body as Body }
  }
}

/** Calls with a bearer token (of `signUp`, or an API key), or as nobody. */
export function api(caller?: { token: string } | string): Api {
  return new Api(typeof caller === 'string' ? caller : caller?.token)
}
