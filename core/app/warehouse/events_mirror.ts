import { channelExpression, type ChannelRule } from './channel_rules.ts'
import { command } from './client.ts'
import { spendOrigin } from './daily_kpi.ts'
import { refreshParams, type RefreshSettings } from './order_facts.ts'
import { inSlices, inSlicesBefore, inVersion, type Version } from './versions.ts'

const identity = `project_id, event_date, event_datetime, event_time, source_type, event_type, fact_id`
const facts = `client_id, customer_id, order_id, source, medium, channel, campaign_id, campaign_name,
  ad_group_name, ad_id, ad_creative_name, landing_page, country, device, impressions, clicks, transactions, currency,
  cost, cost_original, revenue, revenue_original, tax, shipping, discount, cogs, attributes, integration_id`

const noMoney = 'toDecimal128(0, 9)'
const own = (column: string) => `if(is_converted, ${column}, ${noMoney})`

const fromOrders = (slices: string) => `
  SELECT project_id, date AS event_date, toDateTime(event_time, 'UTC') AS event_datetime, event_time, source_type,
    if(kind = 'order', 'purchase', 'refund') AS event_type, toUInt128(fact_key) AS fact_id,
    client_id, customer_id, order_id, source, medium, channel, '' AS campaign_id, campaign AS campaign_name,
    '' AS ad_group_name, '' AS ad_id, '' AS ad_creative_name, landing_page, country, device,
    toUInt64(0) AS impressions, toUInt64(0) AS clicks, toUInt32(is_counted) AS transactions, currency,
    ${noMoney} AS cost, ${noMoney} AS cost_original,
    if(kind = 'order', gross - discount, -refunded) AS revenue_original, ${own('revenue_original')} AS revenue,
    ${own('tax')} AS tax, ${own('shipping')} AS shipping, ${own('discount')} AS discount, ${own('cogs')} AS cogs,
    mapFilter((name, value) -> value != '', map('coupon', coupon, 'state', state)) AS attributes, integration_id
  FROM order_facts WHERE ${slices} AND date IN {days:Array(Date)}`

const sourceType = `transform(integration_id, {source_ids:Array(UInt64)}, {source_types:Array(String)}, '')`

const columnsOfSpend = (rules?: readonly ChannelRule[]) => `
  SELECT project_id, date AS event_date, toDateTime(date, 'UTC') AS event_datetime,
    toDateTime64(date, 3, 'UTC') AS event_time, ${sourceType} AS source_type, 'ad_stats' AS event_type, fact_id,
    '' AS client_id, '' AS customer_id, '' AS order_id, source, medium,
    ${channelExpression(spendOrigin, rules)} AS channel, campaign_id, campaign_name,
    ad_group_name, ad_id, ad_name AS ad_creative_name, '' AS landing_page, country, device,
    impressions, clicks, toUInt32(0) AS transactions, if(spend.currency = '', {currency:String}, spend.currency) AS currency,
    if(spend.currency IN ('', {currency:String}), spend.cost, ${noMoney}) AS cost, spend.cost AS cost_original,
    ${noMoney} AS revenue, ${noMoney} AS revenue_original, ${noMoney} AS tax, ${noMoney} AS shipping,
    ${noMoney} AS discount, ${noMoney} AS cogs, CAST(map(), 'Map(String, String)') AS attributes, integration_id`

const changedSpend = (deleted: boolean, rules?: readonly ChannelRule[]) => `
  ${columnsOfSpend(rules)}
  FROM ad_spend_daily_log AS spend
  WHERE ${inVersion} AND commit_id = {commit_id:UInt64} AND is_deleted = ${deleted}`

const insert = (deleted: number, select: string) => `
  INSERT INTO events (${identity}, ${facts}, run_id, observed_at, commit_id, is_deleted)
  SELECT ${identity}, ${facts}, {run_id:UInt64}, now64(3), {commit_id:UInt64}, ${deleted} FROM (${select})`

const after = fromOrders(inSlices('orders'))
const before = fromOrders(inSlicesBefore('orders'))

/** Rows of days that were rebuilt; those that did not change are not written again. */
const changedOrders = insert(
  0,
  `SELECT * FROM (${after}) WHERE (event_date, fact_id, cityHash64(${facts})) NOT IN (
    SELECT event_date, fact_id, cityHash64(${facts}) FROM (${before}))`
)
const vanishedOrders = insert(
  1,
  `SELECT * FROM (${before}) WHERE (event_date, event_type, fact_id) NOT IN (
    SELECT event_date, event_type, fact_id FROM (${after}))`
)

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
  const statements: [string, string][] = [
    ['spend-gone', insert(1, changedSpend(true, settings.channelRules))],
    ['spend', insert(0, changedSpend(false, settings.channelRules))],
    ...(orderDays.length > 0
      ? ([
          ['orders-gone', vanishedOrders],
          ['orders', changedOrders],
        ] as [string, string][])
      : []),
  ]
  for (const [step, sql] of statements) {
    await command(sql, {
      params,
      settings: {
        insert_deduplication_token: `${version.commitId}:events:${step}`,
        // One insert may span decades, a partition per month.
        max_partitions_per_insert_block: '0',
      },
    })
  }
}
