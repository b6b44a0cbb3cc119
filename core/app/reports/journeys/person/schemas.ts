import { z } from 'zod'

const time = z.iso.datetime({ offset: true })
const text = z.string().nullable()

export const eventKinds = ['touch', 'order', 'refund', 'deal', 'deal_won', 'lead', 'event'] as const

export const states = ['valid', 'cancelled', 'test'] as const

const origin = z
  .object({
    channel: text,
    source: text,
    medium: text,
    campaign: text,
    ad: text,
    keyword: text,
    landing_page: text,
    country: text,
    device: text,
    is_direct: z.boolean(),
  })
  .describe('Where it came from; of an order what the order itself says')

const figures = z
  .object({
    gross: z.number(),
    discount: z.number(),
    refunded: z.number().describe('Of an order: all that was refunded of it, whenever'),
    revenue: z.number().describe('What it adds to the revenue of the person'),
  })
  .nullable()
  .describe('Null for touches')

export const PersonEvent = z
  .object({
    at: time,
    kind: z.enum(eventKinds),
    id: z.string().describe('The number of the order, also for its refunds; the id of a touch'),
    name: text.describe('Of an event its name, of a touch `session` or `touchpoint`'),
    integration_id: z.string(),
    source_type: text,
    state: z.enum(states).nullable().describe('Of orders and refunds'),
    is_counted: z.boolean().describe('An order that counts as one'),
    is_new: z.boolean().describe("The person's first order"),
    figures,
    origin,
  })
  .meta({ id: 'PersonEvent' })
export type PersonEvent = z.input<typeof PersonEvent>

export const Person = z
  .object({
    id: z.string().describe('As of now: a person who was merged into another has its id'),
    identifiers: z
      .array(z.object({ type: z.string(), count: z.number() }))
      .describe('What the person is known by: `customer`, `contact`, `email`, `phone`, `client`'),
    first_seen_at: time,
    last_seen_at: time,
    touches: z.number(),
    orders: z.number(),
    revenue: z.number(),
  })
  .meta({ id: 'JourneyPerson' })
export type Person = z.input<typeof Person>

export const PersonTimeline = z
  .object({
    person: Person,
    data: z.array(PersonEvent),
    next_cursor: z.string().nullable(),
    meta: z.object({ currency: z.string(), timezone: z.string(), commit: z.string() }),
  })
  .meta({ id: 'PersonTimeline' })
export type PersonTimeline = z.input<typeof PersonTimeline>
