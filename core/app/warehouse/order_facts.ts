import { command, rows, type Params } from './client.ts'
import { costsOfOrders, hasUnitCosts } from './order_costs.ts'
import { dirty, inShare, itemColumns, money } from './order_documents.ts'
import { holds } from './known_logs.ts'
import { noteOrderPersons, ofOrderPersons, withCustomers } from './order_persons.ts'
import { orderColumns, orderLogsOf } from './order_work.ts'
import { refreshParams, type RefreshSettings } from './refresh.ts'
import { noteSlices } from './slices.ts'
import { together } from './together.ts'
import { beforeCommit, inSlicesBefore, type Version } from './versions.ts'

const work = 'project_id = {project_id:UInt64} AND commit_id = {commit_id:UInt64}'
const workShare = `${work} AND ${inShare('order_id')}`
const untouched = `${inSlicesBefore('orders')} AND order_id NOT IN (${dirty})`
const untouchedShare = `${inSlicesBefore('orders')} AND ${inShare('order_id')} AND order_id NOT IN (${dirty} AND ${inShare('order_id')})`

const customersNow = `SELECT DISTINCT customer_key FROM order_persons WHERE ${work} AND customer_key != 0`

/** Customers whose orders changed or came from or went to another, before or now. */
const touchedCustomers = `
  ${customersNow}
  UNION DISTINCT
  SELECT customer_key FROM order_facts
  WHERE ${inSlicesBefore('orders')} AND customer_key != 0 AND (order_id IN (${dirty}) OR ${ofOrderPersons})`

const placing = 'fact_key, customer_key, order_key, date, event_time'

const placedNow = `
  SELECT customer_key, order_key, date, event_time
  FROM (${withCustomers(`SELECT ${placing} FROM order_work WHERE ${work} AND is_counted`)})`

const placed = `
  ${placedNow}
  UNION ALL
  SELECT customer_key, order_key, date, event_time
  FROM (${withCustomers(`SELECT ${placing} FROM order_facts
    WHERE ${untouched} AND is_counted AND (customer_key IN (${touchedCustomers}) OR ${ofOrderPersons})`)})`

/** Their first counted order, over the whole known history. */
const firsts = (orders: string) => `
  SELECT customer_key, argMin((order_key, date), (event_time, order_key)) AS first, first.1 AS first_key, first.2 AS first_date
  FROM (${orders})
  WHERE customer_key != 0
  GROUP BY customer_key`

const daysNow = `
  SELECT date FROM order_work WHERE ${work}
  UNION ALL
  SELECT order_date AS date FROM order_work WHERE ${work}`

/**
 * Days to rebuild: of the dirty orders, before and now, of orders that are somebody else's now, and of
 * customers whose first order is another now.
 */
const dirtyDays = `
  SELECT DISTINCT date FROM (
    ${daysNow}
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
      LEFT JOIN (${firsts(placed)}) AS firsts USING (customer_key)
      WHERE known_key != first_key OR known_date != first_date
    ))
  ) ORDER BY date`

const earlierDay = `SELECT 1 FROM slices WHERE ${beforeCommit} AND layer = 'orders' LIMIT 1`

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
  FROM order_work WHERE ${workShare} GROUP BY order_key`

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
const recomputed = orderColumns
  .split(/,\s*/)
  .map((name) => settled[name] ?? name)
  .join(', ')

const ofShare = `SELECT * FROM order_work WHERE ${workShare}`
const noCosts = `SELECT toUInt64(0) AS fact_key, ${money('0')} AS order_cogs`

/** The untouched orders of the dirty days. */
const carriedOver = `
    SELECT date, ${orderColumns}, ${itemColumns}, is_new AS was_new, first_order_date AS was_first_date
    FROM (${withCustomers(`SELECT * FROM order_facts WHERE ${untouchedShare} AND date IN {days:Array(Date)}`)})
    UNION ALL`

interface Known {
  /** The project knew no orders before. */
  isFirst: boolean
  /** It knows what products cost. */
  hasCosts: boolean
}

/** The untouched orders of the dirty days and the recomputed ones, of a share, under the new generation. */
const rebuild = ({ isFirst, hasCosts }: Known) => `
  INSERT INTO order_facts (project_id, date, generation, ${orderColumns}, ${itemColumns}, is_new, first_order_date)
  SELECT {project_id:UInt64}, date, {commit_id:UInt64}, ${orderColumns}, ${itemColumns},
    if(is_touched, kind = 'order' AND order_key = first_key, was_new) AS is_new,
    if(is_touched, first_date, was_first_date) AS first_order_date
  FROM (
    ${isFirst ? '' : carriedOver}
    SELECT date, ${recomputed}, ${itemColumns}, false AS was_new, toDate(0) AS was_first_date
    FROM (${withCustomers(ofShare)}) AS documents
    LEFT JOIN (${orderTotals}) AS totals USING (order_key)
    ANY LEFT JOIN (${hasCosts ? costsOfOrders(ofShare) : noCosts}) AS costs USING (fact_key)
  ) AS facts
  LEFT JOIN (
    SELECT customer_key, first_key, first_date, true AS is_touched
    FROM (${isFirst ? customersNow : touchedCustomers}) AS touched
    LEFT JOIN (${firsts(isFirst ? placedNow : placed)}) AS firsts USING (customer_key)
  ) AS touched USING (customer_key)`

/** Orders are few rows, but wide ones: they are read and written side by side from the first one on. */
const SIDE_BY_SIDE = {
  max_insert_threads: '2',
  merge_tree_min_rows_for_concurrent_read: '1',
  merge_tree_min_bytes_for_concurrent_read: '1',
  preferred_block_size_bytes: '16000000',
} as const

/** Orders and items that one statement may settle. */
const ROWS_AT_ONCE = 4_000_000

async function chunksOf(params: Params, rowsAtOnce = ROWS_AT_ONCE): Promise<number> {
  const [found] = await rows<{ size: string }>(
    `SELECT count() + sum(length(item_product_id)) AS size FROM order_work WHERE ${work}`,
    params
  )
  return Math.max(1, Math.ceil(Number(found?.size ?? 0) / rowsAtOnce))
}

const knowsCosts = async (settings: RefreshSettings, params: Params) =>
  holds(settings, 'product_log') && hasUnitCosts(params)

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
  if (orderLogsOf(settings).length === 0) return []
  const params = refreshParams(version, settings)
  const run = (step: string, sql: string, extra: Params = {}) =>
    command(sql, {
      params: { ...params, ...extra },
      queryId: `commit-${version.commitId}-${step}`,
      settings: { insert_deduplication_token: `${version.commitId}:${step}`, ...SIDE_BY_SIDE },
    })
  const [, earlier, chunks, hasCosts] = await together(
    run('order-persons', noteOrderPersons),
    rows(earlierDay, params),
    chunksOf(params, settings.rowsAtOnce),
    knowsCosts(settings, params)
  )
  const isFirst = earlier.length === 0
  const asked = isFirst ? `SELECT DISTINCT date FROM (${daysNow}) ORDER BY date` : dirtyDays
  const days = (await rows<{ date: string }>(asked, params)).map(({ date }) => date)
  if (days.length > 0) {
    const sql = rebuild({ isFirst, hasCosts })
    for (let chunk = 0; chunk < chunks; chunk += 1)
      await run(`order-facts-${chunk}`, sql, { days, chunk, chunks })
    await noteSlices(version, 'orders', days)
  }
  const partition = `DROP PARTITION ID '${BigInt(version.commitId)}'`
  await Promise.all(
    ['order_work', 'order_persons'].map((table) => command(`ALTER TABLE ${table} ${partition}`))
  )
  return days
}
