import { sameNames, UTM, type KindSpec } from './kind_spec.ts'

export const deals: KindSpec = {
  title: 'Deals',
  required: ['deal_id', 'created_at'],
  requiredWith: { currency: ['amount'] },
  row: {
    kind: 'deal',
    fields: sameNames(
      'deal_id',
      'created_at',
      'updated_at',
      'closed_at',
      'pipeline',
      'stage',
      'won',
      'amount',
      'currency',
      'contact_id',
      'client_id',
      'email',
      'phone',
      'order_id',
      ...UTM
    ),
  },
}
