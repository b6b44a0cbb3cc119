import { endpoint } from '#shared/http/endpoint'
import { explainOrder } from './build.ts'
import { ExplainOrderQuery } from './request.ts'
import { OrderExplanation } from './schemas.ts'

export const showOrderExplanation = endpoint({
  method: 'GET',
  path: '/projects/:project_id/orders/:order_id/explain',
  permission: 'project.read',
  tag: 'reports',
  summary: 'An order: its touches, and how each model divides it among them',
  description:
    'Credits are those of the attribution report of the same days and parameters, with the arithmetic that leads to them. Where several sources have an order of the number, `integration_id` or `source` says whose is meant; without them the answer is 422 and names them.',
  query: ExplainOrderQuery,
  responses: { 200: OrderExplanation },
  handle: async ({ project, params, query, reply }) =>
    reply(200, await explainOrder(params.order_id, query, project)),
})
