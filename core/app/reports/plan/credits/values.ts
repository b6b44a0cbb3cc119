import { reachParams } from '#warehouse/public'
import { modelParams } from '../../attribution/sql/model_sql.ts'
import type { Period } from '../dates.ts'
import type { ProjectPlan } from '../types.ts'

const EARLIEST = '1970-01-01'

/**
 * Values that statements about credits may name. The orders of refunds, and with them their touches, may
 * lie long before the days of the refunds.
 */
export function creditValues(plan: ProjectPlan, period: Period): Record<string, unknown> {
  const { window_days: days, params } = plan.attribution
  return {
    paid_channels: plan.paidChannels,
    ...reachParams(period, days),
    ...(plan.refundBasis === 'refund_date' && { touch_from: EARLIEST }),
    ...modelParams(params),
    ...plan.players?.values,
  }
}
