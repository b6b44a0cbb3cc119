import { sameNames, type KindSpec } from './kind_spec.ts'

export const products: KindSpec = {
  title: 'Products',
  required: ['product_id'],
  requiredWith: { currency: ['price', 'unit_cost'] },
  row: {
    kind: 'product',
    fields: sameNames(
      'product_id',
      'updated_at',
      'sku',
      'product_name',
      'category',
      'brand',
      'price',
      'unit_cost',
      'currency',
      'cost_from'
    ),
  },
}
