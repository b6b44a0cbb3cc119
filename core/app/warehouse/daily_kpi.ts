import { channelExpression, type ChannelRule } from './channel_rules.ts'
import { command, rows } from './client.ts'
import { holds } from './known_logs.ts'
import { orderLogsOf } from './order_work.ts'
import { eagerly } from './origins.ts'
import { refreshParams, type RefreshSettings } from './refresh.ts'
import { noteSlices } from './slices.ts'
import {
  beforeCommit,
  currentFacts,
  inSlices,
  inVersion,
  onlyFacts,
  versionParams,
  type Version,
} from './versions.ts'

const SPEND_LOG = 'ad_spend_daily_log'

const dimensions = `integration_id, source_type, channel, source, medium, campaign, campaign_id, ad_group, ad_id, ad, country, device`
const measures = `orders, new_customers, cancelled_orders, unconverted, gross, discount, refunded_by_order_date,
  refunded_by_refund_date, tax, shipping, cogs, fees, cost, impressions, clicks, platform_conversions, platform_revenue`

const noMoney = 'toDecimal128(0, 9)'
const counts = `kind = 'order' AND state = 'valid' AND is_converted`
const amount = (column: string) => `if(${counts}, ${column}, ${noMoney})`

/** Orders count on their day. A refund counts on its own day, and once more on its order's day. */
const fromOrders = `
  SELECT date, integration_id, source_type, channel, source, medium, campaign, '' AS campaign_id, '' AS ad_group,
    '' AS ad_id, '' AS ad, country, device,
    toUInt64(is_counted) AS orders, toUInt64(is_counted AND is_new) AS new_customers,
    toUInt64(kind = 'order' AND state = 'cancelled') AS cancelled_orders,
    toUInt64(NOT is_converted AND state = 'valid') AS unconverted,
    ${amount('gross')} AS gross, ${amount('discount')} AS discount,
    multiIf(${counts}, refunded, kind = 'refund' AND state = 'valid' AND is_converted AND order_key = 0, refunded, ${noMoney}) AS refunded_by_order_date,
    if(kind = 'refund' AND state = 'valid' AND is_converted, refunded, ${noMoney}) AS refunded_by_refund_date,
    ${amount('tax')} AS tax, ${amount('shipping')} AS shipping, ${amount('cogs')} AS cogs,
    ${amount('fees')} AS fees,
    ${noMoney} AS cost, toUInt64(0) AS impressions, toUInt64(0) AS clicks,
    ${noMoney} AS platform_conversions, ${noMoney} AS platform_revenue
  FROM order_facts WHERE ${inSlices('orders')} AND date IN {days:Array(Date)}`

const sourceType = `transform(integration_id, {source_ids:Array(UInt64)}, {source_types:Array(String)}, '')`
const converted = `currency IN ('', {currency:String})`
const spend = (column: string) => `if(${converted}, ${column}, ${noMoney})`

/** What an ad account does not say of its clicks' medium: they cost money, so no organic channel. */
export const spendOrigin = {
  source: 'source',
  medium: `if(medium = '', 'cpc', medium)`,
  // Many ads and days have few campaigns: patterns are tried once on each name.
  campaign: 'toLowCardinality(campaign_name)',
}

const fromAdSpend = (facts: typeof currentFacts, rules?: readonly ChannelRule[]) => `
  SELECT date, integration_id, ${sourceType} AS source_type,
    ${channelExpression(spendOrigin, rules)} AS channel, source, medium,
    campaign_name AS campaign, campaign_id, ad_group_name AS ad_group, ad_id, ad_name AS ad, country, device,
    toUInt64(0) AS orders, toUInt64(0) AS new_customers, toUInt64(0) AS cancelled_orders,
    toUInt64(NOT (${converted})) AS unconverted,
    ${noMoney} AS gross, ${noMoney} AS discount, ${noMoney} AS refunded_by_order_date,
    ${noMoney} AS refunded_by_refund_date, ${noMoney} AS tax, ${noMoney} AS shipping, ${noMoney} AS cogs,
    ${noMoney} AS fees,
    ${spend('cost')} AS cost, impressions, clicks, conversions AS platform_conversions,
    ${spend('conversion_value')} AS platform_revenue
  FROM (${facts(SPEND_LOG, 'date', '*', `${inVersion} AND date IN {days:Array(Date)}`)})`

const sums = measures
  .split(/,\s*/)
  .map((name) => `sum(${name})`)
  .join(', ')

const insert = (columns: string) => `
  INSERT INTO daily_kpi (project_id, date, generation, ${dimensions}, ${measures})
  SELECT {project_id:UInt64}, date, {commit_id:UInt64}, ${dimensions}, ${columns}`

const ordersOfDays = `${insert(sums)} FROM (${fromOrders}) GROUP BY date, ${dimensions}`

/** What an ad cost on a day is one fact: there is nothing to add up. */
const spendOfDays = (facts: typeof currentFacts, settings: RefreshSettings) =>
  `${insert(measures)} FROM (${fromAdSpend(facts, settings.channelRules)})`

const changed = 'project_id = {project_id:UInt64} AND commit_id = {commit_id:UInt64}'

const spendDays = `
  SELECT date FROM ad_spend_daily_log WHERE ${changed}
  UNION DISTINCT SELECT date FROM dirty_days WHERE ${changed}`

/** Whether days have facts of commits before this one, so that some may have several versions. */
async function hasEarlierSpend(version: Version, days: readonly string[]): Promise<boolean> {
  const sql = `SELECT 1 FROM ${SPEND_LOG} WHERE ${beforeCommit} AND date IN {days:Array(Date)} LIMIT 1`
  return (await rows(sql, { ...versionParams(version), days })).length > 0
}

/**
 * Rebuilds `daily_kpi` for the days whose orders were rebuilt and for those whose spend changed.
 *
 * @returns the days, `YYYY-MM-DD`
 */
export async function rebuildDailyKpi(
  version: Version,
  settings: RefreshSettings,
  orderDays: readonly string[]
): Promise<string[]> {
  const hasSpend = holds(settings, SPEND_LOG)
  const spent = hasSpend ? await rows<{ date: string }>(spendDays, versionParams(version)) : []
  const days = [...new Set([...orderDays, ...spent.map(({ date }) => date)])].sort()
  if (days.length === 0) return days
  const run = (part: string, sql: string) =>
    command(sql, {
      params: { ...refreshParams(version, settings), days },
      queryId: `commit-${version.commitId}-daily-kpi-${part}`,
      settings: { insert_deduplication_token: `${version.commitId}:daily-kpi:${part}`, ...eagerly },
    })
  if (orderLogsOf(settings).length > 0) await run('orders', ordersOfDays)
  if (hasSpend) {
    const facts = (await hasEarlierSpend(version, days)) ? currentFacts : onlyFacts
    await run('spend', spendOfDays(facts, settings))
  }
  await noteSlices(version, 'kpi', days)
  return days
}
