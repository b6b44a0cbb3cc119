/** Until the endpoints of attribution and journeys are described. */
import type { Model } from '../features/analysis/models.ts'

export interface ModelFigures {
  conversions: number
  revenue: number
  share: number | null
  roas: number | null
  cpa: number | null
}

export interface AttributionRow {
  cost: number | null
  models: Partial<Record<Model, ModelFigures>>
  disagreement: { min_share: number; max_share: number } | null
  [dimension: string]: unknown
}

export interface AttributionRequest {
  date_from: string
  date_to: string
  models?: Model[]
  group_by?: string
  window_days?: number
  params?: {
    time_decay?: { half_life_days?: number }
    position_based?: { first?: number; last?: number }
    markov?: { allocation?: 'path' | 'global' }
  }
  conversion?: string
  value?: 'revenue' | 'margin'
  filters?: { dimension: string; op: 'in' | 'is_null'; values?: string[] }[]
  explain?: boolean
}

export interface AttributionAnswer {
  data: AttributionRow[]
  totals: { conversions: number; revenue: number; cost: number | null }
  meta: {
    currency: string
    timezone: string
    date_from: string
    date_to: string
    window_days: number
    paths: number
    paths_without_conversion: number
    conversions_without_touch: number
    warnings: { code: string; model?: string; message: string }[]
    freshness: { published_at: string | null }[]
    explain?: { statements: { title: string; sql: string; parameters: Record<string, unknown> }[] }
  }
}
