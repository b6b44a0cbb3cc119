import { SourceError, type SourceErrorCode } from '../errors.ts'
import { parseJson, readText, received } from './body.ts'
import type { Clock } from './clock.ts'
import { Deadline, nameOfError } from './deadline.ts'
import { failureOf, unreachable } from './failures.ts'
import type { Transport } from './transport.ts'

/** What calls of token endpoints need of the world. */
export interface TokenWorld {
  transport: Transport
  clock: Clock
  signal: AbortSignal
  /** What users call the vendor. */
  title: string
}

/** A call of a token endpoint. */
export interface TokenCall {
  url: string
  parameters: Record<string, string>
  body: 'form' | 'json' | 'query'
  headers?: Record<string, string>
}

const TIMEOUT_MS = 30_000
const LARGEST = 1_000_000

/** RFC 6749, 5.2, and what vendors add. */
const CODES: Record<string, SourceErrorCode> = {
  invalid_grant: 'auth_expired',
  access_denied: 'auth_expired',
  invalid_token: 'auth_expired',
  invalid_scope: 'auth_scope',
  insufficient_scope: 'auth_scope',
  invalid_client: 'config_invalid',
  unauthorized_client: 'config_invalid',
  temporarily_unavailable: 'vendor_unavailable',
  server_error: 'vendor_unavailable',
}

const SENTENCES: Partial<Record<SourceErrorCode, string>> = {
  auth_expired: 'no longer accepts the consent. Connect it again.',
  auth_scope: 'did not grant the permissions. Connect it again and grant them.',
  config_invalid: 'does not know this application. Check its client id and secret.',
  vendor_unavailable: 'cannot be reached right now. It goes on by itself.',
}

function refusalOf(json: unknown, title: string, status: number): SourceError | undefined {
  if (typeof json !== 'object' || json === null || !('error' in json)) return undefined
  const name = typeof json.error === 'string' ? json.error.toLowerCase() : ''
  const code = CODES[name]
  if (code === undefined) return undefined
  return new SourceError(code, `${title} ${SENTENCES[code] ?? ''}`, { status })
}

function encoded({ url, parameters, body, headers = {} }: TokenCall) {
  const base = { method: 'POST', url, headers: { accept: 'application/json', ...headers } }
  if (body === 'json') {
    const json = { ...base.headers, 'content-type': 'application/json' }
    return { ...base, headers: json, body: JSON.stringify(parameters) }
  }
  const form = new URLSearchParams(parameters).toString()
  if (body === 'query') return { ...base, method: 'GET', url: withQuery(url, parameters) }
  const typed = { ...base.headers, 'content-type': 'application/x-www-form-urlencoded' }
  return { ...base, headers: typed, body: form }
}

function withQuery(address: string, parameters: Record<string, string>): string {
  const url = new URL(address)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}

/**
 * Asks a token endpoint, once and without following redirects.
 *
 * @throws SourceError `auth_expired` (`invalid_grant`), `auth_scope`, `config_invalid` (client id or
 *   secret), `rate_limited`, `vendor_unavailable`, `vendor_response`; never with a secret in it
 */
export async function callTokens(call: TokenCall, world: TokenWorld): Promise<unknown> {
  const { transport, clock, title } = world
  const deadline = new Deadline(world.signal, TIMEOUT_MS)
  const unavailable = (cause: unknown) =>
    cause instanceof SourceError ? cause : unreachable(title, nameOfError(cause))
  const request = { ...encoded(call), signal: deadline.signal }
  const response = received(
    await deadline.guard(transport(request), unavailable),
    deadline,
    unavailable
  )
  try {
    const parsed = parseJson(await readText(response, LARGEST, title))
    const { status, headers } = response
    const json = 'json' in parsed ? parsed.json : undefined
    const refusal = refusalOf(json, title, status)
    if (refusal !== undefined) throw refusal
    if (status === 200 || status === 201) return json
    throw tokenFailure({ status, headers, body: json, now: clock.now() }, title)
  } finally {
    await response.close()
  }
}

/** Statuses of a token endpoint mean other things than those of the API: a 401 is the client's. */
function tokenFailure(answer: Parameters<typeof failureOf>[0], title: string): SourceError {
  const failure = failureOf(answer, title, 'the request for a token')
  if (failure.code === 'rate_limited' || failure.code === 'vendor_unavailable') return failure
  const { status } = answer
  if (status === 401) {
    return new SourceError('config_invalid', `${title} ${SENTENCES.config_invalid ?? ''}`, {
      status,
    })
  }
  return new SourceError(
    'vendor_response',
    `${title} answered ${status} to the request for a token.`,
    { status }
  )
}
