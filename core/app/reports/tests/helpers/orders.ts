import { api } from '#tests/api'
import type { TestAccount } from '#tests/factories'
import type { OrderExplanation } from '../../orders/schemas.ts'

export interface Place {
  id: string
  owner: TestAccount
}

export const askOrder = ({ id, owner }: Place, order: string, query: Record<string, string> = {}) =>
  api(owner).get<OrderExplanation>(`/projects/${id}/orders/${encodeURIComponent(order)}/explain`, {
    query,
  })

/** The explanation, which must be one. */
export async function explainOrder(
  project: Place,
  order: string,
  query: Record<string, string> = {}
) {
  const { status, body, text } = await askOrder(project, order, query)
  if (status !== 200) throw new Error(`${status}: ${text}`)
  return body
}

export const modelOf = ({ data }: OrderExplanation, name: string) => {
  const found = data.models.find(({ model }) => model === name)
  if (!found) throw new Error(`no ${name}`)
  return found
}
