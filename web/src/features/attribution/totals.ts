import type { AttributionReport, AttributionRow } from '../../api/types.ts'

type ModelFigures = NonNullable<AttributionRow['models'][string]>

/** What stands below the columns: the same for every model, since each divides all there is. */
export const totalFigures = ({ totals }: AttributionReport): ModelFigures => ({
  revenue: totals.revenue,
  conversions: totals.conversions,
  new_customers: totals.new_customers,
  share: totals.conversions > 0 ? 1 : null,
  // Of paid channels only, so that they cannot be told from these totals.
  roas: null,
  cpa: null,
})
