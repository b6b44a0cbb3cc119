import type { AttributionAnswer, ModelFigures } from '../../api/analysis_types.ts'

/** What stands below the columns: the same for every model, since each divides all there is. */
export const totalFigures = ({ totals }: AttributionAnswer): ModelFigures => ({
  revenue: totals.revenue,
  conversions: totals.conversions,
  share: totals.conversions > 0 ? 1 : null,
  roas: null,
  cpa: null,
})
