import { documentKey } from './alias_keys.ts'
import { channelExpression, channelParams, type ChannelRule } from './channel_rules.ts'
import { command, rows, type Params } from './client.ts'
import { noteChangedOrders } from './dirty_orders.ts'
import { costsOfOrders, hasUnitCosts, markRecosted } from './order_costs.ts'
import {
  dirty,
  documents,
  factKey,
  inOrderOfLines,
  itemColumns,
  items,
  money,
  namespace,
  rank,
  sourceType,
} from './order_documents.ts'
import { noteOrderPersons, ofOrderPersons, withCustomers } from './order_persons.ts'
import { noteSlices } from './slices.ts'
import { beforeCommit, inSlicesBefore, versionParams, type Version } from './versions.ts'

/** Where an integration's orders come from, and which one wins where two know the same order. */
export interface OrderSource {
  integrationId: string
  sourceType: string
  /** Order ids are unique within it: files of a project share one, each shop has its own. */
  namespace: string
  /** The higher one wins. */
  rank: number
}

/** Two identifiers or documents, by their keys. */
export type KeyPair = readonly [string, string]

/** What people have set about who is who. */
export interface IdentitySettings {
  /** An identifier that is tied to more others than this joins nobody. */
  maxLinks: number
  /** Pairs that are not one person, whatever documents say. */
  splits: readonly KeyPair[]
  /** Pairs that were split, or are not any more, since persons were computed last. */
  changedSplits: readonly KeyPair[]
  /** All persons are to be computed anew. */
  everything: boolean
}

export const noIdentitySettings: IdentitySettings = {
  maxLinks: 100,
  splits: [],
  changedSplits: [],
  everything: false,
}

/** What a refresh needs to know of the project. */
export interface RefreshSettings {
  timezone: string
  currency: string
  sources: readonly OrderSource[]
  /** The project's own channel rules, which come before the preset. */
  channelRules?: readonly ChannelRule[]
  /** Absent: nobody has set anything. */
  identity?: IdentitySettings
  /** All that is known counts as changed, as after `dirtyEverything`. */
  everything?: boolean
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
    ...channelParams(settings.channelRules),
  }
}

const columns = `order_id, fact_key, order_key, kind, integration_id, source_type, event_time, order_date, state,
  is_counted, is_converted, customer_key, customer_id, client_id, country, device, channel, source, medium,
  campaign, landing_page, coupon, currency, total, gross, discount, refunded, tax, shipping, cogs`

const ownOrigin = {
  source: 'utm_source',
  medium: 'utm_medium',
  campaign: 'utm_campaign',
  landing_page: 'landing_page',
}

/** Recomputes the dirty orders and their refunds from the logs. */
const recompute = (isFirst: boolean, rules: RefreshSettings['channelRules']) => `
  INSERT INTO order_work (project_id, commit_id, document_id, email_hash, phone_hash, date, ${columns})
  SELECT {project_id:UInt64}, {commit_id:UInt64}, document_id, email_hash, phone_hash, toDate(event_time, {timezone:String}) AS date,
    if(refund_of = '', document_id, refund_of) AS order_id,
    ${factKey} AS fact_key,
    ${documentKey.order('order_id')} AS order_key,
    kind, integration_id, ${sourceType} AS source_type, event_time, date AS order_date, state,
    kind = 'order' AND state = 'valid' AND total != 0 AND is_converted AS is_counted,
    currency IN ('', {currency:String}) AS is_converted,
    if(alias = '', 0, cityHash64(${namespace}, alias)) AS customer_key,
    customer_id, client_id, country, device, ${channelExpression(ownOrigin, rules)} AS channel,
    utm_source AS source, utm_medium AS medium, utm_campaign AS campaign, landing_page, coupon,
    if(currency = '', {currency:String}, currency) AS currency,
    if(kind = 'order', line_total - discount + tax + shipping, ${money('0')}) AS total,
    if(kind = 'order', line_total, ${money('0')}) AS gross,
    if(kind = 'order', discount, ${money('0')}) AS discount,
    if(kind = 'refund', abs(line_total), ${money('0')}) AS refunded,
    if(kind = 'order', tax, ${money('0')}) AS tax, if(kind = 'order', shipping, ${money('0')}) AS shipping,
    ${money('0')} AS cogs
  FROM (
    SELECT *, multiIf(customer_id != '', customer_id, email_hash != '', email_hash, phone_hash != '', phone_hash, client_id) AS alias
    FROM (${documents(isFirst)})
    ORDER BY ${factKey}, ${rank} DESC, integration_id DESC
    LIMIT 1 BY ${factKey}
  )`

const work = 'project_id = {project_id:UInt64} AND commit_id = {commit_id:UInt64}'
const untouched = `${inSlicesBefore('orders')} AND order_id NOT IN (${dirty})`

/** Customers whose orders changed or came from or went to another, before or now. */
const touchedCustomers = `
  SELECT customer_key FROM order_persons WHERE ${work} AND customer_key != 0
  UNION DISTINCT
  SELECT customer_key FROM order_facts
  WHERE ${inSlicesBefore('orders')} AND customer_key != 0 AND (order_id IN (${dirty}) OR ${ofOrderPersons})`

const placing = 'fact_key, customer_key, order_key, date, event_time'

/** Their first counted order, over the whole known history. */
const firsts = `
  SELECT customer_key, argMin((order_key, date), (event_time, order_key)) AS first, first.1 AS first_key, first.2 AS first_date
  FROM (
    SELECT customer_key, order_key, date, event_time
    FROM (${withCustomers(`SELECT ${placing} FROM order_work WHERE ${work} AND is_counted`)})
    UNION ALL
    SELECT customer_key, order_key, date, event_time
    FROM (${withCustomers(`SELECT ${placing} FROM order_facts
      WHERE ${untouched} AND is_counted AND (customer_key IN (${touchedCustomers}) OR ${ofOrderPersons})`)})
  )
  WHERE customer_key != 0
  GROUP BY customer_key`

/**
 * Days to rebuild: of the dirty orders, before and now, of orders that are somebody else's now, and of
 * customers whose first order is another now.
 */
const dirtyDays = `
  SELECT DISTINCT date FROM (
    SELECT date FROM order_work WHERE ${work}
    UNION ALL
    SELECT order_date AS date FROM order_work WHERE ${work}
    UNION ALL
    SELECT date FROM order_facts WHERE ${inSlicesBefore('orders')} AND order_id IN (${dirty})
    UNION ALL
    SELECT date FROM order_facts
    WHERE ${untouched} AND (${ofOrderPersons} OR customer_key IN (
      SELECT customer_key FROM (
        SELECT customer_key, any(first_order_date) AS known_date, anyIf(order_key, is_new) AS known_key
        FROM order_facts WHERE ${inSlicesBefore('orders')} AND customer_key IN (${touchedCustomers})
        GROUP BY customer_key
      ) AS known
      LEFT JOIN (${firsts}) AS firsts USING (customer_key)
      WHERE known_key != first_key OR known_date != first_date
    ))
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
const person = ['customer_id', 'client_id']
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
  cogs: 'order_cogs AS cogs',
  ...inherited(origin, `kind = 'refund' AND has_order`),
  ...inherited(person, `kind = 'refund' AND has_order AND documents.own_key = 0`),
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

const noCosts = `SELECT toUInt64(0) AS fact_key, ${money('0')} AS order_cogs`

/** The untouched orders of the dirty days and the recomputed ones, under the new generation. */
const rebuild = (isFirst: boolean, hasCosts: boolean) => `
  INSERT INTO order_facts (project_id, date, generation, ${columns}, ${itemColumns}, is_new, first_order_date)
  SELECT {project_id:UInt64}, date, {commit_id:UInt64}, ${columns}, ${itemColumns},
    if(is_touched, kind = 'order' AND order_key = first_key, was_new) AS is_new,
    if(is_touched, first_date, was_first_date) AS first_order_date
  FROM (
    SELECT date, ${columns}, ${itemColumns}, is_new AS was_new, first_order_date AS was_first_date
    FROM (${withCustomers(`SELECT * FROM order_facts WHERE ${untouched} AND date IN {days:Array(Date)}`)})
    UNION ALL
    SELECT date, ${recomputed}, ${itemColumns}, false AS was_new, toDate(0) AS was_first_date
    FROM (${withCustomers(`SELECT * FROM order_work WHERE ${work}`)}) AS documents
    LEFT JOIN (${orderTotals}) AS totals USING (order_key)
    ANY LEFT JOIN (${items(isFirst)}) AS items USING (integration_id, fact_key)
    ANY LEFT JOIN (${hasCosts ? costsOfOrders(isFirst, work) : noCosts}) AS costs USING (fact_key)
  ) AS facts
  LEFT JOIN (
    SELECT customer_key, first_key, first_date, true AS is_touched
    FROM (${touchedCustomers}) AS touched LEFT JOIN (${firsts}) AS firsts USING (customer_key)
  ) AS touched USING (customer_key)`

/** Whether no line has an earlier version. */
async function isFirstCommit(params: Params): Promise<boolean> {
  const older = await rows(`SELECT 1 FROM order_line_log WHERE ${beforeCommit} LIMIT 1`, params)
  return older.length === 0
}

function steps(version: Version, settings: RefreshSettings) {
  const params = refreshParams(version, settings)
  const run = (step: string, sql: string, extra: Params = {}) =>
    command(sql, {
      params: { ...params, ...extra },
      queryId: `commit-${version.commitId}-${step}`,
      settings: { insert_deduplication_token: `${version.commitId}:${step}`, ...inOrderOfLines },
    })
  return { params, run }
}

/** Recomputes the dirty orders and their refunds into `order_work`, where the steps after it find them. */
export async function recomputeOrders(version: Version, settings: RefreshSettings): Promise<void> {
  const { params, run } = steps(version, settings)
  await noteChangedOrders(version)
  await markRecosted(version)
  await run('order-work', recompute(await isFirstCommit(params), settings.channelRules))
}

/**
 * Rebuilds the days of `order_facts` that the recomputed orders reach, under the commit as generation.
 * Costs the change: untouched orders of those days are carried over as they are.
 *
 * @returns the days, `YYYY-MM-DD`
 */
export async function rebuildOrderFacts(
  version: Version,
  settings: RefreshSettings
): Promise<string[]> {
  const { params, run } = steps(version, settings)
  await run('order-persons', noteOrderPersons)
  const days = (await rows<{ date: string }>(dirtyDays, params)).map(({ date }) => date)
  if (days.length > 0) {
    const isFirst = await isFirstCommit(params)
    await run('order-facts', rebuild(isFirst, await hasUnitCosts(params)), { days })
    await noteSlices(version, 'orders', days)
  }
  const partition = `DROP PARTITION ID '${BigInt(version.commitId)}'`
  await Promise.all(
    ['order_work', 'order_persons'].map((table) => command(`ALTER TABLE ${table} ${partition}`))
  )
  return days
}
