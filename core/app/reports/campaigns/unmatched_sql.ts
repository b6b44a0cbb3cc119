import { campaignKey, campaignLabel, isSpend } from '#measurement/public'
import { inSlices } from '#warehouse/public'

const inPeriod = 'date BETWEEN {date_from:Date} AND {date_to:Date}'
const columns = { source: 'source', campaign: 'campaign', campaignId: 'campaign_id' }

/** Keys are looked up once per spelling, not once per row. */
const keyed = (spellings: string) => `SELECT *, ${campaignKey(columns)} AS key FROM (${spellings})`

const spend = keyed(`
    SELECT source, campaign, campaign_id, sum(cost) AS spent, sum(clicks) AS clicked
    FROM daily_kpi WHERE ${inSlices('kpi')} AND ${inPeriod} AND ${isSpend}
    GROUP BY source, campaign, campaign_id`)

const visits = keyed(`
    SELECT source, medium, channel, campaign, campaign_id, count() AS seen
    FROM touch WHERE ${inSlices('touch')} AND ${inPeriod}
    GROUP BY source, medium, channel, campaign, campaign_id`)

const page = 'LIMIT {limit:UInt64} + 1 OFFSET {offset:UInt64}'
const unknown = (column: string) => `nullIf(${column}, '')`

/** Ad campaigns that cost something on these days, while no visit of them names the campaign. */
export const spendWithoutVisits = `
  SELECT ${unknown(campaignLabel('key', 'max(campaign)'))} AS campaign_name, ${unknown('campaign_id')} AS id,
    ${unknown('source')} AS source_name, toFloat64(sum(spent)) AS cost, toFloat64(sum(clicked)) AS clicks
  FROM (${spend})
  WHERE key = '' OR key NOT IN (SELECT key FROM (${visits}))
  GROUP BY key, source, campaign_id
  HAVING cost != 0 OR clicks != 0
  ORDER BY cost DESC, clicks DESC, key, source, campaign_id
  ${page}`

/** Visits that cost money or name a campaign, while nothing was spent on it on these days. */
export const visitsWithoutSpend = `
  SELECT ${unknown('min(campaign)')} AS campaign_name, ${unknown('campaign_id')} AS id, ${unknown('source')} AS source_name,
    ${unknown('medium')} AS medium_name, ${unknown('channel')} AS channel_name, toFloat64(sum(seen)) AS visits,
    channel IN {paid_channels:Array(String)} AS is_paid
  FROM (${visits})
  WHERE (key != '' OR channel IN {paid_channels:Array(String)})
    AND (key = '' OR key NOT IN (SELECT key FROM (${spend})))
  GROUP BY key, campaign_id, source, medium, channel
  ORDER BY visits DESC, key, campaign_id, source, medium, channel
  ${page}`
