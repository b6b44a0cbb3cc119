import type { Tagged } from '@analyticaflow/sdk'
import { orderOf } from './map_order.ts'
import { refundOf } from './map_refund.ts'
import { touchpointsOf } from './map_touchpoints.ts'
import type { OrderRow } from './rows.ts'

/** What an order says: itself, its refunds, and the visits before it. A test order says only that it is one. */
export function factsOf(order: OrderRow): Tagged<'order' | 'refund' | 'touchpoint'>[] {
  const head = { kind: 'order', row: orderOf(order) } as const
  if (order.test) return [head]
  return [
    head,
    ...order.refunds.map((refund) => ({ kind: 'refund', row: refundOf(order, refund) }) as const),
    ...touchpointsOf(order).map((row) => ({ kind: 'touchpoint', row }) as const),
  ]
}
