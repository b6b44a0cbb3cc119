import { SourceError, z, type Context } from '@analyticaflow/sdk'
import type { Ask } from '../ask.ts'

/** Starts a bulk operation. Changes something at the vendor, so it is never sent twice by itself. */
export const RUN = `
  mutation Run($query: String!) {
    bulkOperationRunQuery(query: $query, groupObjects: false) {
      bulkOperation { id } userErrors { code }
    }
  }`

/** How an operation stands. */
export const OPERATION = `
  query Operation($id: ID!) {
    bulkOperation(id: $id) { id status errorCode createdAt rootObjectCount fileSize url }
  }`

const Started = z.object({
  bulkOperationRunQuery: z.object({
    bulkOperation: z.object({ id: z.string() }).nullable(),
    userErrors: z.array(z.object({ code: z.string().nullable() })),
  }),
})

const Count = z.string().regex(/^\d+$/).transform(Number)

const Ended = z.object({
  status: z.enum(['COMPLETED', 'CANCELED', 'FAILED', 'EXPIRED']),
  errorCode: z.string().nullable(),
  rootObjectCount: Count,
  fileSize: Count.nullable(),
  /** Null where nothing was found. */
  url: z.string().nullable(),
})

/** How an operation ended: with a file, or in a way that says what to try next. */
export type Outcome =
  | { type: 'file'; url: string; orders: number; bytes: number }
  | { type: 'empty' }
  /** Too much for the vendor at once. */
  | { type: 'too_large' }
  /** Nothing is left of it; it has to run again. */
  | { type: 'gone' }

const BUSY = new Set(['LIMIT_REACHED', 'OPERATION_IN_PROGRESS'])
const BUSY_MS = 60_000

/**
 * Starts an operation. One at a time is enough here; of an app and shop five may run.
 *
 * @returns its id
 * @throws SourceError `rate_limited` while as many run as may
 */
export async function startOperation(
  ask: Ask,
  query: string,
  { now }: Pick<Context, 'now'>
): Promise<string> {
  const { bulkOperationRunQuery: started } = await ask(RUN, Started, { query }, { once: true })
  if (started.bulkOperation) return started.bulkOperation.id
  if (started.userErrors.some(({ code }) => BUSY.has(code ?? ''))) {
    throw new SourceError('rate_limited', 'Other bulk operations of this app are still running.', {
      retryAt: new Date(now().getTime() + BUSY_MS),
    })
  }
  throw new SourceError('vendor_response', 'Shopify refused a bulk operation of this connector.')
}

/**
 * Waits for the end of an operation, as long as the client waits.
 *
 * @throws SourceError `rate_limited` while it goes on; `auth_scope` if it was kept from the data
 */
export async function outcomeOf(ask: Ask, id: string): Promise<Outcome> {
  const answer = z.object({ bulkOperation: Ended.nullable() })
  const { bulkOperation: ended } = await ask(OPERATION, answer, { id })
  if (ended === null || ended.status === 'CANCELED' || ended.status === 'EXPIRED') {
    return { type: 'gone' }
  }
  if (ended.status === 'FAILED') return failureOf(ended.errorCode)
  if (ended.url === null) return { type: 'empty' }
  return { type: 'file', url: ended.url, orders: ended.rootObjectCount, bytes: ended.fileSize ?? 0 }
}

function failureOf(code: string | null): Outcome {
  if (code === 'TIMEOUT' || code === 'INTERNAL_SERVER_ERROR') return { type: 'too_large' }
  if (code === 'ACCESS_DENIED') {
    throw new SourceError(
      'auth_scope',
      'Shopify keeps the orders from the app. Grant it the scopes that its page here names, and apply for protected customer data in the Partner Dashboard.'
    )
  }
  throw new SourceError(
    'vendor_response',
    'A bulk operation of Shopify failed without a known cause.'
  )
}
