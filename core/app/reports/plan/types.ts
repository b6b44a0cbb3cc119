import type { Model } from '#attribution/public'
import type { CampaignResolution } from '#measurement/public'
import type { WeekStart } from '#shared/http/types'
import type { AttributionPlan } from '../attribution/plan.ts'
import type { Naming } from '../attribution/sql/credits_statement.ts'
import type { Dimension, Metric, Part, RefundBasis, TableName } from '../catalogue/types.ts'
import type { Comparison, Granularity, Period } from './dates.ts'
import type { Filter } from './filters.ts'

/** A dimension under the name that the request gave it. */
export interface Grouping {
  name: string
  dimension: Dimension
}

export interface Order {
  /** A column of the answer: a metric's key or a grouping's name. */
  column: string
  dir: 'asc' | 'desc'
}

/** A part and where it is read. */
export interface PlannedPart {
  part: Part
  table: TableName
}

/** A report, decided: everything that its SQL and its answer follow from. */
export interface Plan {
  period: Period
  comparison: Comparison | undefined
  granularity: Granularity
  weekStart: WeekStart
  refundBasis: RefundBasis
  /** What credits touches with orders, where the report asks for that. */
  model: Model
  /** The attribution report of the same conversions: its players are what the model, if it is fitted, is fitted on. */
  attribution: AttributionPlan
  metrics: readonly Metric[]
  groupings: readonly Grouping[]
  filters: readonly Filter[]
  parts: readonly PlannedPart[]
  order: readonly Order[]
  limit: number
  offset: number
}

/** What a fitted model knows of its players, and values that statements name. */
export interface FittedPlayers {
  naming: Naming
  values: Readonly<Record<string, unknown>>
}

/** A report of one project: decided, and with what the project has settled about it. */
export interface ProjectPlan extends Plan {
  /** Channels that cost money per click, view or sale: `roas`, `cpa` and `ncac` count what they brought. */
  paidChannels: readonly string[]
  /** Where a campaign is grouped by or filtered. */
  campaigns?: CampaignResolution
  /** Where a figure is credited. */
  players?: FittedPlayers
}
