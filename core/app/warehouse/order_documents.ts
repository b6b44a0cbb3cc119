import { currentFacts, inVersion, onlyFacts } from './versions.ts'

const ofSource = (values: string, fallback: string) =>
  `transform(integration_id, {source_ids:Array(UInt64)}, ${values}, ${fallback})`
export const namespace = ofSource('{namespaces:Array(String)}', 'toString(integration_id)')
export const sourceType = ofSource('{source_types:Array(String)}', `''`)
export const rank = ofSource('{ranks:Array(UInt64)}', 'toUInt64(0)')

/** '' is no order: it would match every line that refunds none. */
export const dirty = `SELECT order_id FROM dirty_orders
  WHERE project_id = {project_id:UInt64} AND commit_id = {commit_id:UInt64} AND order_id != ''`

/**
 * Whether an order or refund belongs to the share of them that a statement is about: one statement for
 * all would hold all of them in memory.
 */
export const inShare = (id: string): string =>
  `cityHash64(${id}) % {chunks:UInt32} = {chunk:UInt32}`

/** Numbers of orders, credit notes and refunds of the share: all that may belong to a dirty order. */
export const listed = `SELECT document_id FROM dirty_orders
  WHERE project_id = {project_id:UInt64} AND commit_id = {commit_id:UInt64} AND ${inShare('document_id')}`

/** Of the documents by these numbers, those that do. */
export const isDirty = `(document_id, if(refund_of = '', document_id, refund_of)) IN (
    SELECT document_id, order_id FROM dirty_orders
    WHERE project_id = {project_id:UInt64} AND commit_id = {commit_id:UInt64} AND ${inShare('document_id')}
  )`

/** The same of a first load, of which all documents are dirty that have a number. */
export const isNumbered = `if(refund_of = '', document_id, refund_of) != ''`

export const money = (expression: string): string => `toDecimal128(${expression}, 9)`

/** Names a document wherever it comes from: several integrations of a namespace may know it. */
export const factKey = `cityHash64(${namespace}, kind, document_id)`

export const itemColumns =
  'item_product_id, item_product_name, item_quantity, item_gross, item_discount'

/** Logs that orders and refunds are made of, and the column that names the document. */
export const orderLogs = {
  order_line_log: 'order_id',
  order_log: 'order_id',
  refund_log: 'refund_id',
} as const
export type OrderLog = keyof typeof orderLogs

/** Rows of a log that may belong to a dirty order of the share; of a first load they all do. */
export const ofShare = (log: OrderLog, isFirst: boolean): string => {
  const number = orderLogs[log]
  return `${inVersion} AND ${isFirst ? inShare(number) : `${number} IN (${listed})`}`
}

/** Facts of a log as they stand. Where all came with one commit, none of them has an earlier version. */
const current = ({ log, isOneCommit, isFirst }: KnownFacts) =>
  (isOneCommit ? onlyFacts : currentFacts)(log, 'order_id', '*', ofShare(log, isFirst))

/** A list may name a document twice: the later row is what it means. */
const lastRow = (facts: string, document: string) => `
  SELECT * FROM (${facts})
  ORDER BY integration_id, ${document}, toUInt64OrZero(record_key) DESC, fact_id
  LIMIT 1 BY integration_id, ${document}`

/**
 * Exact, and it cannot overflow: the SDK bounds quantities by 10^9 and prices by 10^11, and 20 digits
 * remain before the point. (`multiplyDecimal` knows no bounds, but takes 20 times as long.)
 */
const lineAmount = money('quantity * unit_price')

/** Place of a line among those of its document, as one number: by time, line, and fact, which decides. */
const place = `bitOr(bitOr(
    bitShiftLeft(toUInt256(toUnixTimestamp64Milli(ordered_at)), 192),
    bitShiftLeft(toUInt256(toUInt64OrZero(record_key)), 128)), toUInt256(fact_id))`

const lines = (facts: string) =>
  `SELECT *, ${place} AS place, ${lineAmount} AS amount FROM (${facts})`

/** What the first line says counts. */
const head = ['country', 'utm_source', 'utm_medium', 'utm_campaign', 'coupon']
/** Who it was may be told by a later line. */
const person = ['customer_id', 'client_id', 'email_hash', 'phone_hash']
const firstKnown = (column: string) =>
  `argMinIf(line.${column}, place, line.${column} != '') AS ${column}`

const itemFields = ['product_id', 'product_name', 'quantity', 'gross', 'discount']
const item = `(place, line.product_id, line.product_name, line.quantity,
    if(line.line_type = 'refund', abs(amount), amount), line.discount)`

/**
 * Lines of one number: of an order, or of a credit note. One line without a rate leaves its whole order
 * out: the sum of two currencies is no amount.
 */
const fromLines = (facts: string) => `
  SELECT integration_id, line.order_id AS document_id, if(line_type = 'refund', 'refund', 'order') AS kind,
    min(line.ordered_at) AS event_time, 'valid' AS state,
    argMin((${['refund_of', 'currency', ...head].map((column) => `line.${column}`).join(', ')}), place) AS first,
    if(kind = 'refund', first.1, '') AS refund_of,
    ${head.map((column, index) => `first.${index + 3} AS ${column}`).join(', ')},
    argMinIf(line.currency, place, line.currency NOT IN ('', {currency:String})) AS foreign_currency,
    if(foreign_currency = '', first.2, foreign_currency) AS currency,
    ${person.map(firstKnown).join(', ')}, '' AS device, '' AS landing_page,
    sum(amount) AS line_total, sum(line.discount) AS discount, sum(line.tax) AS tax, sum(line.shipping) AS shipping,
    ${money('0')} AS fees,
    arraySort(item -> item.1, groupArray(${item})) AS items,
    ${itemFields.map((field, index) => `items.${index + 2} AS item_${field}`).join(', ')}
  FROM (${lines(facts)}) AS line
  GROUP BY integration_id, line.order_id, line_type`

const orderGross = `ifNull(gross, ifNull(revenue, total - tax - shipping) + discount)`

const fromOrders = (facts: string) => `
  SELECT integration_id, order_id AS document_id, 'order' AS kind, '' AS refund_of, ordered_at AS event_time,
    multiIf(is_test, 'test', is_cancelled, 'cancelled', 'valid') AS state,
    customer_id, client_id, email_hash, phone_hash, country, device, utm_source, utm_medium, utm_campaign,
    landing_page, coupon, currency, ${money(orderGross)} AS line_total, discount, tax, shipping, fees,
    ${itemColumns}
  FROM (${lastRow(facts, 'order_id')})`

const none = `arrayResize([${money('0')}], length(item_product_id), ${money('0')})`

/** What was given back for merchandise, where the vendor tells it from shipping and tax. */
const fromRefunds = (facts: string) => `
  SELECT integration_id, refund_id AS document_id, 'refund' AS kind, order_id AS refund_of, refunded_at AS event_time,
    'valid' AS state, customer_id, '' AS client_id, email_hash, phone_hash, country, '' AS device,
    '' AS utm_source, '' AS utm_medium, '' AS utm_campaign, '' AS landing_page, '' AS coupon, currency,
    if(empty(item_amount), amount, arraySum(item_amount)) AS line_total,
    ${money('0')} AS discount, ${money('0')} AS tax, ${money('0')} AS shipping, ${money('0')} AS fees,
    item_product_id, arrayResize([''], length(item_product_id), '') AS item_product_name, ${none} AS item_quantity,
    arrayMap(amount -> abs(amount), item_amount) AS item_gross, ${none} AS item_discount
  FROM (${lastRow(facts, 'refund_id')})`

const documentColumns = `integration_id, document_id, kind, refund_of, event_time, state, customer_id, client_id,
  email_hash, phone_hash, country, device, utm_source, utm_medium, utm_campaign, landing_page, coupon, currency,
  line_total, discount, tax, shipping, fees, ${itemColumns}`

const made: Readonly<Record<OrderLog, (facts: string) => string>> = {
  order_line_log: fromLines,
  order_log: fromOrders,
  refund_log: fromRefunds,
}

/** What a log knows of the dirty orders. */
export interface KnownFacts {
  log: OrderLog
  isOneCommit: boolean
  /** The project knew no orders before the commit. */
  isFirst: boolean
}

/** Orders and refunds of the share with their items, from each log that knows any. */
export const documents = (known: readonly KnownFacts[]): string =>
  known
    .map((facts) => made[facts.log](current(facts)))
    .map((select) => `SELECT ${documentColumns} FROM (${select})`)
    .join('\nUNION ALL\n')
