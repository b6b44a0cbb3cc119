import { z } from 'zod'
import { models } from '#attribution/public'
import { conversionField } from '#measurement/public'
import { day, filter, flag, modelParams, windowDays } from '../plan/request.ts'
import { listOf } from '../plan/resolve.ts'

/** What the money of a conversion is. */
export const values = ['revenue', 'margin'] as const
export type ConversionValue = (typeof values)[number]

const number = z.coerce.number()

const fields = {
  date_from: day.describe("First day of the conversions, in the project's time zone"),
  date_to: day.describe('Last day of the conversions, included'),
  models: z
    .preprocess(
      (value) => (typeof value === 'string' ? listOf(value) : value),
      z.array(z.enum(models)).min(1)
    )
    .optional()
    .describe('All of them where absent'),
  group_by: z
    .union([z.string(), z.array(z.string()).length(1)])
    .optional()
    .describe('The players, by a dimension of touches'),
  window_days: windowDays.optional().describe('How long before a conversion its touches may lie'),
  params: modelParams.optional(),
  conversion: conversionField
    .optional()
    .describe('`order`, `deal`, `deal_won`, `lead`, or `event:` and the name of an event'),
  value: z
    .enum(values)
    .optional()
    .describe('`revenue` is gross − discounts − refunds, `margin` that less the cost of goods'),
  filters: z.array(filter).max(20).optional(),
  explain: flag.optional().describe('Adds the statements that the figures come from'),
}

/** Attribution as it is asked for, in a body or by query parameters. */
export const AttributionRequest = z.strictObject(fields).meta({ id: 'AttributionRequest' })
export type AttributionRequest = z.output<typeof AttributionRequest>

export const AttributionQuery = AttributionRequest.partial().meta({ id: 'AttributionQuery' })

const page = {
  limit: number.int().min(1).max(500).optional(),
  cursor: z.string().min(1).max(2000).optional(),
}

/** The credits behind it, one row per touch of a conversion. */
export const CreditsRequest = z.strictObject({ ...fields, ...page }).meta({ id: 'CreditsRequest' })
export type CreditsRequest = z.output<typeof CreditsRequest>

export const CreditsQuery = CreditsRequest.partial().meta({ id: 'CreditsQuery' })
