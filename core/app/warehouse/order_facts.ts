import { channelExpression } from './channels.ts'
import { command, rows, type Params } from './client.ts'
import { currentFacts, inSlicesBefore, inVersion, versionParams, type Version } from './versions.ts'

/** Where an integration's orders come from, and which one wins where two know the same order. */
export interface OrderSource {
  integrationId: string
  sourceType: string
  /** Order ids are unique within it: files of a project share one, each shop has its own. */
  namespace: string
  /** The higher one wins. */
  rank: number
}

/** What a refresh needs to know of the project. */
export interface RefreshSettings {
  timezone: string
  currency: string
  sources: readonly OrderSource[]
}

export function refreshParams(version: Version, settings: RefreshSettings): Params {
  return {
    ...versionParams(version),
    timezone: settings.timezone,
    currency: settings.currency,
    source_ids: settings.sources.map(({ integrationId }) => BigInt(integrationId)),
    source_types: settings.sources.map(({ sourceType }) => sourceType),
    namespaces: settings.sources.map(({ namespace }) => namespace),
    ranks: settings.sources.map(({ rank }) => rank),
  }
}

const ofSource = (values: string, fallback: string) =>
  `transform(integration_id, {source_ids:Array(UInt64)}, ${values}, ${fallback})`
const namespace = ofSource('{namespaces:Array(String)}', 'toString(integration_id)')
const sourceType = ofSource('{source_types:Array(String)}', `''`)
const rank = ofSource('{ranks:Array(UInt64)}', 'toUInt64(0)')

/** '' is no order: it would match every line that refunds none. */
const dirty = `SELECT order_id FROM dirty_orders
  WHERE project_id = {project_id:UInt64} AND commit_id = {commit_id:UInt64} AND order_id != ''`

/** Position of a line in its file or list; the fact id makes the order total. */
const place = '(line.ordered_at, toUInt64OrZero(line.record_key), line.fact_id)'
const firstKnown = (column: string) =>
  `argMinIf(line.${column}, ${place}, line.${column} != '') AS ${column}`
const money = (expression: string) => `toDecimal128(${expression}, 9)`

/**
 * Exact, and it cannot overflow: the SDK bounds quantities by 10^9 and prices by 10^11, and 20 digits
 * remain before the point. (`multiplyDecimal` knows no bounds, but takes 20 times as long.)
 */
const lineAmount = money('line.quantity * line.unit_price')

const lines = currentFacts(
  'order_line_log',
  'order_id',
  '*',
  `${inVersion} AND (order_id IN (${dirty}) OR refund_of IN (${dirty}))`
)

/** Lines of one number: of an order, or of a credit note. */
const fromLines = `
  SELECT integration_id, order_id AS document_id, if(line_type = 'refund', 'refund', 'order') AS kind,
    if(kind = 'refund', any(line.refund_of), '') AS refund_of, min(line.ordered_at) AS event_time, 'valid' AS state,
    ${firstKnown('customer_id')}, ${firstKnown('client_id')}, ${firstKnown('email_hash')}, ${firstKnown('phone_hash')},
    argMin((line.country, line.utm_source, line.utm_medium, line.utm_campaign, line.coupon, line.currency), ${place}) AS head,
    head.1 AS country, '' AS device, head.2 AS utm_source, head.3 AS utm_medium, head.4 AS utm_campaign,
    '' AS landing_page, head.5 AS coupon, head.6 AS currency,
    sum(${lineAmount}) AS line_total, sum(line.discount) AS discount,
    sum(line.tax) AS tax, sum(line.shipping) AS shipping,
    arraySort(groupArray((toUInt64OrZero(line.record_key), line.fact_id, line.product_id, line.product_name,
      line.quantity, ${lineAmount}, line.discount))) AS items,
    items.3 AS item_product_id, items.4 AS item_product_name, items.5 AS item_quantity, items.6 AS item_gross, items.7 AS item_discount
  FROM (${lines}) AS line
  GROUP BY integration_id, order_id, line_type`

const orderGross = `ifNull(gross, ifNull(revenue, total - tax - shipping) + discount)`

const fromOrders = `
  SELECT integration_id, order_id AS document_id, 'order' AS kind, '' AS refund_of, ordered_at AS event_time,
    multiIf(is_test, 'test', is_cancelled, 'cancelled', 'valid') AS state,
    customer_id, client_id, email_hash, phone_hash, country, device, utm_source, utm_medium, utm_campaign,
    landing_page, coupon, currency, ${money(orderGross)} AS line_total, discount, tax, shipping,
    item_product_id, item_product_name, item_quantity, item_gross, item_discount
  FROM (${currentFacts('order_log', 'order_id', '*', `${inVersion} AND order_id IN (${dirty})`)})`

const fromRefunds = `
  SELECT integration_id, refund_id AS document_id, 'refund' AS kind, order_id AS refund_of, refunded_at AS event_time,
    'valid' AS state, customer_id, '' AS client_id, email_hash, phone_hash, country, '' AS device,
    '' AS utm_source, '' AS utm_medium, '' AS utm_campaign, '' AS landing_page, '' AS coupon, currency,
    amount AS line_total, ${money('0')} AS discount, ${money('0')} AS tax, ${money('0')} AS shipping,
    item_product_id, arrayResize([''], length(item_product_id), '') AS item_product_name,
    arrayResize([${money('0')}], length(item_product_id), ${money('0')}) AS item_quantity,
    item_amount AS item_gross, arrayResize([${money('0')}], length(item_product_id), ${money('0')}) AS item_discount
  FROM (${currentFacts('refund_log', 'order_id', '*', `${inVersion} AND (order_id IN (${dirty}) OR (order_id = '' AND refund_id IN (${dirty})))`)})`

const documentColumns = `integration_id, document_id, kind, refund_of, event_time, state, customer_id, client_id,
  email_hash, phone_hash, country, device, utm_source, utm_medium, utm_campaign, landing_page, coupon, currency,
  line_total, discount, tax, shipping, item_product_id, item_product_name, item_quantity, item_gross, item_discount`

/** Orders and refunds of the dirty keys, from whatever each source delivers. */
const documents = [fromLines, fromOrders, fromRefunds]
  .map((select) => `SELECT ${documentColumns} FROM (${select})`)
  .join('\nUNION ALL\n')

const columns = `order_id, fact_key, order_key, kind, integration_id, source_type, event_time, order_date, state,
  is_counted, is_converted, customer_key, customer_id, client_id, country, device, channel, source, medium,
  campaign, landing_page, coupon, currency, total, gross, discount, refunded, tax, shipping, cogs,
  item_product_id, item_product_name, item_quantity, item_gross, item_discount`

/** Recomputes the dirty orders and their refunds from the logs. */
const recompute = `
  INSERT INTO order_work (project_id, commit_id, date, ${columns})
  SELECT {project_id:UInt64}, {commit_id:UInt64}, toDate(event_time, {timezone:String}) AS date,
    if(refund_of = '', document_id, refund_of) AS order_id,
    cityHash64(${namespace}, kind, document_id) AS fact_key,
    cityHash64(${namespace}, 'order', order_id) AS order_key,
    kind, integration_id, ${sourceType} AS source_type, event_time, date AS order_date, state,
    kind = 'order' AND state = 'valid' AND total != 0 AND is_converted AS is_counted,
    currency IN ('', {currency:String}) AS is_converted,
    if(alias = '', 0, cityHash64(${namespace}, alias)) AS customer_key,
    customer_id, client_id, country, device, ${channelExpression('utm_source', 'utm_medium', 'utm_campaign')} AS channel,
    utm_source AS source, utm_medium AS medium, utm_campaign AS campaign, landing_page, coupon,
    if(currency = '', {currency:String}, currency) AS currency,
    if(kind = 'order', line_total - discount + tax + shipping, ${money('0')}) AS total,
    if(kind = 'order', line_total, ${money('0')}) AS gross,
    if(kind = 'order', discount, ${money('0')}) AS discount,
    if(kind = 'refund', abs(line_total), ${money('0')}) AS refunded,
    if(kind = 'order', tax, ${money('0')}) AS tax, if(kind = 'order', shipping, ${money('0')}) AS shipping,
    ${money('0')} AS cogs, item_product_id, item_product_name, item_quantity,
    if(kind = 'refund', arrayMap(amount -> abs(amount), item_gross), item_gross) AS item_gross, item_discount
  FROM (
    SELECT *, multiIf(customer_id != '', customer_id, email_hash != '', email_hash, phone_hash != '', phone_hash, client_id) AS alias
    FROM (${documents})
    ORDER BY cityHash64(${namespace}, kind, document_id), ${rank} DESC, integration_id DESC
    LIMIT 1 BY cityHash64(${namespace}, kind, document_id)
  )`

const work = 'project_id = {project_id:UInt64} AND commit_id = {commit_id:UInt64}'
const untouched = `${inSlicesBefore('orders')} AND order_id NOT IN (${dirty})`

/** Customers whose orders changed, before or now. */
const touchedCustomers = `
  SELECT customer_key FROM order_work WHERE ${work} AND customer_key != 0
  UNION DISTINCT
  SELECT customer_key FROM order_facts
  WHERE ${inSlicesBefore('orders')} AND customer_key != 0 AND order_id IN (${dirty})`

/** Their first counted order, over the whole known history. */
const firsts = `
  SELECT customer_key, argMin((order_key, date), (event_time, order_key)) AS first, first.1 AS first_key, first.2 AS first_date
  FROM (
    SELECT customer_key, order_key, date, event_time FROM order_work WHERE ${work} AND is_counted AND customer_key != 0
    UNION ALL
    SELECT customer_key, order_key, date, event_time FROM order_facts
    WHERE ${untouched} AND is_counted AND customer_key IN (${touchedCustomers})
  )
  GROUP BY customer_key`

/** Days to rebuild: of the dirty orders, before and now, and of customers whose first order is another now. */
const dirtyDays = `
  SELECT DISTINCT date FROM (
    SELECT date FROM order_work WHERE ${work}
    UNION ALL
    SELECT order_date AS date FROM order_work WHERE ${work}
    UNION ALL
    SELECT date FROM order_facts WHERE ${inSlicesBefore('orders')} AND order_id IN (${dirty})
    UNION ALL
    SELECT date FROM order_facts
    WHERE ${untouched} AND customer_key IN (
      SELECT customer_key FROM (
        SELECT customer_key, any(first_order_date) AS known_date, anyIf(order_key, is_new) AS known_key
        FROM order_facts WHERE ${inSlicesBefore('orders')} AND customer_key IN (${touchedCustomers})
        GROUP BY customer_key
      ) AS known
      LEFT JOIN (${firsts}) AS firsts USING (customer_key)
      WHERE known_key != first_key OR known_date != first_date
    )
  ) ORDER BY date`

/** A refund belongs where its order does: it takes back what was credited there. */
const origin = [
  'channel',
  'source',
  'medium',
  'campaign',
  'landing_page',
  'country',
  'device',
  'coupon',
]
/** Who is refunded may be told by the order alone. */
const person = ['customer_key', 'customer_id', 'client_id']
const ofOrder = (column: string) => `anyIf(${column}, kind = 'order') AS order_${column}`

/** What each order has been refunded in all, and how it stands: its refunds count only if it does. */
const orderTotals = `
  SELECT order_key, sumIf(refunded, kind = 'refund' AND is_converted) AS order_refunded,
    countIf(kind = 'order') > 0 AS has_order, minIf(date, kind = 'order') AS own_date,
    anyIf(state, kind = 'order') AS order_state, maxIf(is_converted, kind = 'order') AS order_converted,
    ${[...origin, ...person].map(ofOrder).join(', ')}
  FROM order_work WHERE ${work} GROUP BY order_key`

const inherited = (columns: readonly string[], condition: string) =>
  Object.fromEntries(
    columns.map((name) => [name, `if(${condition}, order_${name}, documents.${name}) AS ${name}`])
  )
const settled: Readonly<Record<string, string>> = {
  ...inherited(origin, `kind = 'refund' AND has_order`),
  ...inherited(person, `kind = 'refund' AND has_order AND documents.customer_key = 0`),
  order_key: 'if(has_order, order_key, 0) AS order_key',
  order_date: 'if(has_order, own_date, date) AS order_date',
  state: 'if(has_order, order_state, state) AS state',
  is_converted: 'if(has_order, is_converted AND order_converted, is_converted) AS is_converted',
  refunded: `if(kind = 'order', order_refunded, refunded) AS refunded`,
}
const recomputed = columns
  .split(/,\s*/)
  .map((name) => settled[name] ?? name)
  .join(', ')

/** The untouched orders of the dirty days and the recomputed ones, under the new generation. */
const rebuild = `
  INSERT INTO order_facts (project_id, date, generation, ${columns}, is_new, first_order_date)
  SELECT {project_id:UInt64}, date, {commit_id:UInt64}, ${columns},
    if(is_touched, kind = 'order' AND order_key = first_key, was_new) AS is_new,
    if(is_touched, first_date, was_first_date) AS first_order_date
  FROM (
    SELECT date, ${columns}, is_new AS was_new, first_order_date AS was_first_date
    FROM order_facts WHERE ${untouched} AND date IN {days:Array(Date)}
    UNION ALL
    SELECT date, ${recomputed}, false AS was_new, toDate(0) AS was_first_date
    FROM (SELECT * FROM order_work WHERE ${work}) AS documents LEFT JOIN (${orderTotals}) AS totals USING (order_key)
  ) AS facts
  LEFT JOIN (
    SELECT customer_key, first_key, first_date, true AS is_touched
    FROM (${touchedCustomers}) AS touched LEFT JOIN (${firsts}) AS firsts USING (customer_key)
  ) AS touched USING (customer_key)`

/**
 * Rebuilds the days of `order_facts` that the commit's changes reach, under the commit as generation.
 * Costs the change: untouched orders of those days are carried over as they are.
 *
 * @returns the days, `YYYY-MM-DD`
 */
export async function rebuildOrderFacts(
  version: Version,
  settings: RefreshSettings
): Promise<string[]> {
  const params = refreshParams(version, settings)
  const run = (step: string, sql: string, extra: Params = {}) =>
    command(sql, {
      params: { ...params, ...extra },
      queryId: `commit-${version.commitId}-${step}`,
      settings: { insert_deduplication_token: `${version.commitId}:${step}` },
    })
  await run('order-work', recompute)
  const days = (await rows<{ date: string }>(dirtyDays, params)).map(({ date }) => date)
  if (days.length > 0) {
    await run('order-facts', rebuild, { days })
    await noteSlices(version, 'orders', days)
  }
  await command(`ALTER TABLE order_work DROP PARTITION ID '${BigInt(version.commitId)}'`)
  return days
}

/** Makes the rebuilt days of a layer the ones that count, once the commit is published. */
export async function noteSlices(
  version: Version,
  layer: 'orders' | 'kpi',
  days: readonly string[]
): Promise<void> {
  await command(
    `INSERT INTO slices SELECT {project_id:UInt64}, {layer:String}, arrayJoin({days:Array(Date)}), {commit_id:UInt64}`,
    {
      params: { ...versionParams(version), layer, days },
      settings: { insert_deduplication_token: `${version.commitId}:slices:${layer}` },
    }
  )
}
