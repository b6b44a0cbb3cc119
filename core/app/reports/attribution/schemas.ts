import { z } from 'zod'
import { models } from '#attribution/public'
import { coverage, freshness, params, statement } from '../schemas.ts'
import { values } from './request.ts'

const figures = z.object({
  conversions: z.number(),
  revenue: z.number().nullable().describe('Or margin, as `value` says'),
  share: z.number().nullable().describe('Of all conversions, unattributed ones included'),
  new_customers: z
    .number()
    .nullable()
    .describe('Of the conversions, those of customers who had never ordered before'),
  roas: z.number().nullable().describe('What touches of paid channels are credited with ÷ cost'),
  cpa: z.number().nullable().describe('Cost ÷ conversions credited to touches of paid channels'),
})

const row = z
  .looseObject({
    cost: z.number().nullable(),
    models: z.partialRecord(z.enum(models), figures),
    disagreement: z
      .object({ min_share: z.number().nullable(), max_share: z.number().nullable() })
      .describe('Between which shares the models differ'),
  })
  .describe('The player under the name of the grouping; null is what no touch is credited with')

const warning = z.object({
  code: z.enum(['thin_data']),
  model: z.enum(models),
  paths: z.number().describe('Paths that the model rests on'),
  message: z.string(),
})

/** What stands above any answer about credits. */
export const commonMeta = {
  currency: z.string(),
  timezone: z.string(),
  date_from: z.iso.date(),
  date_to: z.iso.date(),
  conversion: z.string(),
  value: z.enum(values),
  models: z.array(z.enum(models)),
  window_days: z.number(),
  params,
  commit: z.string().describe('The published state of the data that the figures show'),
  generated_in_ms: z.number(),
  query_id: z.string(),
}

const explanation = z
  .object({
    statements: z
      .array(
        z.object({
          name: z.string().describe('What the statement finds out: `credits` are the figures'),
          ...statement.shape,
        })
      )
      .describe('In the order in which they were run; credits are billionths, amounts too'),
  })
  .describe('With `explain=1`: the statements that the figures come from')

export const AttributionReport = z
  .object({
    data: z.array(row),
    totals: z
      .object({
        conversions: z.number(),
        revenue: z.number().nullable(),
        new_customers: z.number(),
        cost: z.number().nullable(),
        models: z
          .partialRecord(
            z.enum(models),
            z.object({ roas: z.number().nullable(), cpa: z.number().nullable() })
          )
          .describe('What paid channels brought against the cost of all rows; none without costs'),
      })
      .describe('Of all conversions; each model’s rows add up to them, unless filters hide some'),
    meta: z.object({
      ...commonMeta,
      paths: z.number().describe('Conversions with a touch within the window'),
      paths_without_conversion: z
        .number()
        .describe('Persons whose touches in the range no conversion follows'),
      conversions_without_touch: z.number(),
      warnings: z.array(warning),
      nulls: z.record(z.string(), z.string()).describe('Why figures are null'),
      coverage,
      freshness: z.array(freshness),
      explain: explanation.optional(),
    }),
  })
  .meta({ id: 'AttributionReport' })
export type AttributionReport = z.input<typeof AttributionReport>
