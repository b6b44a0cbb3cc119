import { z } from 'zod'
import { AttributionQuery } from '../attribution/request.ts'

const { models, group_by, window_days, params, date_from, date_to, explain } =
  AttributionQuery.shape

/** How an order is to be explained. */
export const ExplainOrderQuery = z
  .strictObject({
    models,
    group_by,
    window_days,
    params,
    date_from: date_from.describe(
      'First day of the conversions that data-driven models are fitted on; with `date_to`. Where absent, the 90 days up to the end of the month of the order'
    ),
    date_to,
    integration_id: z
      .string()
      .regex(/^\d{1,20}$/)
      .optional()
      .describe('Whose order it is'),
    source: z.string().max(100).optional().describe('The same by the type of the source'),
    explain,
  })
  .meta({ id: 'ExplainOrderQuery' })
export type ExplainOrderQuery = z.output<typeof ExplainOrderQuery>
