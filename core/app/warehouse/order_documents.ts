import { currentFacts, inVersion, onlyFacts } from './versions.ts'

const ofSource = (values: string, fallback: string) =>
  `transform(integration_id, {source_ids:Array(UInt64)}, ${values}, ${fallback})`
export const namespace = ofSource('{namespaces:Array(String)}', 'toString(integration_id)')
export const sourceType = ofSource('{source_types:Array(String)}', `''`)
export const rank = ofSource('{ranks:Array(UInt64)}', 'toUInt64(0)')

/** '' is no order: it would match every line that refunds none. */
export const dirty = `SELECT order_id FROM dirty_orders
  WHERE project_id = {project_id:UInt64} AND commit_id = {commit_id:UInt64} AND order_id != ''`

export const money = (expression: string): string => `toDecimal128(${expression}, 9)`

/** Names a document wherever it comes from: several integrations of a namespace may know it. */
export const factKey = `cityHash64(${namespace}, kind, document_id)`

/**
 * Exact, and it cannot overflow: the SDK bounds quantities by 10^9 and prices by 10^11, and 20 digits
 * remain before the point. (`multiplyDecimal` knows no bounds, but takes 20 times as long.)
 */
const lineAmount = money('line.quantity * line.unit_price')

const touchedLines = `order_id IN (${dirty}) OR refund_of IN (${dirty})`
const touchedRefunds = `order_id IN (${dirty}) OR (order_id = '' AND refund_id IN (${dirty}))`
const current = (log: string, touched: string) =>
  currentFacts(log, 'order_id', '*', `${inVersion} AND (${touched})`)

/** A list may name a document twice: the later row is what it means. */
const lastRow = (facts: string, document: string) => `
  SELECT * FROM (${facts})
  ORDER BY integration_id, ${document}, toUInt64OrZero(record_key) DESC, fact_id
  LIMIT 1 BY integration_id, ${document}`

const orders = lastRow(current('order_log', `order_id IN (${dirty})`), 'order_id')
const refunds = lastRow(current('refund_log', touchedRefunds), 'refund_id')

/** Lines of the dirty orders; `isFirst`: the log holds nothing older than the commit. */
const lines = (isFirst: boolean) =>
  (isFirst ? onlyFacts : currentFacts)(
    'order_line_log',
    'order_id',
    '*',
    `${inVersion} AND (${touchedLines})`
  )

/**
 * The first line of an order says most about it, and its items stand in the order of the log.
 *
 * TRICKY: both take what comes first, so one thread has to read the lines. Looking for the first line
 * and sorting the items in each order takes longer, with all threads.
 */
export const inOrderOfLines = { max_threads: 1 } as const

const first = (column: string) => `any(line.${column}) AS ${column}`
const firstKnown = (column: string) => `anyIf(line.${column}, line.${column} != '') AS ${column}`
const head = ['country', 'utm_source', 'utm_medium', 'utm_campaign', 'coupon']
const person = ['customer_id', 'client_id', 'email_hash', 'phone_hash']

/** One line without a rate leaves its whole order out: the sum of two currencies is no amount. */
const currency = `anyIf(line.currency, line.currency NOT IN ('', {currency:String})) AS foreign_currency,
    if(foreign_currency = '', any(line.currency), foreign_currency) AS currency`

/** Lines of one number: of an order, or of a credit note. The fact id makes their order total. */
const fromLines = (isFirst: boolean) => `
  SELECT integration_id, order_id AS document_id, if(line_type = 'refund', 'refund', 'order') AS kind,
    if(kind = 'refund', any(line.refund_of), '') AS refund_of, min(line.ordered_at) AS event_time, 'valid' AS state,
    ${[...person.map(firstKnown), ...head.map(first), currency].join(', ')}, '' AS device, '' AS landing_page,
    sum(${lineAmount}) AS line_total, sum(line.discount) AS discount,
    sum(line.tax) AS tax, sum(line.shipping) AS shipping
  FROM (
    SELECT * FROM (${lines(isFirst)})
    ORDER BY project_id, order_id, ordered_at, toUInt64OrZero(record_key), fact_id
  ) AS line
  GROUP BY integration_id, order_id, line_type`

const orderGross = `ifNull(gross, ifNull(revenue, total - tax - shipping) + discount)`

const fromOrders = `
  SELECT integration_id, order_id AS document_id, 'order' AS kind, '' AS refund_of, ordered_at AS event_time,
    multiIf(is_test, 'test', is_cancelled, 'cancelled', 'valid') AS state,
    customer_id, client_id, email_hash, phone_hash, country, device, utm_source, utm_medium, utm_campaign,
    landing_page, coupon, currency, ${money(orderGross)} AS line_total, discount, tax, shipping
  FROM (${orders})`

/** What was given back for merchandise, where the vendor tells it from shipping and tax. */
const fromRefunds = `
  SELECT integration_id, refund_id AS document_id, 'refund' AS kind, order_id AS refund_of, refunded_at AS event_time,
    'valid' AS state, customer_id, '' AS client_id, email_hash, phone_hash, country, '' AS device,
    '' AS utm_source, '' AS utm_medium, '' AS utm_campaign, '' AS landing_page, '' AS coupon, currency,
    if(empty(item_amount), amount, arraySum(item_amount)) AS line_total, ${money('0')} AS discount, ${money('0')} AS tax, ${money('0')} AS shipping
  FROM (${refunds})`

const documentColumns = `integration_id, document_id, kind, refund_of, event_time, state, customer_id, client_id,
  email_hash, phone_hash, country, device, utm_source, utm_medium, utm_campaign, landing_page, coupon, currency,
  line_total, discount, tax, shipping`

const union = (columns: string, selects: readonly string[]) =>
  selects.map((select) => `SELECT ${columns} FROM (${select})`).join('\nUNION ALL\n')

/** Orders and refunds of the dirty keys, from whatever each source delivers. */
export const documents = (isFirst: boolean): string =>
  union(documentColumns, [fromLines(isFirst), fromOrders, fromRefunds])

const list = (expression: string, name: string) => `groupArray(${expression}) AS item_${name}`
const none = `arrayResize([${money('0')}], length(item_product_id), ${money('0')})`

const itemsOfLines = (isFirst: boolean) => `
  SELECT integration_id, order_id AS document_id, if(line_type = 'refund', 'refund', 'order') AS kind,
    ${list('line.product_id', 'product_id')}, ${list('line.product_name', 'product_name')},
    ${list('line.quantity', 'quantity')}, ${list(`if(line.line_type = 'refund', abs(${lineAmount}), ${lineAmount})`, 'gross')},
    ${list('line.discount', 'discount')}
  FROM (${lines(isFirst)}) AS line
  GROUP BY integration_id, order_id, line_type`

const itemsOfOrders = `
  SELECT integration_id, order_id AS document_id, 'order' AS kind,
    item_product_id, item_product_name, item_quantity, item_gross, item_discount
  FROM (${orders})`

const itemsOfRefunds = `
  SELECT integration_id, refund_id AS document_id, 'refund' AS kind,
    item_product_id, arrayResize([''], length(item_product_id), '') AS item_product_name, ${none} AS item_quantity,
    arrayMap(amount -> abs(amount), item_amount) AS item_gross, ${none} AS item_discount
  FROM (${refunds})`

export const itemColumns =
  'item_product_id, item_product_name, item_quantity, item_gross, item_discount'

/** Items of the documents. Apart from them, because moving lists about is most of the work. */
export const items = (isFirst: boolean): string => `
  SELECT integration_id, ${factKey} AS fact_key, ${itemColumns}
  FROM (${union(`integration_id, document_id, kind, ${itemColumns}`, [itemsOfLines(isFirst), itemsOfOrders, itemsOfRefunds])})`
