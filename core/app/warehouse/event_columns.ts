import { foldCampaign } from './campaign_key.ts'

const noMoney = 'toDecimal128(0, 9)'
const noText = `''`
const none = 'toUInt64(0)'

/** Where a row of `events` stands; the same place written again replaces it. */
export const identity = `project_id, event_date, event_datetime, event_time, source_type, event_type, fact_id`

/** What a row of `events` says, and SQL for what it says where nothing is known. */
const unknown = {
  session_id: noText,
  client_id: noText,
  customer_id: noText,
  order_id: noText,
  source: noText,
  medium: noText,
  channel: noText,
  campaign_id: noText,
  campaign_name: noText,
  ad_group_name: noText,
  ad_id: noText,
  ad_creative_name: noText,
  keyword: noText,
  landing_page: noText,
  country: noText,
  device: noText,
  impressions: none,
  clicks: none,
  transactions: 'toUInt32(0)',
  currency: noText,
  cost: noMoney,
  cost_original: noMoney,
  revenue: noMoney,
  revenue_original: noMoney,
  tax: noMoney,
  shipping: noMoney,
  discount: noMoney,
  cogs: noMoney,
  attributes: `CAST(map(), 'Map(String, String)')`,
  integration_id: 'integration_id',
} as const

export type EventColumns = Record<keyof typeof unknown, string>

/** Names of the columns besides where a row stands. */
export const facts = Object.keys(unknown).join(', ')

/** These columns as told, the others as unknown, in the order of `facts`. */
export function factColumns(known: Partial<EventColumns>): string {
  return Object.entries({ ...unknown, ...known })
    .map(([name, expression]) => `${expression} AS ${name}`)
    .join(', ')
}

export const sourceTypeOf = `transform(integration_id, {source_ids:Array(UInt64)}, {source_types:Array(String)}, '')`

/** Where a row stands, by SQL for its time and its day. */
export const place = (eventType: string, time: string, day: string): string =>
  `project_id, ${day} AS event_date, toDateTime(${time}, 'UTC') AS event_datetime,
    toDateTime64(${time}, 3, 'UTC') AS event_time, ${sourceTypeOf} AS source_type, '${eventType}' AS event_type, fact_id`

/** A map of those that are not ''. */
export function attributes(named: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(named).map(([name, value]) => `'${name}', toString(${value})`)
  return `mapFilter((name, value) -> value != '', map(${pairs.join(', ')}))`
}

/** Writes rows of `identity` and `facts`, or marks them as gone. */
export const insertEvents = (isDeleted: boolean, select: string): string => `
  INSERT INTO events (${identity}, ${facts}, campaign_key, run_id, observed_at, commit_id, is_deleted)
  SELECT ${identity}, ${facts}, ${foldCampaign('toLowCardinality(campaign_name)')},
    {run_id:UInt64}, now64(3), {commit_id:UInt64}, ${isDeleted ? 1 : 0}
  FROM (${select})`
