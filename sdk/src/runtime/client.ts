import { SourceError } from '../errors.ts'
import type { BodyOptions, Json, Method, VendorAnswer } from '../http.ts'
import type { SourceDefinition } from '../source.ts'
import { isWhole, type Addresses } from './addresses.ts'
import type { Authorizer } from './authorizer.ts'
import { MAX_ATTEMPTS, retryMoment } from './backoff.ts'
import { parseJson, readText, type Received } from './body.ts'
import type { Budget, Permit } from './budget.ts'
import type { Clock } from './clock.ts'
import { completed, failureOf, retryAfter } from './failures.ts'
import { sendOnce, type Sent } from './send.ts'
import type { Transport } from './transport.ts'

/** Everything that a client needs. */
export interface Client {
  source: SourceDefinition
  addresses: Addresses
  headers: Record<string, string | undefined>
  transport: Transport
  authorizer: Authorizer
  budget: Budget
  clock: Clock
  random: () => number
  signal: AbortSignal
  log: (message: string, data?: Record<string, Json>) => void
  patienceMs: number
}

/** One request of a source. */
export interface Call extends BodyOptions {
  method: Method
  path: string
  accept?: string
}

/** How an answer is used; what it throws as `SourceError` is judged like a refusal of the vendor. */
export interface Use<T> {
  take(response: Received, client: Client): Promise<T>
  /** The body is read after `take` has returned: the answer and its permit stay open until `close`. */
  isStream?: true
}

/** What passes by itself. */
const passing = new Set<string>(['rate_limited', 'vendor_unavailable'])

/** Bytes of an answer that says what went wrong. */
const FAILURE_BYTES = 1_000_000

/** The connector's own path: without its query, and of another host only the host. */
export function placeOf({ method, path }: Call): string {
  const shown =
    isWhole(path) && URL.canParse(path) ? new URL(path).host : path.replace(/[?#].*$/s, '')
  return `${method} ${shown}`
}

/** A pause that the vendor asks for in a header, where the source's own error names none. */
function wanted({ code }: SourceError, { headers, now }: VendorAnswer): { retryAt?: Date } {
  const retryAt = passing.has(code) ? retryAfter(headers['retry-after'], now) : undefined
  return retryAt === undefined ? {} : { retryAt }
}

/** What the source makes of an answer: its error, after the budget has learnt from it. */
export function judge(client: Client, answer: VendorAnswer): SourceError | undefined {
  const { http } = client.source
  const observed = http?.observe?.(answer)
  if (observed !== undefined) client.budget.observe(observed)
  const error = http?.classify?.(answer)
  return error && completed(error, { status: answer.status, ...wanted(error, answer) })
}

async function failureIn(client: Client, call: Call, response: Received): Promise<SourceError> {
  const text = await readText(response, FAILURE_BYTES, client.source.title)
  const parsed = parseJson(text)
  const body = 'json' in parsed ? parsed.json : parsed.text
  const answer = {
    status: response.status,
    headers: response.headers,
    body,
    now: client.clock.now(),
  }
  return judge(client, answer) ?? failureOf(answer, client.source.title, placeOf(call))
}

async function permitFor(client: Client, call: Call): Promise<Permit> {
  const { budget, patienceMs, signal, source } = client
  const permit = await budget.reserve(call.body ?? null, patienceMs, signal)
  if (!(permit instanceof Date)) return permit
  throw new SourceError('rate_limited', `${source.title} asks for a pause. It goes on by itself.`, {
    retryAt: permit,
  })
}

/** One attempt: the value, or why there is none and with which credentials. */
type Outcome<T> = { value: T; close: () => Promise<void> } | { error: SourceError; used: string }

async function attempt<T>(client: Client, call: Call, use: Use<T>): Promise<Outcome<T>> {
  const permit = await permitFor(client, call)
  let sent: Sent | undefined
  const close = async () => {
    permit.release()
    await sent?.response.close()
  }
  try {
    sent = await sendOnce(client, call)
    const { response } = sent
    if (response.status >= 400) throw await failureIn(client, call, response)
    const value = await use.take(response, client)
    if (use.isStream !== true) await close()
    return { value, close }
  } catch (error) {
    await close()
    client.signal.throwIfAborted()
    if (error instanceof SourceError) return { error, used: sent?.used ?? '' }
    throw error
  }
}

/** Whether sending again could do harm, or cannot help. */
function isFinal(error: SourceError, call: Call, attempts: number): boolean {
  if (!passing.has(error.code) || attempts >= MAX_ATTEMPTS) return true
  return call.once === true && error.code !== 'rate_limited'
}

/** Waits where that is short; else the job has to come back. */
async function pause(client: Client, error: SourceError, attempts: number): Promise<void> {
  const { clock, signal, log, budget, source } = client
  const at = retryMoment(error, attempts, clock.now(), client.random)
  if (error.code === 'rate_limited') budget.hold(at)
  const milliseconds = at.getTime() - clock.now().getTime()
  if (milliseconds > client.patienceMs) throw completed(error, { retryAt: at })
  if (milliseconds <= 0) return
  const reason = error.code === 'rate_limited' ? 'asked for a pause' : 'could not be reached'
  log(`${source.title} ${reason}; trying again in ${Math.ceil(milliseconds / 1000)} s`)
  await clock.sleep(milliseconds, signal)
}

/**
 * Sends a request until it succeeds, fails for good, or has to wait longer than the client's
 * patience. Credentials are renewed once; that attempt does not count.
 */
export async function exchange<T>(
  client: Client,
  call: Call,
  use: Use<T>
): Promise<{ value: T; close: () => Promise<void> }> {
  let isRenewed = false
  for (let attempts = 1; ; attempts += 1) {
    const outcome = await attempt(client, call, use)
    if ('value' in outcome) return outcome
    const { error, used } = outcome
    if (error.code === 'auth_expired' && !isRenewed) {
      isRenewed = true
      if (!(await client.authorizer.refresh(used))) throw error
      attempts -= 1
      continue
    }
    if (isFinal(error, call, attempts)) throw last(client, error, attempts)
    await pause(client, error, attempts)
  }
}

/** The job comes back at a moment that the shared budget knows, too. */
function last(client: Client, error: SourceError, attempts: number): SourceError {
  if (error.code !== 'rate_limited') return error
  const retryAt = retryMoment(error, attempts, client.clock.now(), client.random)
  client.budget.hold(retryAt)
  return completed(error, { retryAt })
}
