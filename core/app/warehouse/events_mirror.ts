import { command } from './client.ts'
import { attributes, factColumns, facts, insertEvents } from './event_columns.ts'
import { followLogs, repeatLogs, type MirrorStatement } from './events_of_logs.ts'
import { eagerly } from './origins.ts'
import { refreshParams, type RefreshSettings } from './refresh.ts'
import { inSlices, inSlicesBefore, type Version } from './versions.ts'

const inCurrency = (column: string) => `if(is_converted, ${column}, toDecimal128(0, 9))`
const netSales = `if(kind = 'order', fact.gross - fact.discount, -fact.refunded)`

const fromOrders = (slices: string) => `
  SELECT project_id, date AS event_date, toDateTime(fact.event_time, 'UTC') AS event_datetime, fact.event_time AS event_time,
    fact.source_type AS source_type, if(kind = 'order', 'purchase', 'refund') AS event_type, toUInt128(fact_key) AS fact_id,
    ${factColumns({
      client_id: 'fact.client_id',
      customer_id: 'fact.customer_id',
      order_id: 'fact.order_id',
      source: 'fact.source',
      medium: 'fact.medium',
      channel: 'fact.channel',
      campaign_name: 'fact.campaign',
      landing_page: 'fact.landing_page',
      country: 'fact.country',
      device: 'fact.device',
      transactions: 'toUInt32(is_counted)',
      currency: 'fact.currency',
      revenue_original: netSales,
      revenue: inCurrency(netSales),
      tax: inCurrency('fact.tax'),
      shipping: inCurrency('fact.shipping'),
      discount: inCurrency('fact.discount'),
      cogs: inCurrency('fact.cogs'),
      attributes: attributes({ coupon: 'fact.coupon', state: 'fact.state' }),
      integration_id: 'fact.integration_id',
    })}
  FROM order_facts AS fact WHERE ${slices} AND date IN {days:Array(Date)}`

const after = fromOrders(inSlices('orders'))
const before = fromOrders(inSlicesBefore('orders'))

/** Rows of days that were rebuilt; those that did not change are not written again. */
const changedOrders = insertEvents(
  false,
  `SELECT * FROM (${after}) WHERE (event_date, fact_id, cityHash64(${facts})) NOT IN (
    SELECT event_date, fact_id, cityHash64(${facts}) FROM (${before}))`
)
const vanishedOrders = insertEvents(
  true,
  `SELECT * FROM (${before}) WHERE (event_date, event_type, fact_id) NOT IN (
    SELECT event_date, event_type, fact_id FROM (${after}))`
)
const orders: readonly MirrorStatement[] = [
  { step: 'orders-gone', sql: vanishedOrders, isSteady: true },
  { step: 'orders', sql: changedOrders, isSteady: true },
]

/**
 * Brings `events` in line with a published commit. Safe to repeat: a row carries its commit as
 * version, and the same row written twice is one.
 */
export async function mirrorEvents(
  version: Version,
  settings: RefreshSettings,
  runId: string,
  orderDays: readonly string[]
): Promise<void> {
  const params = { ...refreshParams(version, settings), run_id: runId, days: orderDays }
  const { channelRules: rules, everything } = settings
  const ofLogs = everything ? repeatLogs(rules) : await followLogs(version, rules)
  for (const { step, sql, isSteady } of [...ofLogs, ...(orderDays.length > 0 ? orders : [])]) {
    await command(sql, {
      params,
      settings: {
        ...(isSteady && { insert_deduplication_token: `${version.commitId}:events:${step}` }),
        // One insert may span decades, a partition per month.
        max_partitions_per_insert_block: '0',
        ...eagerly,
      },
    })
  }
}
