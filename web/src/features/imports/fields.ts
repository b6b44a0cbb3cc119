/**
 * The canonical fields of each kind of file, as the source of files declares them, in the order
 * the form shows them.
 */
import type { Field } from './aliases.ts'

export type { Field } from './aliases.ts'

export const KINDS = [
  'order_lines',
  'orders',
  'ad_spend',
  'touchpoints',
  'deals',
  'customers',
  'products',
] as const
export type Kind = (typeof KINDS)[number]

/** Kinds whose rows a rule may turn into refunds. */
export const REFUNDABLE: readonly Kind[] = ['order_lines', 'orders']

interface FieldSpec {
  field: Field
  required: boolean
}

const required = (...fields: Field[]): FieldSpec[] =>
  fields.map((field) => ({ field, required: true }))
const optional = (...fields: Field[]): FieldSpec[] =>
  fields.map((field) => ({ field, required: false }))

const UTM: Field[] = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term']
const PERSON: Field[] = ['customer_id', 'email', 'phone', 'client_id']

export const FIELDS: Record<Kind, readonly FieldSpec[]> = {
  order_lines: [
    ...required('order_id', 'ordered_at', 'quantity', 'unit_price'),
    ...optional('product_id', 'product_name', 'sku', ...PERSON, 'country', 'discount', 'tax'),
    ...optional('shipping', 'currency', 'refund_of', 'coupon'),
    ...optional('utm_source', 'utm_medium', 'utm_campaign'),
  ],
  orders: [
    ...required('order_id', 'ordered_at', 'total'),
    ...optional('revenue', 'gross', 'tax', 'shipping', 'discount', 'currency', 'status', ...PERSON),
    ...optional('country', 'device', 'coupon', 'is_test', 'is_cancelled', 'refund_of', ...UTM),
    ...optional('landing_page', 'referrer', 'updated_at'),
  ],
  ad_spend: [
    ...required('date', 'cost'),
    ...optional('source', 'medium', 'account', 'campaign', 'ad_group', 'ad', 'impressions'),
    ...optional('clicks', 'conversions', 'conversion_value', 'currency', 'country', 'device'),
    ...optional('account_id', 'campaign_id', 'ad_group_id', 'ad_id'),
  ],
  touchpoints: [
    ...required('occurred_at'),
    ...optional(...PERSON, 'channel', 'source', 'medium', 'campaign', 'campaign_id', 'content'),
    ...optional('term', 'click_id', 'referrer', 'landing_page', 'country', 'device', 'order_id'),
  ],
  deals: [
    ...required('deal_id', 'created_at'),
    ...optional('closed_at', 'pipeline', 'stage', 'won', 'amount', 'currency', 'contact_id'),
    ...optional('email', 'phone', 'order_id', 'client_id', 'updated_at', ...UTM),
  ],
  customers: [
    ...required('customer_id'),
    ...optional('email', 'phone', 'client_id', 'created_at', 'updated_at', 'country', 'city'),
  ],
  products: [
    ...required('product_id'),
    ...optional('product_name', 'sku', 'category', 'brand', 'price', 'unit_cost', 'currency'),
    ...optional('cost_from', 'updated_at'),
  ],
}

/** Whether a kind speaks of money, so that its currency has to be known. */
export const hasCurrency = (kind: Kind): boolean =>
  FIELDS[kind].some(({ field }) => field === 'currency')

const TIMES: readonly Field[] = ['ordered_at', 'date', 'occurred_at', 'created_at', 'updated_at']

/** The field whose values show how the file writes dates. */
export const timeField = (kind: Kind): Field | undefined =>
  FIELDS[kind].find(({ field }) => TIMES.includes(field))?.field
