import { z } from 'zod'
import { models } from '#attribution/public'
import { refundBases } from '../catalogue/types.ts'
import { comparisons, granularities } from './dates.ts'
import { filterOps } from './filters.ts'

const names = z
  .union([z.string(), z.array(z.string())])
  .describe('One name, several with commas between them, or a list')

export const filter = z.strictObject({
  dimension: z.string(),
  op: z.enum(filterOps),
  values: z
    .union([z.string(), z.array(z.string()).max(1000)])
    .optional()
    .describe('A list; a plain text is one value, with `in` and `not_in` several with commas'),
})

const order = z.strictObject({
  metric: z.string().optional().describe('One of the requested metrics'),
  dimension: z.string().optional().describe('Instead: one of the groupings'),
  dir: z.enum(['asc', 'desc']).default('desc'),
})

const number = z.coerce.number()

/** How long before a conversion its touches may lie. */
export const windowDays = number.int().min(1).max(365)

/** Parameters of the models; checked once more, as a whole, where a report is planned. */
export const modelParams = z.strictObject({
  time_decay: z.strictObject({ half_life_days: number.optional() }).optional(),
  position_based: z.strictObject({ first: number.optional(), last: number.optional() }).optional(),
  markov: z.strictObject({ allocation: z.enum(['path', 'global']).optional() }).optional(),
})

const attribution = z
  .strictObject({
    model: z.enum(models).optional(),
    window_days: windowDays.optional(),
    params: modelParams.optional(),
  })
  .describe('What is absent is as the project has settled it')

/** ClickHouse's dates begin and end here. */
export const day = z.iso
  .date()
  .refine((date) => date >= '1970-01-01' && date <= '2105-12-31', 'From 1970-01-01 to 2105-12-31')

/** Yes or no, also as query parameters have it. */
export const flag = z.union([z.boolean(), z.literal(1), z.enum(['1', 'true', '0', 'false'])])

export function isAsked(value: z.output<typeof flag> | undefined): boolean {
  return value !== undefined && [true, 1, '1', 'true'].includes(value)
}

const fields = {
  date_from: day.describe("First day, in the project's time zone"),
  date_to: day.describe('Last day, included'),
  metrics: names,
  group_by: names.optional(),
  filters: z.array(filter).max(20).optional(),
  granularity: z.enum(granularities).optional().describe('Of `date`; day where absent'),
  compare: z.enum(comparisons).optional(),
  attribution: attribution.optional(),
  order_by: z.array(order).max(10).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
  cursor: z.string().min(1).max(2000).optional(),
  as_of: z.string().optional(),
  refund_basis: z.enum(refundBases).optional(),
  explain: flag.optional().describe('Adds how each figure was computed: SQL, parameters, formula'),
}

/** A report as it is asked for, in a body or by query parameters. */
export const KpiRequest = z.strictObject(fields).meta({ id: 'KpiRequest' })
export type KpiRequest = z.output<typeof KpiRequest>

/** The same as query parameters, or none of them beside a body. */
export const KpiQuery = KpiRequest.partial().meta({ id: 'KpiQuery' })
