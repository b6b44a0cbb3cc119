import { useQuery } from '@tanstack/react-query'
import { api, unwrap } from '../../api/client.ts'
import { nestedQuery } from '../../api/nested_query.ts'
import type { OrderExplanation } from '../../api/types.ts'
import { toApiParams } from '../analysis/model_params.ts'
import { useProject } from '../projects/project_context.ts'
import type { OrderState } from './order_state.ts'

const queryOf = ({ by, windowDays, params, range, integrationId }: OrderState) => ({
  group_by: by,
  ...(windowDays !== null && { window_days: windowDays }),
  ...(params && { params: toApiParams(params) }),
  ...(range && { date_from: range.from, date_to: range.to }),
  ...(integrationId !== null && { integration_id: integrationId }),
})

/** Why an order is credited to whom; while the next answer is on its way the present one stays. */
export function useOrder(orderId: string, state: OrderState) {
  const { id } = useProject()
  return useQuery({
    queryKey: ['order', id, orderId, state],
    queryFn: async ({ signal }): Promise<OrderExplanation> =>
      unwrap(
        api.GET('/api/v1/projects/{project_id}/orders/{order_id}/explain', {
          params: { path: { project_id: id, order_id: orderId }, query: queryOf(state) },
          querySerializer: nestedQuery,
          signal,
        })
      ),
    placeholderData: (shown, query) => (query?.queryKey[2] === orderId ? shown : undefined),
  })
}
