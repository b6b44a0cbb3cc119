import { sameNames, UTM, type KindSpec } from './kind_spec.ts'

export const orders: KindSpec = {
  title: 'Orders',
  required: ['order_id', 'ordered_at', 'total', 'currency'],
  row: {
    kind: 'order',
    fields: sameNames(
      'order_id',
      'ordered_at',
      'updated_at',
      'status',
      'is_test',
      'is_cancelled',
      'total',
      'revenue',
      'gross',
      'discount',
      'tax',
      'shipping',
      'currency',
      'customer_id',
      'client_id',
      'email',
      'phone',
      'country',
      'device',
      'coupon',
      ...UTM,
      'landing_page',
      'referrer'
    ),
  },
  refund: {
    kind: 'refund',
    fields: {
      refund_id: 'order_id',
      order_id: 'refund_of',
      refunded_at: 'ordered_at',
      amount: 'total',
      ...sameNames('currency', 'customer_id', 'email', 'phone', 'country'),
    },
    absolute: ['amount'],
  },
}
