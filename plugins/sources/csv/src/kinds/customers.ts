import { sameNames, type KindSpec } from './kind_spec.ts'

export const customers: KindSpec = {
  title: 'Customers',
  required: ['customer_id'],
  row: {
    kind: 'customer',
    fields: sameNames(
      'customer_id',
      'created_at',
      'updated_at',
      'client_id',
      'email',
      'phone',
      'country',
      'city'
    ),
  },
}
