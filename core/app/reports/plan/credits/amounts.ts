import type { RefundBasis, TableName } from '../../catalogue/types.ts'
import type { Plan } from '../types.ts'

/** What of a conversion is divided among touches. */
const amounts = ['gross', 'discount', 'refunded', 'tax', 'shipping', 'cogs', 'fees'] as const
export type Amount = (typeof amounts)[number]

const none = 'toDecimal128(0, 9)'
const ofSales = (column: string) => `if(goal != 'refund', ${column}, ${none})`
const ofRefunds = (column: string) => `if(goal = 'refund', ${column}, ${none})`

/** An order knows all that was refunded of it; a refund without an order counts on its own day on either basis. */
const refunded: Readonly<Record<RefundBasis, string>> = {
  order_date: `if(goal = 'refund' AND order_key != 0, ${none}, refunded)`,
  refund_date: ofRefunds('refunded'),
}

/** SQL over a row of `journeys`, or over that and a product of it: the amount of the row that counts. */
export function wholeAmount(amount: Amount, table: TableName, basis: RefundBasis): string {
  if (table === 'credited_items') {
    if (amount === 'refunded') return ofRefunds('item_value')
    return ofSales(amount === 'gross' ? 'item_value' : 'item_reduction')
  }
  return amount === 'refunded' ? refunded[basis] : ofSales(amount)
}

/** The amounts that the plan's parts in the table are made of. */
export function amountsOf(plan: Pick<Plan, 'parts'>, table: TableName): Amount[] {
  const asked = plan.parts
    .filter((planned) => planned.table === table)
    .map(({ part }) => part.key.replace(/^paid_/, ''))
  return amounts.filter((amount) => asked.includes(amount))
}
