import type { Condition, Metric } from './types.ts'

/** Net sales: what the definitions call N. */
export const netSales = { gross: 1, discount: -1, refunded: -1 } as const

const partOfOrder = 'It would be the value of a part of each order, not of the order'
const noOrders = 'There are no orders'
const noCustomers = 'There are no customers'
const noCosts = 'No product costs are known'
/** A margin without any cost of goods would be the revenue under another name. */
export const knownCosts: Condition = { part: 'cogs', holds: 'not_zero', reason: noCosts }
/** Contribution margin: what the definitions call CM. Fulfilment is not known yet. */
export const margin = { ...netSales, cogs: -1, fees: -1 } as const

/** Figures of orders, refunds and customers. */
export const salesMetrics: readonly Metric[] = [
  {
    key: 'revenue',
    title: { en: 'Net sales', ru: 'Выручка' },
    unit: 'money',
    formula: 'gross_sales − discounts − refunds',
    numerator: netSales,
  },
  {
    key: 'gross_sales',
    title: { en: 'Gross sales', ru: 'Продажи до скидок и возвратов' },
    unit: 'money',
    formula: 'Σ price × quantity before tax, shipping and discounts',
    numerator: { gross: 1 },
  },
  {
    key: 'discounts',
    title: { en: 'Discounts', ru: 'Скидки' },
    unit: 'money',
    formula: 'Σ discounts of orders and their lines',
    numerator: { discount: 1 },
  },
  {
    key: 'refunds',
    title: { en: 'Refunds', ru: 'Возвраты' },
    unit: 'money',
    formula: 'Σ money given back, on the date that refund_basis chooses',
    numerator: { refunded: 1 },
  },
  {
    key: 'refund_rate',
    title: { en: 'Refund rate', ru: 'Доля возвратов' },
    unit: 'percent',
    formula: 'refunds ÷ gross_sales',
    numerator: { refunded: 1 },
    denominator: { gross: 1 },
    nullReason: 'There are no gross sales',
  },
  {
    key: 'tax',
    title: { en: 'Tax', ru: 'Налоги' },
    unit: 'money',
    formula: 'Σ tax of orders',
    numerator: { tax: 1 },
  },
  {
    key: 'shipping',
    title: { en: 'Shipping', ru: 'Доставка' },
    unit: 'money',
    formula: 'Σ shipping charged with orders',
    numerator: { shipping: 1 },
  },
  {
    key: 'total_sales',
    title: { en: 'Total sales', ru: 'Продажи с доставкой и налогами' },
    unit: 'money',
    formula: 'revenue + shipping + tax',
    numerator: { ...netSales, shipping: 1, tax: 1 },
  },
  {
    key: 'cogs',
    title: { en: 'Cost of goods', ru: 'Себестоимость' },
    unit: 'money',
    formula: 'Σ cost of the products sold, at the time of their orders',
    numerator: { cogs: 1 },
    condition: knownCosts,
  },
  {
    key: 'gross_profit',
    title: { en: 'Gross profit', ru: 'Валовая прибыль' },
    unit: 'money',
    formula: 'revenue − cogs',
    numerator: { ...netSales, cogs: -1 },
    condition: knownCosts,
  },
  {
    key: 'payment_fees',
    title: { en: 'Payment fees', ru: 'Комиссии платёжных систем' },
    unit: 'money',
    formula: 'Σ fees that payment providers kept of orders, where the shop tells them',
    numerator: { fees: 1 },
  },
  {
    key: 'contribution_margin',
    title: { en: 'Contribution margin', ru: 'Маржинальная прибыль' },
    unit: 'money',
    formula: 'gross_profit − payment_fees',
    numerator: margin,
    condition: knownCosts,
  },
  {
    key: 'orders',
    title: { en: 'Orders', ru: 'Заказы' },
    unit: 'count',
    formula: 'Paid orders with a total other than zero',
    numerator: { orders: 1 },
  },
  {
    key: 'transactions',
    title: { en: 'Transactions', ru: 'Транзакции' },
    unit: 'count',
    formula: 'The same as orders',
    numerator: { orders: 1 },
  },
  {
    key: 'cancelled_orders',
    title: { en: 'Cancelled orders', ru: 'Отменённые заказы' },
    unit: 'count',
    formula: 'Cancelled and failed orders; they are in no other figure',
    numerator: { cancelled_orders: 1 },
  },
  {
    key: 'aov',
    title: { en: 'Average order value', ru: 'Средний чек' },
    unit: 'money',
    formula: 'revenue ÷ orders',
    numerator: netSales,
    denominator: { orders: 1 },
    nullReason: noOrders,
    refuses: { product: partOfOrder, product_name: partOfOrder },
  },
  {
    key: 'customers',
    title: { en: 'Customers', ru: 'Покупатели' },
    unit: 'count',
    formula: 'Distinct persons with an order in the range',
    numerator: { customers: 1 },
  },
  {
    key: 'customers_known',
    title: { en: 'Known customers', ru: 'Известные покупатели' },
    unit: 'count',
    formula: 'Distinct persons with an order or a refund of any kind in the range',
    numerator: { known_customers: 1 },
  },
  {
    key: 'new_customers',
    title: { en: 'New customers', ru: 'Новые покупатели' },
    unit: 'count',
    formula: 'Persons whose first order ever lies in the range',
    numerator: { new_customers: 1 },
  },
  {
    key: 'returning_customers',
    title: { en: 'Returning customers', ru: 'Вернувшиеся покупатели' },
    unit: 'count',
    formula: 'customers − new_customers',
    numerator: { customers: 1, new_customers: -1 },
  },
  {
    key: 'repeat_rate',
    title: { en: 'Repeat purchase rate', ru: 'Доля повторных покупателей' },
    unit: 'percent',
    formula: 'Customers with two orders or more in the range ÷ customers',
    numerator: { repeat_customers: 1 },
    denominator: { customers: 1 },
    nullReason: noCustomers,
  },
  {
    key: 'unconverted',
    title: { en: 'Left out for lack of a rate', ru: 'Не учтено: нет курса валюты' },
    unit: 'count',
    formula: 'Orders, refunds and ad rows in another currency without an exchange rate',
    numerator: { unconverted: 1 },
  },
]
