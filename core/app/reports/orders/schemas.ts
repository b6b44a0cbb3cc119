import { z } from 'zod'
import { models } from '#attribution/public'
import { EdgeView } from '#identity/public'
import { commonMeta } from '../attribution/schemas.ts'
import { statement } from '../schemas.ts'

const time = z.iso.datetime({ offset: true })
const date = z.iso.date()
const text = z.string().nullable()
const decimal = z.string().describe('Exact, as decimal text')
const title = z.object({ en: z.string(), ru: z.string() })

const order = z.object({
  order_id: z.string(),
  order_key: z.string(),
  integration_id: z.string(),
  source_type: z.string(),
  ordered_at: time,
  date: date.describe("In the project's time zone"),
  state: z.enum(['valid', 'cancelled', 'test']),
  person_id: text.describe('Null: nobody is known for it'),
  is_new: z.boolean().describe("The person's first order"),
  first_order_date: date.nullable(),
  country: text,
  device: text,
  coupon: text,
  currency: z.string(),
  origin: z
    .object({ channel: text, source: text, medium: text, campaign: text, landing_page: text })
    .describe('What the order itself says of where it came from'),
  gross: decimal,
  discount: decimal,
  refunded: decimal,
  revenue: decimal.describe('gross − discount − refunded'),
  tax: decimal,
  shipping: decimal,
  total: decimal,
  cogs: decimal,
  fees: decimal,
  refunds: z.array(
    z.object({
      refunded_at: time,
      date,
      amount: decimal,
      counts: z.boolean().describe('false: left out, as of another currency'),
    })
  ),
})
export type OrderView = z.input<typeof order>

export const notCredited = ['cancelled', 'test', 'other_currency', 'zero_total'] as const

export const ineligible = ['before_window', 'after_conversion', 'no_conversion'] as const

const touch = z.object({
  id: z.string(),
  alias_id: text.describe('What it was made under, see `identity`; null: the order itself'),
  at: time,
  kind: z
    .enum(['session', 'touchpoint', 'order'])
    .describe('`order`: what the order itself says, as its person has no touch in 90 days'),
  integration_id: z.string(),
  player: z.string().describe('What it is in the models'),
  is_direct: z.boolean(),
  channel: text,
  source: text,
  medium: text,
  campaign: text,
  ad: text,
  keyword: text,
  landing_page: text,
  country: text,
  device: text,
  eligible: z.boolean(),
  reason: z.enum(ineligible).nullable().describe('Why it is not eligible'),
})
export type TouchView = z.input<typeof touch>

const credited = z.object({
  touch_id: z.string(),
  player: z.string(),
  weight: z.number(),
  formula: z.string().describe('How the weight comes about, in figures'),
  share: z.number().describe('The weight ÷ the sum of weights'),
  credit: decimal.describe('To nine places; the last touch has the remainder'),
  amount: decimal.describe('Of the revenue, by the largest remainder'),
})

const player = z.object({ player: text, credit: decimal, amount: decimal })

const fit = z.object({
  date_from: date,
  date_to: date,
  paths_without_conversion: z.number(),
  removal_effects: z.array(
    z.object({ player: z.string(), effect: z.number(), on_path: z.boolean() })
  ),
})

const model = z.object({
  model: z.enum(models),
  explanation: title,
  sum_of_weights: z.number(),
  touches: z.array(credited).describe('The last 500 of the eligible ones'),
  players: z.array(player).describe('All of them; null is what no touch is credited with'),
  total: z.object({ credit: decimal, amount: decimal }),
  fit: fit.nullable().describe('Of Markov: what it was fitted on'),
})
export type ModelView = z.input<typeof model>

const chain = z.object({
  alias_id: z.string(),
  chain: z
    .array(EdgeView)
    .nullable()
    .describe('From what the touch was made under to the order; null: none is known'),
})
export type ChainView = z.input<typeof chain>

export const OrderExplanation = z
  .object({
    data: z.object({
      order,
      not_credited: z
        .enum(notCredited)
        .nullable()
        .describe('Why the order is no conversion, so that no model divides it'),
      touches: z
        .array(touch)
        .describe(
          'In order of time, from a year before the order to 30 days after it; the 500 nearest'
        ),
      touches_known: z.number().describe('How many there are in that time'),
      identity: z
        .array(chain)
        .describe('Why touches of these identifiers are of the order’s person; at most 50 of them'),
      models: z.array(model),
    }),
    meta: z.object({
      ...commonMeta,
      group_by: z.string(),
      explain: z
        .object({ statements: z.array(z.object({ name: z.string(), ...statement.shape })) })
        .optional(),
    }),
  })
  .meta({ id: 'OrderExplanation' })
export type OrderExplanation = z.input<typeof OrderExplanation>
