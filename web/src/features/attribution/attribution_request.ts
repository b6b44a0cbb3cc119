import type { AttributionRequest } from '../../api/types.ts'
import { toApiParams } from '../analysis/model_params.ts'
import type { Range } from '../period/dates.ts'
import type { AttributionState } from './use_attribution_state.ts'

function filtersOf({ filters, newOnly }: AttributionState): AttributionRequest['filters'] {
  const touches = filters.map(({ dimension, value }) => ({
    dimension,
    op: 'in' as const,
    values: [value],
  }))
  const customers = { dimension: 'customer_type', op: 'in' as const, values: ['new'] }
  return newOnly ? [...touches, customers] : touches
}

/** What a report is asked for, over any days. */
export function attributionRequest(state: AttributionState, range: Range): AttributionRequest {
  const filters = filtersOf(state) ?? []
  return {
    date_from: range.from,
    date_to: range.to,
    models: state.models,
    group_by: state.by,
    window_days: state.windowDays,
    params: toApiParams(state.params),
    conversion: state.conversion,
    value: state.value,
    ...(filters.length > 0 && { filters }),
  }
}
