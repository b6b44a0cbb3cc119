import { z } from 'zod'
import { coverage, freshness, statement } from '../schemas.ts'
import { stepKeys } from './steps.ts'

const date = z.iso.date()
const count = z.number()

export const nodeKinds = ['step', 'no_touch', 'more', 'conversion', 'no_conversion'] as const
export type NodeKind = (typeof nodeKinds)[number]

const figures = {
  value: count.describe('Paths'),
  conversions: count,
  revenue: z.number(),
}

const node = z.object({
  id: z.string(),
  step: z
    .number()
    .describe(
      'Its column, from left to right: 1 is the first touch, or -1 the last before the end'
    ),
  label: z.string(),
  kind: z.enum(nodeKinds),
  ...figures,
})
export type FlowNode = z.input<typeof node>

const link = z.object({
  source: z.string().describe('The id of a node'),
  target: z.string(),
  ...figures,
})
export type FlowLink = z.input<typeof link>

const path = z.object({
  path: z
    .array(z.string())
    .describe('Steps in order, as many as `depth`; `(more)` stands for the others'),
  conversions: count,
  revenue: z.number(),
  share: z.number().describe('Of all conversions of the report'),
  avg_days: z.number().describe('From the first touch of the window to the conversion'),
})
export type TopPath = z.input<typeof path>

const totals = z.object({
  paths: count,
  conversions: count,
  revenue: z.number(),
  paths_without_touch: count.describe('Conversions without a touch in the window'),
  paths_without_conversion: count,
})
export type JourneyTotals = z.input<typeof totals>

const lengths = z.object({
  touches: z
    .array(z.object({ touches: count, conversions: count }))
    .describe('Conversions by the number of their touches; 50 stands for all that have more'),
  days: z
    .array(z.object({ days: count, conversions: count }))
    .describe('By whole days from the first touch of the window; those without a touch left out'),
})
export type Lengths = z.input<typeof lengths>

const meta = z.object({
  currency: z.string(),
  timezone: z.string(),
  date_from: date,
  date_to: date,
  conversion: z.string(),
  window_days: z.number(),
  step: z.enum(stepKeys),
  depth: z.number(),
  from: z.enum(['start', 'end']),
  include: z.enum(['converted', 'all']),
  collapse_repeats: z.boolean(),
  customers: z.enum(['all', 'new']),
  min_share: z.number(),
  coverage,
  freshness: z.array(freshness),
  commit: z.string().describe('The published state of the data that the figures show'),
  generated_in_ms: z.number(),
  query_id: z.string(),
  explain: z
    .object({ statements: z.array(z.object({ name: z.string(), ...statement.shape })) })
    .optional()
    .describe('With `explain=1`: the statements that the figures come from'),
})

export const JourneysReport = z
  .object({
    nodes: z.array(node),
    links: z
      .array(link)
      .describe('Everything that leads into a step leads out of it, to the right'),
    totals,
    top_paths: z.array(path).describe('The 50 commonest paths of conversions'),
    lengths,
    meta,
  })
  .meta({ id: 'JourneysReport' })
export type JourneysReport = z.input<typeof JourneysReport>
