import logger from '@adonisjs/core/services/logger'
import { SourceError, type Context } from '@analyticaflow/sdk'
import type { TokenOwner } from './auth/token_store.ts'
import { Redaction } from './redact.ts'
import type { Source } from './registry/load.ts'
import { makeContext } from './source_context.ts'
import { isSourceError } from './source_errors.ts'

/** A connection, saved or not, that a question is asked of. */
export interface AskedConnection {
  source: Source
  project: { timezone: string; currency: string }
  /** Settings and secrets, parsed. */
  config: Record<string, unknown>
  credentials: Record<string, unknown>
  connection?: TokenOwner
}

/** A user waits for the answer. */
const LONGEST_MS = 45_000
const PATIENCE_MS = 5000

const tooSlow = (title: string) =>
  new SourceError('vendor_unavailable', `${title} has not answered in time. Try again later.`)

const broken = (title: string, cause: unknown) =>
  new SourceError(
    'vendor_response',
    `The connector for ${title} failed on an error of its own. The log of the server names it.`,
    { cause }
  )

/**
 * Asks something of a vendor while a user waits: bounded in time, and without secrets in what goes wrong.
 *
 * @throws SourceError whatever goes wrong: the first cause that a user can do something about
 */
export async function askVendor<T>(
  asked: AskedConnection,
  question: (context: Context) => Promise<T>
): Promise<T> {
  const { source } = asked
  const redaction = new Redaction(asked.credentials)
  const signal = AbortSignal.timeout(LONGEST_MS)
  const context = makeContext({
    ...asked,
    signal,
    redaction,
    patienceMs: PATIENCE_MS,
    log: (message, data) => logger.debug({ source: source.id, ...data }, message),
  })
  try {
    return await Promise.race([question(context), expiry(signal, source.title)])
  } catch (error) {
    const shown = redaction.error(error)
    if (isSourceError(shown)) throw shown
    if (signal.aborted) throw tooSlow(source.title)
    logger.error({ err: shown, source: source.id }, 'a source failed on an error of its own')
    throw broken(source.title, shown)
  }
}

/** Also a source that does not look at its signal ends. */
function expiry(signal: AbortSignal, title: string): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(tooSlow(title)), { once: true })
  })
}
