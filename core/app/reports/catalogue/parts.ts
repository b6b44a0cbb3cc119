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

/** Amounts that an order's products share. */
const gross: Tables = {
  kpi: amount('gross'),
  orders: amount(ifOrder('gross')),
  items: amount(ifOrder('item_value')),
}
const discount: Tables = {
  kpi: amount('discount'),
  orders: amount(ifOrder('discount')),
  items: amount(ifOrder('item_reduction')),
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
}

/** Amounts that an order has as a whole. */
const ofWholeOrders = (column: string): Tables => ({
  kpi: amount(column),
  orders: amount(ifOrder(column)),
})

const orders: Tables = {
  kpi: count('orders'),
  orders: count('toUInt64(is_counted)'),
  items: keys(keyIf('is_counted', 'order_key')),
}
const newCustomers: Tables = {
  kpi: count('new_customers'),
  orders: count('toUInt64(is_counted AND is_new)'),
  items: keys(keyIf('is_counted AND is_new', 'customer_key')),
}
const isCancelled = `kind = 'order' AND state = 'cancelled'`
const cancelled: Tables = {
  kpi: count('cancelled_orders'),
  orders: count(`toUInt64(${isCancelled})`),
  items: keys(keyIf(isCancelled, 'order_key')),
}

const fromOrders = (column: PartColumn): Tables => ({ orders: column, items: column })
const customers = keys(keyIf('is_counted', 'customer_key'))
const knownCustomers = keys(keyIf(`state != 'test'`, 'customer_key'))
const repeaters: PartColumn = {
  row: 'if(is_counted AND customer_key != 0, (customer_key, order_key), (toUInt64(0), toUInt64(0)))',
  aggregate: 'repeaters',
}

/** The same part, of orders that came through channels which cost money. */
function ofPaidChannels(tables: Tables): Tables {
  const paid = (row: string, aggregate: PartColumn['aggregate']) =>
    `if(channel IN {paid_channels:Array(String)}, ${row}, ${aggregate === 'amount' ? none : 'toUInt64(0)'})`
  return Object.fromEntries(
    Object.entries(tables).map(([table, { row, aggregate }]) => [
      table,
      {
        aggregate,
        row:
          typeof row === 'string'
            ? paid(row, aggregate)
            : {
                order_date: paid(row.order_date, aggregate),
                refund_date: paid(row.refund_date, aggregate),
              },
      },
    ])
  )
}

const spend = (column: PartColumn): Tables => ({ kpi: column })

const definitions: Readonly<Record<Subject, Readonly<Record<string, Tables>>>> = {
  orders: {
    gross,
    discount,
    refunded,
    tax: ofWholeOrders('tax'),
    shipping: ofWholeOrders('shipping'),
    cogs: ofWholeOrders('cogs'),
    orders,
    new_customers: newCustomers,
    cancelled_orders: cancelled,
    customers: fromOrders(customers),
    known_customers: fromOrders(knownCustomers),
    repeat_customers: fromOrders(repeaters),
    paid_gross: ofPaidChannels(gross),
    paid_discount: ofPaidChannels(discount),
    paid_refunded: ofPaidChannels(refunded),
    paid_orders: ofPaidChannels(orders),
    paid_new_customers: ofPaidChannels(newCustomers),
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
