import { inSlices } from '#warehouse/public'
import type { Faults } from '../plan/fault.ts'
import { arityOf, filterCondition, type Filter } from '../plan/filters.ts'

/** What is known of a conversion itself: SQL over a row of `journeys`. */
const columns: Readonly<Record<string, string>> = {
  country: 'country',
  device: 'device',
  source_type: 'source_type',
  integration_id: 'toString(integration_id)',
  coupon: 'coupon',
  customer_type: `multiIf(person_key = 0, '', is_new, 'new', 'returning')`,
}

/** Known of orders only. */
const ofOrders = new Set(['coupon', 'customer_type', 'product', 'product_name'])
const ofItems = new Set(['product', 'product_name'])

function refusal({ dimension }: Filter, goal: string): string | undefined {
  if (ofOrders.has(dimension.key)) {
    return goal === 'order' ? undefined : `"${dimension.key}" is known of orders only`
  }
  if (columns[dimension.key] !== undefined) return undefined
  return `"${dimension.key}" is not known of a conversion; contains_step chooses paths by their steps`
}

/** Notes the filters that conversions of this kind cannot be chosen by. */
export function refuseFilters(filters: readonly Filter[], goal: string, faults: Faults): void {
  for (const [index, filter] of filters.entries()) {
    const why = refusal(filter, goal)
    if (why !== undefined) faults.add(`filters.${index}.dimension`, 'meaningless', why)
  }
}

/** As in reports of products, an order is one of all products that it has. */
const ordersWithItem = (condition: string) => `conversion_key IN (
      SELECT order_key FROM order_facts
      ARRAY JOIN item_product_id AS product_id, item_product_name AS product_name
      WHERE ${inSlices('orders')} AND kind = 'order' AND date BETWEEN {date_from:Date} AND {date_to:Date} AND ${condition}
    )`

/** Conditions over a row of `journeys`; the values are bound as `filter_…`. */
export function filterConditions(filters: readonly Filter[]): string[] {
  return filters.map((filter, index) => {
    const { dimension } = filter
    const name = `filter_${index}`
    if (ofItems.has(dimension.key)) return ordersWithItem(filterCondition(filter, 'items', name))
    const column = columns[dimension.key] ?? `''`
    return filterCondition(
      { ...filter, dimension: { ...dimension, columns: { orders: column } } },
      'orders',
      name
    )
  })
}

export function filterParameters(filters: readonly Filter[]): Record<string, readonly string[]> {
  return Object.fromEntries(
    filters.flatMap(({ op, values }, index) =>
      arityOf(op) === 'none' ? [] : [[`filter_${index}`, values]]
    )
  )
}
