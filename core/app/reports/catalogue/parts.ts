import type { Part, PartColumn, Subject, TableName } from './types.ts'

const none = 'toDecimal128(0, 9)'
const ifOrder = (column: string) =>
  `if(kind = 'order' AND state = 'valid' AND is_converted, ${column}, ${none})`
const isRefund = `kind = 'refund' AND state = 'valid' AND is_converted`
const keyIf = (condition: string, key: string) => `if(${condition}, ${key}, 0)`

type Tables = Readonly<Partial<Record<TableName, PartColumn>>>

const amount = (row: PartColumn['row']): PartColumn => ({ row, aggregate: 'amount' })
const count = (row: string): PartColumn => ({ row, aggregate: 'count' })
const keys = (row: string): PartColumn => ({ row, aggregate: 'keys' })

/** What of an amount a touch is credited with: rows of credits have amounts divided, on the chosen basis. */
const credited = (column: string): Tables => ({
  credits: amount(column),
  credited_items: amount(column),
})
const isOrder = `goal = 'order'`
const isFirstOrder = `${isOrder} AND is_new`
const creditIf = (condition: string) => `if(${condition}, credit, ${none})`
/** Of how many orders. A product's rows repeat their order's, which is counted once where any of it is credited. */
const creditedOrders = (condition: string, key: string): Tables => ({
  credits: amount(creditIf(condition)),
  credited_items: keys(keyIf(`${condition} AND credit != 0`, key)),
})

/** Amounts that an order's products share. */
const gross: Tables = {
  kpi: amount('gross'),
  orders: amount(ifOrder('gross')),
  items: amount(ifOrder('item_value')),
  ...credited('gross'),
}
const discount: Tables = {
  kpi: amount('discount'),
  orders: amount(ifOrder('discount')),
  items: amount(ifOrder('item_reduction')),
  ...credited('discount'),
}
/** A refund without an order counts on its own date on either basis. */
const refunded: Tables = {
  kpi: amount({ order_date: 'refunded_by_order_date', refund_date: 'refunded_by_refund_date' }),
  orders: amount({
    order_date: `if(kind = 'order', ${ifOrder('refunded')}, if(${isRefund} AND order_key = 0, refunded, ${none}))`,
    refund_date: `if(${isRefund}, refunded, ${none})`,
  }),
  // Refunds of products are dated by the table's date column, which follows the basis.
  items: amount(`if(${isRefund}, item_value, ${none})`),
  ...credited('refunded'),
}

/** Amounts that an order has as a whole. */
const ofWholeOrders = (column: string): Tables => ({
  kpi: amount(column),
  orders: amount(ifOrder(column)),
  credits: amount(column),
})

const orders: Tables = {
  kpi: count('orders'),
  orders: count('toUInt64(is_counted)'),
  items: keys(keyIf('is_counted', 'order_key')),
  ...creditedOrders(isOrder, 'conversion_key'),
}
const newCustomers: Tables = {
  kpi: count('new_customers'),
  orders: count('toUInt64(is_counted AND is_new)'),
  items: keys(keyIf('is_counted AND is_new', 'customer_key')),
  ...creditedOrders(isFirstOrder, 'person_key'),
}
const isCancelled = `kind = 'order' AND state = 'cancelled'`
const cancelled: Tables = {
  kpi: count('cancelled_orders'),
  orders: count(`toUInt64(${isCancelled})`),
  items: keys(keyIf(isCancelled, 'order_key')),
}

const ofRows = (column: PartColumn, creditedColumn?: PartColumn): Tables => ({
  orders: column,
  items: column,
  ...(creditedColumn && { credits: creditedColumn, credited_items: creditedColumn }),
})
/** Persons of whom an order is credited to it, in whole or in part. */
const isCredited = `${isOrder} AND credit != 0`
const customers = ofRows(
  keys(keyIf('is_counted', 'customer_key')),
  keys(keyIf(isCredited, 'person_key'))
)
const repeaters = (condition: string, person: string, order: string): PartColumn => ({
  row: `if(${condition} AND ${person} != 0, (${person}, ${order}), (toUInt64(0), toUInt64(0)))`,
  aggregate: 'repeaters',
})

/** What touches of channels that cost money are credited with. */
const ofPaidTouches = (row: string): Tables => ({
  credits: amount(`if(is_paid, ${row}, ${none})`),
})

const spend = (column: PartColumn): Tables => ({ kpi: column })

const definitions: Readonly<Record<Subject, Readonly<Record<string, Tables>>>> = {
  orders: {
    gross,
    discount,
    refunded,
    tax: ofWholeOrders('tax'),
    shipping: ofWholeOrders('shipping'),
    cogs: ofWholeOrders('cogs'),
    fees: ofWholeOrders('fees'),
    orders,
    new_customers: newCustomers,
    cancelled_orders: cancelled,
    customers,
    known_customers: ofRows(keys(keyIf(`state != 'test'`, 'customer_key'))),
    repeat_customers: ofRows(
      repeaters('is_counted', 'customer_key', 'order_key'),
      repeaters(isCredited, 'person_key', 'conversion_key')
    ),
    paid_gross: ofPaidTouches('gross'),
    paid_discount: ofPaidTouches('discount'),
    paid_refunded: ofPaidTouches('refunded'),
    paid_orders: ofPaidTouches(creditIf(isOrder)),
    paid_new_customers: ofPaidTouches(creditIf(isFirstOrder)),
  },
  spend: {
    cost: spend(amount('cost')),
    impressions: spend(count('impressions')),
    clicks: spend(count('clicks')),
    platform_conversions: spend(amount('platform_conversions')),
    platform_revenue: spend(amount('platform_revenue')),
    platforms: spend({
      row: `if(platform_conversions = 0 AND platform_revenue = 0, '', concat(source_type, '/', source))`,
      aggregate: 'texts',
    }),
  },
  facts: { unconverted: spend(count('unconverted')) },
}

const parts = new Map<string, Part>(
  Object.entries(definitions).flatMap(([subject, group]) =>
    Object.entries(group).map(([key, tables]) => [
      key,
      { key, subject: subject as Subject, tables },
    ])
  )
)

/** A part that the catalogue names; an unknown one is a mistake in the catalogue. */
export function partOf(key: string): Part {
  const part = parts.get(key)
  if (!part) throw new Error(`The catalogue has no part ${key}`)
  return part
}
