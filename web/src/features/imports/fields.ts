/**
 * The canonical fields of each kind of file, and how their columns are usually called.
 * A guess only fills the form; the person sees it and may change it.
 */
export const KINDS = ['order_lines', 'orders', 'ad_spend', 'touchpoints', 'deals'] as const
export type Kind = (typeof KINDS)[number]

const ALIASES = {
  order_id: /^(invoice|order|receipt|transaction)[\s_-]*(no|nr|num|number|id|name)?$|^(номер[\s_]*)?заказ/,
  ordered_at:
    /^(invoice|order|purchase|created|transaction|sale)[\s_-]*(date|time|datetime|at|on)+$|^date$|^дата/,
  quantity: /^(qty|quantity|count|units|pcs|amount of items)$|^кол/,
  unit_price: /^(unit[\s_-]*)?(price|cost per item)$|^(item|line)[\s_-]*price$|^цена/,
  product_id: /^(stock[\s_-]*code|product[\s_-]*(id|code)|item[\s_-]*(id|code))$|^артикул|^код/,
  product_name: /^(description|product|item|product[\s_-]*name|item[\s_-]*name|title)$|^(наимен|товар|назван)/,
  sku: /^sku$/,
  customer_id: /^(customer|client|user|buyer)[\s_-]*(id|no|number)$|^customer$|^(клиент|покупател)/,
  client_id: /^(ga[\s_-]*)?(client|visitor|cookie)[\s_-]*id$/,
  email: /e-?mail|^почта/,
  phone: /phone|mobile|^тел/,
  country: /^(shipping[\s_-]*|billing[\s_-]*)?country([\s_-]*code)?$|^страна/,
  discount: /discount|^скидк/,
  tax: /^(tax|vat|taxes)([\s_-]*amount)?$|^(ндс|налог)/,
  shipping: /^(shipping|delivery|freight)([\s_-]*(cost|amount|price))?$|^доставк/,
  total: /^(grand[\s_-]*|order[\s_-]*)?(total|amount|sum|value)$|^(сумма|итог)/,
  revenue: /^(net[\s_-]*)?(revenue|sales)$|^выручк/,
  currency: /^currency([\s_-]*code)?$|^валют/,
  status: /^(order[\s_-]*|financial[\s_-]*)?status$|^статус/,
  coupon: /coupon|promo[\s_-]*code|voucher|^промокод/,
  refund_of: /^(refund[\s_-]*of|original[\s_-]*(order|invoice))/,
  utm_source: /^utm[\s_-]*source$/,
  utm_medium: /^utm[\s_-]*medium$/,
  utm_campaign: /^utm[\s_-]*campaign$/,
  occurred_at: /^(occurred[\s_-]*at|timestamp|time|date[\s_-]*time|date)$|^дата/,
  channel: /^channel|^канал/,
  source: /^source|^источник/,
  medium: /^medium/,
  campaign: /^campaign([\s_-]*name)?$|^(кампан|рекламная кампан)/,
  content: /^(ad[\s_-]*)?content$/,
  term: /^(term|keyword)$|^ключев/,
  click_id: /^(gclid|fbclid|yclid|click[\s_-]*id)$/,
  referrer: /^referr?er$/,
  landing_page: /^landing([\s_-]*page)?$/,
  date: /^(date|day|report[\s_-]*date)$|^(дата|день)/,
  account: /^account([\s_-]*name)?$|^(аккаунт|кабинет)/,
  campaign_id: /^campaign[\s_-]*id$/,
  ad_group: /^(ad[\s_-]*group|ad[\s_-]*set)([\s_-]*name)?$|^групп/,
  ad: /^ad([\s_-]*name)?$|^объявлен/,
  cost: /^(cost|spend|spent|amount[\s_-]*spent.*)$|^(расход|затрат|стоимост)/,
  impressions: /^impr(essions|\.)?$|^показ/,
  clicks: /^(link[\s_-]*)?clicks$|^клик/,
  conversions: /^(conversions|results|purchases)$|^конверси/,
  conversion_value: /^(conversion|conv\.)[\s_-]*value$|^ценность/,
  deal_id: /^(deal|lead|opportunity)[\s_-]*(id|no)?$|^(сделк|id)/,
  created_at: /^(created|opened)[\s_-]*(at|on|date)?$|^(созда|дата созд)/,
  closed_at: /^closed?[\s_-]*(at|on|date)?$|^(закры|дата закр)/,
  stage: /^(stage|pipeline[\s_-]*stage|status)$|^(этап|стади|статус)/,
  won: /^(won|is[\s_-]*won)$|^успеш/,
  amount: /^(amount|budget|value|sum)$|^(сумма|бюджет)/,
  contact_id: /^contact[\s_-]*(id)?$|^контакт/,
} as const

export type Field = keyof typeof ALIASES

interface FieldSpec {
  field: Field
  required: boolean
}

const required = (...fields: Field[]): FieldSpec[] =>
  fields.map((field) => ({ field, required: true }))
const optional = (...fields: Field[]): FieldSpec[] =>
  fields.map((field) => ({ field, required: false }))

const UTM: Field[] = ['utm_source', 'utm_medium', 'utm_campaign']

/** In the order the form shows them. */
export const FIELDS: Record<Kind, readonly FieldSpec[]> = {
  order_lines: [
    ...required('order_id', 'ordered_at', 'quantity', 'unit_price'),
    ...optional('product_id', 'product_name', 'sku', 'customer_id', 'email', 'phone', 'country'),
    ...optional('discount', 'tax', 'shipping', 'currency', 'refund_of', 'coupon', 'client_id'),
    ...optional(...UTM),
  ],
  orders: [
    ...required('order_id', 'ordered_at', 'total'),
    ...optional('revenue', 'tax', 'shipping', 'discount', 'currency', 'status', 'customer_id'),
    ...optional('email', 'phone', 'client_id', 'country', 'coupon', ...UTM),
  ],
  ad_spend: [
    ...required('date', 'cost'),
    ...optional('source', 'account', 'campaign', 'campaign_id', 'ad_group', 'ad', 'impressions'),
    ...optional('clicks', 'conversions', 'conversion_value', 'currency'),
  ],
  touchpoints: [
    ...required('occurred_at'),
    ...optional('client_id', 'customer_id', 'channel', 'source', 'medium', 'campaign', 'content'),
    ...optional('term', 'click_id', 'referrer', 'landing_page'),
  ],
  deals: [
    ...required('deal_id', 'created_at'),
    ...optional('closed_at', 'stage', 'won', 'amount', 'currency', 'contact_id', 'email', 'phone'),
    ...optional('order_id', 'client_id', ...UTM),
  ],
}

/** InvoiceNo → invoice no; the aliases are written against this form. */
const plain = (header: string): string =>
  header
    .replace(/([a-zа-я])([A-ZА-Я])/g, '$1 $2')
    .toLowerCase()
    .trim()

export type Columns = Partial<Record<Field, string>>

/** Every field takes the first column that bears its name and is not taken yet. */
export function guessColumns(kind: Kind, headers: readonly string[]): Columns {
  const taken = new Set<string>()
  const columns: Columns = {}
  for (const { field } of FIELDS[kind]) {
    const match =
      headers.find((header) => !taken.has(header) && plain(header).replace(/[\s-]+/g, '_') === field) ??
      headers.find((header) => !taken.has(header) && ALIASES[field].test(plain(header)))
    if (match === undefined) continue
    taken.add(match)
    columns[field] = match
  }
  return columns
}

/** The kind most of whose required fields find a column; on a draw the one with more fields. */
export function guessKind(headers: readonly string[]): Kind {
  const score = (kind: Kind): number => {
    const columns = guessColumns(kind, headers)
    const needed = FIELDS[kind].filter((spec) => spec.required)
    const found = needed.filter(({ field }) => columns[field] !== undefined).length
    return found / needed.length + Object.keys(columns).length / 100
  }
  return KINDS.reduce((best, kind) => (score(kind) > score(best) ? kind : best))
}
