import { Problem } from '#shared/http/problem'
import type { Row } from '../queries/run_statement.ts'
import { ordersSql, refundsSql } from './order_sql.ts'
import type { ExplainOrderQuery } from './request.ts'
import { type notCredited, type OrderView } from './schemas.ts'

export interface FoundOrder {
  view: OrderView
  key: string
  /** Milliseconds since 1970. */
  time: number
  notCredited: (typeof notCredited)[number] | null
}

type Read = (name: string, sql: string, values: Record<string, unknown>) => Promise<Row[]>

const text = (row: Row, column: string): string => String(row[column])
const orNull = (row: Row, column: string): string | null => text(row, column) || null

const states = ['valid', 'cancelled', 'test'] as const

/** Several sources may have an order of the number; whose is meant has to be said. */
function ambiguous(rows: readonly Row[]): Problem {
  return new Problem('validation_failed', {
    detail: `There are ${rows.length} orders of this number: say whose is meant by integration_id`,
    errors: rows.map((row) => ({
      field: 'integration_id',
      rule: 'ambiguous',
      message: `${text(row, 'integration_id')} (${text(row, 'source_type')})`,
      value: text(row, 'integration_id'),
    })),
  })
}

const isCounted = (row: Row): boolean => Boolean(row.is_counted)

function whyNotCredited(row: Row): FoundOrder['notCredited'] {
  if (isCounted(row)) return null
  if (row.state === 'cancelled' || row.state === 'test') return row.state
  return row.is_converted ? 'zero_total' : 'other_currency'
}

/** No order yet is 1970. */
const dateOrNull = (date: string): string | null => (date === '1970-01-01' ? null : date)

function viewOf(row: Row, refunds: readonly Row[]): OrderView {
  return {
    order_id: text(row, 'order_id'),
    order_key: text(row, 'order_key'),
    integration_id: text(row, 'integration_id'),
    source_type: text(row, 'source_type'),
    ordered_at: text(row, 'event_time'),
    date: text(row, 'date'),
    state: states.find((state) => state === row.state) ?? 'valid',
    person_id: row.customer_key === '0' ? null : text(row, 'customer_key'),
    is_new: Boolean(row.is_new),
    first_order_date: dateOrNull(text(row, 'first_order_date')),
    country: orNull(row, 'country'),
    device: orNull(row, 'device'),
    coupon: orNull(row, 'coupon'),
    currency: text(row, 'currency'),
    origin: {
      channel: orNull(row, 'channel'),
      source: orNull(row, 'source'),
      medium: orNull(row, 'medium'),
      campaign: orNull(row, 'campaign'),
      landing_page: orNull(row, 'landing_page'),
    },
    gross: text(row, 'gross'),
    discount: text(row, 'discount'),
    refunded: text(row, 'refunded'),
    revenue: text(row, 'revenue'),
    tax: text(row, 'tax'),
    shipping: text(row, 'shipping'),
    total: text(row, 'total'),
    cogs: text(row, 'cogs'),
    fees: text(row, 'fees'),
    refunds: refunds.map((refund) => ({
      refunded_at: text(refund, 'event_time'),
      date: text(refund, 'date'),
      amount: text(refund, 'amount'),
      counts: Boolean(refund.counts),
    })),
  }
}

/** The order of a number, or a 404; a 422 where it is not clear whose. */
export async function findOrder(
  orderId: string,
  { integration_id: integrationId, source }: ExplainOrderQuery,
  read: Read
): Promise<FoundOrder> {
  const found = await read('order', ordersSql, {
    order_id: orderId,
    integration_id: integrationId ?? '',
    source_type: source ?? '',
  })
  const [row, ...others] = found
  if (!row) throw new Problem('not_found', { detail: 'There is no such order' })
  if (others.length > 0) throw ambiguous(found)
  const key = text(row, 'order_key')
  const refunds = await read('refunds', refundsSql, { order_key: key })
  return {
    view: viewOf(row, refunds),
    key,
    time: Number(row.time),
    notCredited: whyNotCredited(row),
  }
}
