import { documentKey } from './alias_keys.ts'
import { channelExpression } from './channel_rules.ts'
import { command, rows, type Params } from './client.ts'
import { noteChangedOrders } from './dirty_orders.ts'
import { markRecosted } from './order_costs.ts'
import {
  dirty,
  documents,
  factKey,
  isDirty,
  itemColumns,
  money,
  namespace,
  rank,
  sourceType,
} from './order_documents.ts'
import { refreshParams, type RefreshSettings } from './refresh.ts'
import { inVersion, type Version } from './versions.ts'

/** What `order_work` and `order_facts` both say of an order. */
export const orderColumns = `order_id, fact_key, order_key, kind, integration_id, source_type, event_time, order_date, state,
  is_counted, is_converted, customer_key, customer_id, client_id, country, device, channel, source, medium,
  campaign, landing_page, coupon, currency, total, gross, discount, refunded, tax, shipping, cogs`

const ownOrigin = {
  source: 'utm_source',
  medium: 'utm_medium',
  campaign: 'utm_campaign',
  landing_page: 'landing_page',
}

/** Recomputes the dirty orders of a share and their refunds from the logs. */
const recompute = (rules: RefreshSettings['channelRules']) => `
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
    ${money('0')} AS cogs, ${itemColumns}
  FROM (
    SELECT *, multiIf(customer_id != '', customer_id, email_hash != '', email_hash, phone_hash != '', phone_hash, client_id) AS alias
    FROM (${documents})
    ORDER BY ${factKey}, ${rank} DESC, integration_id DESC
    LIMIT 1 BY ${factKey}
  )
  WHERE ${isDirty}`

/** Lines that one statement may gather into orders: some 300 bytes of memory each. */
const LINES_AT_ONCE = 2_000_000

/** Up to so many dirty orders it is counted how many lines they have; more are many in any case. */
const ORDERS_TO_COUNT = 100_000

async function numberOf(from: string, params: Params): Promise<number> {
  const [found] = await rows<{ number: string }>(`SELECT count() AS number FROM ${from}`, params)
  return Number(found?.number ?? 0)
}

/** Lines of the dirty orders, or as many as there may be. */
async function linesToGather(params: Params): Promise<number> {
  const orders = await numberOf(`(${dirty})`, params)
  const known = `order_line_log WHERE ${inVersion}`
  const lines = orders > ORDERS_TO_COUNT ? known : `${known} AND order_id IN (${dirty})`
  return Math.max(orders, await numberOf(lines, params))
}

/**
 * Recomputes the dirty orders and their refunds into `order_work`, where the steps after it find them:
 * in as many shares as memory asks for.
 */
export async function recomputeOrders(version: Version, settings: RefreshSettings): Promise<void> {
  await noteChangedOrders(version)
  await markRecosted(version)
  const params = refreshParams(version, settings)
  const lines = await linesToGather(params)
  const chunks = Math.ceil(lines / (settings.rowsAtOnce ?? LINES_AT_ONCE))
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    const step = `order-work-${chunk}`
    await command(recompute(settings.channelRules), {
      params: { ...params, chunk, chunks },
      queryId: `commit-${version.commitId}-${step}`,
      settings: { insert_deduplication_token: `${version.commitId}:${step}` },
    })
  }
}
