import { SourceError, z, type VendorAnswer } from '@analyticaflow/sdk'

const Operation = z.object({
  data: z.object({
    bulkOperation: z.object({
      status: z.enum(['CREATED', 'RUNNING', 'CANCELING']),
      createdAt: z.string(),
    }),
  }),
})

const SECOND = 1000
const [SOONEST, LATEST] = [SECOND, 10 * SECOND]

/** The longer it has been going on, the less it hurts to notice the end a little later. */
function pauseMs(createdAt: string, now: number): number {
  const age = now - Date.parse(createdAt)
  return Math.min(LATEST, Math.max(SOONEST, age / 10))
}

/**
 * The pause before an operation that goes on is asked about again, as the error that the client waits
 * out; a long one ends the attempt, and the next goes on from the position.
 */
export function stillRunning({ body, headers, now }: VendorAnswer): SourceError | undefined {
  const operation = Operation.safeParse(body).data?.data.bulkOperation
  if (operation === undefined) return undefined
  // An age is measured by one clock only, and it began by the vendor's.
  const theirs = Date.parse(headers.date ?? '')
  const pause = pauseMs(operation.createdAt, Number.isNaN(theirs) ? now.getTime() : theirs)
  return new SourceError('rate_limited', 'Shopify is still preparing the history of the shop.', {
    retryAt: new Date(now.getTime() + pause),
  })
}
