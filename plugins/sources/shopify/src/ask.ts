import { SourceError, z, type Context, type Json, type RequestOptions } from '@analyticaflow/sdk'
import { GRAPHQL_PATH } from './vendor.ts'

/** The vendor refuses a query for its size; a smaller page would be answered. */
export class TooCostly extends Error {
  /** Part of the query's cost that a query may have. */
  readonly affordable: number

  constructor(affordable: number) {
    super('The query costs more points than one query may')
    this.affordable = affordable
  }
}

/** Asks the shop a query; the answer is what the schema says of its `data`. */
export type Ask = <S extends z.ZodType>(
  query: string,
  data: S,
  variables?: Record<string, Json>,
  options?: RequestOptions
) => Promise<z.output<S>>

const Refused = z.object({
  errors: z
    .array(
      z.object({
        extensions: z.object({
          code: z.literal('MAX_COST_EXCEEDED'),
          cost: z.number().positive().optional(),
          maxCost: z.number().positive().optional(),
        }),
      })
    )
    .min(1),
})

/** Where the vendor does not say by how much a query is too large. */
const HALF = 0.5

export function askOf<C extends z.ZodType>({ http }: Pick<Context<C>, 'http'>): Ask {
  return async (query, data, variables = {}, options = {}) => {
    const body = await http.post(GRAPHQL_PATH, z.unknown(), { query, variables }, options)
    const refused = Refused.safeParse(body)
    if (!refused.success) {
      const answer = expected(z.object({ data }), body) as { data: z.output<typeof data> }
      return answer.data
    }
    const { cost, maxCost } = refused.data.errors[0]?.extensions ?? {}
    throw new TooCostly(cost && maxCost ? maxCost / cost : HALF)
  }
}

/** What the vendor gave, by its schema. @throws SourceError `vendor_response` with the path at fault */
export function expected<S extends z.ZodType>(schema: S, given: unknown): z.output<S> {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new SourceError(
    'vendor_response',
    `Shopify’s answer is not as its API says, at “${issue?.path.join('.') ?? ''}”.`,
    { cause: parsed.error }
  )
}
