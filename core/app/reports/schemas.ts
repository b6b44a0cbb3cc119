import { z } from 'zod'
import { models } from '#attribution/public'
import { refundBases, units } from './catalogue/types.ts'
import { granularities } from './plan/dates.ts'
import { filterOps } from './plan/filters.ts'

const date = z.iso.date()
const time = z.iso.datetime({ offset: true })
const row = z
  .record(z.string(), z.union([z.string(), z.number(), z.null()]))
  .describe('Groupings by the names they were asked for, null for unknown; figures by metric')
const title = z.object({ en: z.string(), ru: z.string() })

export const coverage = z.object({
  orders: z.number().describe('Orders of the range, whatever the filters'),
  orders_with_customer: z.number().describe('Of these, such as somebody is known for'),
  unconverted: z.number().describe('Facts left out of money for lack of an exchange rate'),
  first_date: date.nullable().describe('First day on which the project has data'),
  last_date: date.nullable(),
  history_from: time
    .nullable()
    .describe('A source hides what lies before: who bought earlier counts as a new customer'),
})

export const freshness = z.object({
  source_type: z.string(),
  last_synced_at: time.nullable(),
  published_at: time.nullable(),
})

export const statement = z.object({
  sql: z.string().describe('Values are bound by name, as ClickHouse does: `{name:Type}`'),
  parameters: z.record(z.string(), z.any()),
})

const part = z.object({
  key: z.string(),
  role: z.enum(['numerator', 'denominator', 'condition']),
  sign: z.number().describe('1 added, -1 subtracted, 0 where it is a condition'),
  source: z.string().describe('The table that it is read from'),
})

/** Parameters of the models. */
export const params = z.object({
  time_decay: z.object({ half_life_days: z.number() }),
  position_based: z.object({ first: z.number(), last: z.number() }),
  markov: z.object({ allocation: z.enum(['path', 'global']) }),
})

const explanation = z
  .object({
    ...statement.shape,
    comparison: statement.nullable(),
    metrics: z
      .record(
        z.string(),
        z.object({
          title,
          unit: z.enum(units),
          formula: z.string(),
          expression: z.string().describe('What the statement computes in the column of this name'),
          parts: z.array(part),
          null_reason: z.string().nullable(),
        })
      )
      .describe('By key; each is the column of that name in the statement'),
    dimensions: z.record(z.string(), z.object({ key: z.string(), title })),
  })
  .describe(
    'With `explain=1`: the statements that the figures come from. With groupings, the row with `is_total` are the totals'
  )
export type Explanation = z.input<typeof explanation>

const meta = z.object({
  currency: z.string(),
  timezone: z.string(),
  date_from: date,
  date_to: date,
  granularity: z.enum(granularities),
  refund_basis: z.enum(refundBases),
  attribution: z.object({
    model: z.enum(models),
    window_days: z.number(),
    params,
    metrics: z
      .array(z.string())
      .describe('Figures that follow what the model credits; all others are totals'),
    players: z
      .string()
      .nullable()
      .describe('Of Markov and Shapley: by what dimension they tell apart who takes part'),
  }),
  coverage,
  freshness: z.array(freshness),
  nulls: z.record(z.string(), z.string()).describe('Why figures are null, by metric'),
  unreliable: z
    .record(z.string(), z.string())
    .describe('Why figures are not to be relied on, by metric'),
  commit: z.string().describe('The published state of the data that the figures show'),
  generated_in_ms: z.number(),
  query_id: z.string(),
  explain: explanation.optional(),
})

export const KpiReport = z
  .object({
    data: z.array(row),
    totals: row.describe('Of all rows, not of the page'),
    comparison: z
      .object({
        date_from: date,
        date_to: date,
        totals: row,
        data: z.array(row).describe('For each row of `data` its counterpart, in the same order'),
      })
      .nullable(),
    next_cursor: z.string().nullable(),
    meta,
  })
  .meta({ id: 'KpiReport' })
export type KpiReport = z.input<typeof KpiReport>

export const MetricView = z
  .object({
    key: z.string(),
    title,
    unit: z.enum(units).describe('`percent` figures are fractions'),
    formula: z.string(),
    numerator: z.array(z.string()).describe('The sums it is made of; `-` marks subtracted ones'),
    denominator: z.array(z.string()).nullable(),
    null_reason: z.string().nullable().describe('When the figure is null'),
    dimensions: z.array(z.string()).describe('What it can be grouped and filtered by'),
  })
  .meta({ id: 'Metric' })

export const DimensionView = z
  .object({
    key: z.string(),
    aliases: z.array(z.string()),
    title,
    type: z.enum(['date', 'text']),
    granularities: z.array(z.enum(granularities)),
    filter_ops: z.array(z.enum(filterOps)),
    label: z.string().nullable().describe('The column with a readable name beside it'),
  })
  .meta({ id: 'Dimension' })
