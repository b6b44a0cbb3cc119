import { sameNames, type KindSpec, type Layout } from './kind_spec.ts'

const line = {
  kind: 'order_line',
  fields: sameNames(
    'order_id',
    'ordered_at',
    'refund_of',
    'product_id',
    'product_name',
    'sku',
    'quantity',
    'unit_price',
    'discount',
    'tax',
    'shipping',
    'currency',
    'customer_id',
    'client_id',
    'email',
    'phone',
    'country',
    'utm_source',
    'utm_medium',
    'utm_campaign',
    'coupon'
  ),
  lineNumbers: ['line_number'],
} satisfies Layout

export const orderLines: KindSpec = {
  title: 'Order lines',
  required: ['order_id', 'ordered_at', 'quantity', 'unit_price', 'currency'],
  row: { ...line, literals: { line_type: 'sale' } },
  refund: { ...line, literals: { line_type: 'refund' } },
}
