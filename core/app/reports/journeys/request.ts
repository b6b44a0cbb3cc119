import { z } from 'zod'
import { conversionField } from '#measurement/public'
import { day, filter, flag } from '../plan/request.ts'
import { stepKeys } from './steps.ts'

const fields = {
  date_from: day.describe("First day of the conversions, in the project's time zone"),
  date_to: day.describe('Last day, included'),
  conversion: conversionField
    .optional()
    .describe(
      '`order`, `deal`, `deal_won`, `lead`, or `event:` and its name; where absent, what the project credits'
    ),
  window_days: z.coerce
    .number()
    .int()
    .min(1)
    .max(365)
    .optional()
    .describe(
      'How long before the conversion a touch counts; where absent, as the project credits'
    ),
  step: z.enum(stepKeys).optional().describe('What a step of a path is; `channel` where absent'),
  depth: z.coerce.number().int().min(1).max(10).optional().describe('Steps; 5 where absent'),
  from: z
    .enum(['start', 'end'])
    .optional()
    .describe('Steps are counted from the first touch (where absent), or back from the conversion'),
  include: z
    .enum(['converted', 'all'])
    .optional()
    .describe('`all`: also the touches of the range that no conversion of the range follows'),
  collapse_repeats: flag.optional().describe('Equal steps in a row are one'),
  customers: z.enum(['all', 'new']).optional().describe('`new`: first orders only'),
  filters: z.array(filter).max(20).optional().describe('Of the conversions'),
  contains_step: z
    .union([z.string(), z.array(z.string()).max(100)])
    .optional()
    .describe('Only paths with this step, or with one of these, anywhere in the window'),
  min_share: z.coerce
    .number()
    .min(0)
    .max(0.5)
    .optional()
    .describe('Steps that fewer of all paths lead through become `(other)`; 0 where absent'),
  explain: flag.optional().describe('Adds the statements that the figures come from'),
}

/** A report of journeys as it is asked for, in a body or by query parameters. */
export const JourneysRequest = z.strictObject(fields).meta({ id: 'JourneysRequest' })
export type JourneysRequest = z.output<typeof JourneysRequest>

/** The same as query parameters, or none of them beside a body. */
export const JourneysQuery = JourneysRequest.partial().meta({ id: 'JourneysQuery' })
