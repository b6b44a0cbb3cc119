import { SourceError } from '../errors.ts'
import type { Json } from '../http.ts'
import type { Address } from './addresses.ts'
import { received, type Received } from './body.ts'
import type { Call, Client } from './client.ts'
import { Deadline, nameOfError } from './deadline.ts'
import { unreachable } from './failures.ts'

/** An answer, and the credentials that were sent. */
export interface Sent {
  response: Received
  used: string
}

const TIMEOUT_MS = 60_000
const MAX_REDIRECTS = 5

/** Not sent by name: they belong to the transport, or to whoever signs. */
const RESERVED = new Set(['host', 'content-length', 'transfer-encoding', 'connection', 'cookie'])

function headersOf(client: Client, call: Call): Headers {
  const headers = new Headers({ accept: call.accept ?? 'application/json' })
  for (const [name, value] of Object.entries({ ...client.headers, ...call.headers })) {
    if (value !== undefined && !RESERVED.has(name.toLowerCase())) headers.set(name, value)
  }
  return headers
}

const isObject = (body: Json | undefined): body is Record<string, Json> =>
  typeof body === 'object' && body !== null && !Array.isArray(body)

/** The body's fields, as a copy that credentials may be put into. */
function fieldsOf({ form, body }: Call): Record<string, Json> | undefined {
  if (form !== undefined) return { ...form }
  return isObject(body) ? { ...body } : undefined
}

function textOf(call: Call, fields: Record<string, Json> | undefined): string | undefined {
  if (call.form !== undefined) {
    return new URLSearchParams(fields as Record<string, string> | undefined).toString()
  }
  return call.body === undefined ? undefined : JSON.stringify(fields ?? call.body)
}

function contentType(call: Call): string | undefined {
  if (call.form !== undefined) return 'application/x-www-form-urlencoded'
  return call.body === undefined ? undefined : 'application/json'
}

interface Signed {
  url: string
  headers: Record<string, string>
  body: string | undefined
  used: string
}

async function sign(client: Client, call: Call, address: Address): Promise<Signed> {
  const request = {
    url: new URL(address.url),
    headers: headersOf(client, call),
    fields: fieldsOf(call),
  }
  const type = contentType(call)
  if (type !== undefined) request.headers.set('content-type', type)
  const used = address.sendsAuth ? await client.authorizer.apply(request) : ''
  const body = textOf(call, request.fields)
  return { url: request.url.href, headers: Object.fromEntries(request.headers), body, used }
}

/** Headers of a source may be credentials as well: they do not leave with a redirect. */
function bare(call: Call): Call {
  const { headers: _own, ...rest } = call
  return rest
}

async function sendTo(client: Client, call: Call, address: Address): Promise<Sent> {
  const sender = address.sendsAuth ? client : { ...client, headers: {} }
  const { url, headers, body, used } = await sign(sender, call, address)
  const { title, http } = client.source
  const deadline = new Deadline(client.signal, call.timeoutMs ?? http?.timeoutMs ?? TIMEOUT_MS)
  const unavailable = (cause: unknown) =>
    cause instanceof SourceError ? cause : unreachable(title, nameOfError(cause))
  const request = {
    method: call.method,
    url,
    headers,
    signal: deadline.signal,
    ...(body !== undefined && { body }),
  }
  const response = await deadline.guard(client.transport(request), unavailable)
  return { response: received(response, deadline, unavailable), used }
}

const REDIRECTS = new Set([301, 302, 303, 307, 308])

/** Sends a request and follows its redirects, to declared hosts and with credentials only where they may go. */
export async function sendOnce(client: Client, call: Call): Promise<Sent> {
  let address = client.addresses.resolve(call.path, call.query)
  let next = call
  for (let hops = 0; ; hops += 1) {
    const sent = await sendTo(client, next, address)
    const { status, headers } = sent.response
    const { location } = headers
    if (!REDIRECTS.has(status) || location === undefined) return sent
    await sent.response.close()
    const redirected = client.addresses.redirected(address.url, location)
    if (redirected.url.host !== address.url.host) next = bare(next)
    next = afterRedirect(next, status, client, hops)
    address = redirected
  }
}

/** What is sent to where a redirect leads. */
function afterRedirect(call: Call, status: number, client: Client, hops: number): Call {
  const { title } = client.source
  if (hops >= MAX_REDIRECTS) {
    throw new SourceError('vendor_response', `${title} redirects in a circle.`)
  }
  if (call.method === 'GET' || status === 307 || status === 308) return call
  if (status !== 303) {
    throw new SourceError(
      'vendor_response',
      `${title} redirects a request that carries data. Correct its address in the settings.`
    )
  }
  const { body: _body, form: _form, ...rest } = call
  return { ...rest, method: 'GET' }
}
