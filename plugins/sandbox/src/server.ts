import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault } from './faults.ts'
import { html, redirect, type Answer, type Asked } from './http/exchange.ts'
import { control, type Controlled } from './control.ts'
import { MISHAPS, type Mishap, type Refusal, type Vendor } from './vendor.ts'

const MAX_BODY = 16 * 1024 * 1024
const HOST = /^([a-z0-9-]+\.)+[a-z0-9-]+$/

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > MAX_BODY) throw new RangeError('body too large')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/**
 * Which of the vendor's hosts is meant: the first part of the path where it is one (`/host/path`),
 * else what a proxy says, else the Host header.
 */
function targetOf(request: IncomingMessage): {
  host: string
  path: string
  query: URLSearchParams
} {
  const url = new URL(request.url ?? '/', 'http://sandbox')
  const [, first = '', ...rest] = url.pathname.split('/')
  if (HOST.test(first)) return { host: first, path: `/${rest.join('/')}`, query: url.searchParams }
  const header = request.headers['x-forwarded-host'] ?? request.headers.host ?? ''
  const host = String(header).toLowerCase().replace(/:\d+$/, '')
  return { host, path: url.pathname, query: url.searchParams }
}

const belongs = (pattern: string, host: string): boolean =>
  pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern

const BLOCK = 65_536

/** Parts gathered to blocks that are worth a write. */
function* blocks(parts: Iterable<string>): Generator<string> {
  let pending = ''
  for (const part of parts) {
    pending += part
    if (pending.length < BLOCK) continue
    yield pending
    pending = ''
  }
  yield pending
}

const isHungUp = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'

/** Sends while the receiver takes, so that an answer of any length needs little memory. */
async function send(response: ServerResponse, { status, headers, body }: Answer): Promise<void> {
  response.writeHead(status, headers)
  if (typeof body === 'string') {
    response.end(body)
    return
  }
  try {
    await pipeline(Readable.from(blocks(body)), response)
  } catch (error) {
    if (!isHungUp(error)) throw error
  }
}

const textOf = ({ body }: Answer): string => (typeof body === 'string' ? body : [...body].join(''))

/** Half of an answer, then nothing. */
function sendHalf(response: ServerResponse, answer: Answer): void {
  const { status, headers } = answer
  const whole = Buffer.from(textOf(answer))
  response.writeHead(status, { ...headers, 'content-length': String(whole.length) })
  response.write(whole.subarray(0, Math.floor(whole.length / 2)), () => response.destroy())
}

const PROXY_PAGE = html(
  200,
  '<!DOCTYPE html><html><head><title>Sign in to the network</title></head><body>Please sign in.</body></html>'
)

const isMishap = (kind: Fault['kind']): kind is Mishap =>
  (MISHAPS as readonly string[]).includes(kind)

/** What is sent in place of the vendor's answer. */
async function givenBy(
  { kind, find, replace, to }: Fault & { kind: Mishap },
  answer: () => Promise<Answer>
): Promise<Answer> {
  if (kind === 'html') return PROXY_PAGE
  if (kind === 'redirected') return redirect(to)
  const given = await answer()
  return kind === 'altered' ? { ...given, body: textOf(given).replaceAll(find, replace) } : given
}

async function befall(
  fault: Fault & { kind: Mishap },
  response: ServerResponse,
  answer: () => Promise<Answer>
): Promise<number> {
  if (fault.kind === 'reset') {
    response.destroy()
    return 0
  }
  if (fault.kind === 'slow') await sleep(fault.seconds * 1000)
  const given = await givenBy(fault, answer)
  if (fault.kind === 'truncated') sendHalf(response, given)
  else await send(response, given)
  return given.status
}

async function serve(
  controlled: Controlled,
  vendor: Vendor,
  asked: Asked,
  response: ServerResponse
): Promise<void> {
  const { faults, journal, clock } = controlled
  // Vendors tell their own time, which is not always ours.
  response.setHeader('date', new Date(clock.now() * 1000).toUTCString())
  const endpoint = vendor.endpointOf(asked)
  const fault = faults.take(vendor.id, endpoint)
  const note = (status: number) =>
    journal.note({
      at: clock.now(),
      vendor: vendor.id,
      endpoint,
      status,
      ...(fault && { fault: fault.kind }),
    })
  if (fault !== undefined && isMishap(fault.kind)) {
    const befallen = { ...fault, kind: fault.kind }
    note(await befall(befallen, response, async () => vendor.answer(asked)))
    return
  }
  const answer =
    fault === undefined ? await vendor.answer(asked) : vendor.refuse(fault.kind as Refusal, asked)
  note(answer.status)
  await send(response, answer)
}

async function handle(
  controlled: Controlled,
  request: IncomingMessage,
  response: ServerResponse
): Promise<void> {
  const body = await bodyOf(request)
  const { headers, method = 'GET' } = request
  const asked: Asked = { method, headers, body, ...targetOf(request) }
  if (asked.path.startsWith('/control/')) {
    await send(response, await control(controlled, asked))
    return
  }
  const vendor = controlled.vendors.find(({ hosts }) =>
    hosts.some((pattern) => belongs(pattern, asked.host))
  )
  if (vendor === undefined) await send(response, { status: 421, body: 'No vendor has this host\n' })
  else await serve(controlled, vendor, asked, response)
}

/** The HTTP server of all vendors, on the own machine only. */
export function createSandboxServer(
  controlled: Controlled,
  onError: (error: unknown) => void
): Server {
  return createServer((request, response) => {
    handle(controlled, request, response).catch((error: unknown) => {
      onError(error)
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end('The sandbox failed\n')
    })
  })
}
