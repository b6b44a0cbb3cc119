import type { TableName } from '../catalogue/types.ts'
import type { Plan } from './types.ts'

const ofProducts: ReadonlySet<TableName> = new Set(['items', 'credited_items'])

/** Refunded products count on the day of their order or on their own; other tables keep both sums. */
export function dateColumn(table: TableName, { refundBasis }: Pick<Plan, 'refundBasis'>): string {
  return ofProducts.has(table) && refundBasis === 'order_date' ? 'order_date' : 'date'
}
