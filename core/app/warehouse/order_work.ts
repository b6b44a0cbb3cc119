import { documentKey } from './alias_keys.ts'
import { channelExpression } from './channel_rules.ts'
import { command, rows, type Params } from './client.ts'
import { noteChangedOrders } from './dirty_orders.ts'
import { holds, wrote } from './known_logs.ts'
import { markRecosted } from './order_costs.ts'
import {
  documents,
  factKey,
  isDirty,
  isNumbered,
  itemColumns,
  listed,
  money,
  namespace,
  ofShare,
  orderLogs,
  rank,
  sourceType,
  type KnownFacts,
  type OrderLog,
} from './order_documents.ts'
import { refreshParams, type RefreshSettings } from './refresh.ts'
import { together } from './together.ts'
import { beforeCommit, inVersion, versionParams, type Version } from './versions.ts'

/** What `order_work` and `order_facts` both say of an order. */
export const orderColumns = `order_id, fact_key, order_key, kind, integration_id, source_type, event_time, order_date, state,
  is_counted, is_converted, customer_key, customer_id, client_id, country, device, channel, source, medium,
  campaign, landing_page, coupon, currency, total, gross, discount, refunded, tax, shipping, cogs, fees`

const ownOrigin = {
  source: 'utm_source',
  medium: 'utm_medium',
  campaign: 'utm_campaign',
  landing_page: 'landing_page',
}

/** Of what several integrations know by one number, the highest rank counts. */
const winning = `ORDER BY ${factKey}, ${rank} DESC, integration_id DESC LIMIT 1 BY ${factKey}`

/** Whether a number may stand for two documents: in two integrations or in two logs. */
const mayRival = (known: readonly KnownFacts[], sources: RefreshSettings['sources']) =>
  known.length > 1 || new Set(sources.map((source) => source.namespace)).size < sources.length

/** Recomputes the dirty orders of a share and their refunds from the logs. */
const recompute = (
  known: readonly KnownFacts[],
  { channelRules: rules, sources }: RefreshSettings
) => `
  INSERT INTO order_work (project_id, commit_id, document_id, email_hash, phone_hash, date, ${orderColumns}, ${itemColumns})
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
    ${money('0')} AS cogs, if(kind = 'order', fees, ${money('0')}) AS fees, ${itemColumns}
  FROM (
    SELECT *, multiIf(customer_id != '', customer_id, email_hash != '', email_hash, phone_hash != '', phone_hash, client_id) AS alias
    FROM (${documents(known)})
    ${mayRival(known, sources) ? winning : ''}
  )
  WHERE ${known.every(({ isFirst }) => isFirst) ? isNumbered : isDirty}`

/** Lines that one statement may gather into orders: some 300 bytes of memory each. */
const LINES_AT_ONCE = 2_000_000

/** Up to so many numbers it is looked up what is known of them; of more, what is known at all. */
const NUMBERS_TO_LOOK_UP = 100_000

interface Known extends KnownFacts {
  facts: number
}

/** Whether the project knew no orders before the commit. */
async function isFirstLoad(logs: readonly OrderLog[], params: Params): Promise<boolean> {
  const earlier = logs.map((log) => `(SELECT 1 FROM ${log} WHERE ${beforeCommit} LIMIT 1)`)
  const found = await rows(`SELECT 1 FROM (${earlier.join(' UNION ALL ')}) LIMIT 1`, params)
  return found.length === 0
}

/** How much each log knows of the dirty orders. */
async function knownFacts(
  logs: readonly OrderLog[],
  params: Params,
  { isFirst, isFew }: { isFirst: boolean; isFew: boolean }
): Promise<Known[]> {
  const counts = logs.map(
    (log) => `
      SELECT '${log}' AS log, sum(facts) AS facts, min(is_one) AS is_one_commit FROM (
        SELECT count() AS facts, min(commit_id) = max(commit_id) AS is_one FROM ${log}
        WHERE ${isFew ? ofShare(log, isFirst) : inVersion}
        GROUP BY integration_id, stream
      )`
  )
  const found = await rows<{ log: OrderLog; facts: string; is_one_commit: number }>(
    counts.join('\nUNION ALL\n'),
    params
  )
  return found
    .map(({ log, facts, is_one_commit: isOne }) => ({
      log,
      facts: Number(facts),
      isOneCommit: isOne === 1,
      isFirst,
    }))
    .filter(({ facts }) => facts > 0)
}

/** Logs that may hold any of the project's orders. */
export const orderLogsOf = (settings: RefreshSettings): OrderLog[] =>
  (Object.keys(orderLogs) as OrderLog[]).filter((log) => holds(settings, log))

/** Notes which orders are dirty. @returns how many orders and refunds that are */
async function noteDirty(version: Version, settings: RefreshSettings): Promise<number> {
  const logs = orderLogsOf(settings)
  const params = { ...versionParams(version), chunk: 0, chunks: 1 }
  const count = async () => {
    const [numbers] = await rows<{ n: string }>(`SELECT count() AS n FROM (${listed})`, params)
    return Number(numbers?.n ?? 0)
  }
  if (wrote(settings, 'product_log')) await markRecosted(version)
  if (!logs.some((log) => wrote(settings, log)) && (await count()) === 0) return 0
  await noteChangedOrders(version, logs)
  return count()
}

/** What the logs know of the orders that are recomputed, written in as many shares as memory asks for. */
async function recomputeKnown(
  version: Version,
  settings: RefreshSettings,
  known: readonly Known[]
): Promise<void> {
  const params = refreshParams(version, settings)
  const facts = known.reduce((sum, log) => sum + log.facts, 0)
  const chunks = Math.ceil(facts / (settings.rowsAtOnce ?? LINES_AT_ONCE))
  const sql = chunks > 0 ? recompute(known, settings) : ''
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    const step = `order-work-${chunk}`
    await command(sql, {
      params: { ...params, chunk, chunks },
      queryId: `commit-${version.commitId}-${step}`,
      settings: { insert_deduplication_token: `${version.commitId}:${step}` },
    })
  }
}

/**
 * Recomputes the dirty orders and their refunds into `order_work`, where the steps after it find them.
 *
 * @returns whether any are dirty
 */
export async function recomputeOrders(
  version: Version,
  settings: RefreshSettings
): Promise<boolean> {
  const logs = orderLogsOf(settings)
  if (logs.length === 0) return false
  const whole = { ...refreshParams(version, settings), chunk: 0, chunks: 1 }
  // Of a commit about something else it need not be asked.
  const isFirst = logs.some((log) => wrote(settings, log)) && (await isFirstLoad(logs, whole))
  const from = async (isFew: boolean) =>
    recomputeKnown(version, settings, await knownFacts(logs, whole, { isFirst, isFew }))
  if (isFirst) {
    // All that is known is dirty: it need not be noted before.
    const [first] = await together(noteDirty(version, settings), from(false))
    return first > 0
  }
  const dirty = await noteDirty(version, settings)
  if (dirty > 0) await from(dirty <= NUMBERS_TO_LOOK_UP)
  return dirty > 0
}
