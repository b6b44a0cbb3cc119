import { dateOf } from '../../world/calendar.ts'
import type { Ad, AdGroup, Campaign } from '../../world/campaigns.ts'
import { SHOP } from '../../world/touches.ts'
import type { Account } from '../accounts.ts'

export interface Sums {
  impressions: number
  clicks: number
  costMicros: number
  conversions: number
  conversionsValue: number
}

/** What a row of an answer is about. */
export interface Fact {
  account: Account
  firstDay: number
  client?: { account: Account; level: number }
  campaign?: Campaign
  group?: AdGroup
  ad?: Ad
  day?: number
  sums?: Sums
}

export type Resource = 'customer' | 'customer_client' | 'campaign' | 'ad_group' | 'ad_group_ad'
type Type = 'int64' | 'int32' | 'double' | 'string' | 'boolean' | 'enum' | 'date'

export interface Field {
  name: string
  kind: 'attribute' | 'segment' | 'metric'
  type: Type
  /** Whose attribute it is. */
  resource?: Resource
  constants?: readonly string[]
  read: (fact: Fact) => string | number | boolean | undefined
}

const STATUSES = ['ENABLED', 'PAUSED', 'REMOVED']
const ACCOUNT_STATUSES = ['ENABLED', 'CANCELED', 'SUSPENDED', 'CLOSED']
const CHANNELS = ['SEARCH', 'DISPLAY', 'SHOPPING', 'VIDEO', 'PERFORMANCE_MAX', 'DEMAND_GEN']

type Reader = Field['read']

const attribute =
  (resource: Resource) =>
  (name: string, type: Type, read: Reader, constants?: readonly string[]): Field => ({
    name: `${resource}.${name}`,
    kind: 'attribute',
    type,
    resource,
    read,
    ...(constants && { constants }),
  })

const customer = attribute('customer')
const client = attribute('customer_client')
const campaign = attribute('campaign')
const group = attribute('ad_group')
const groupAd = attribute('ad_group_ad')

const of = ({ account }: Fact) => `customers/${account.id}`
const campaignName = (fact: Fact) => `${of(fact)}/campaigns/${fact.campaign?.id}`
const groupName = (fact: Fact) => `${of(fact)}/adGroups/${fact.group?.id}`

const accountFields = (
  make: typeof customer,
  read: (fact: Fact) => Account | undefined
): Field[] => [
  make('id', 'int64', (fact) => read(fact)?.id),
  make('descriptive_name', 'string', (fact) => read(fact)?.name),
  make('currency_code', 'string', (fact) => read(fact)?.currency),
  make('time_zone', 'string', (fact) => read(fact)?.timeZone),
  make('manager', 'boolean', (fact) => read(fact)?.isManager),
  make('status', 'enum', (fact) => read(fact)?.status, ACCOUNT_STATUSES),
  make('test_account', 'boolean', () => false),
]

/** A campaign's end is set where it has one; nobody has set this shop's. */
const startOf = ({ campaign: own, firstDay }: Fact) =>
  `${dateOf(firstDay + (own?.runs.from ?? 0))} 00:00:00`

const ATTRIBUTES: Field[] = [
  ...accountFields(customer, ({ account }) => account),
  customer('resource_name', 'string', of),
  customer('auto_tagging_enabled', 'boolean', () => true),
  ...accountFields(client, (fact) => fact.client?.account),
  client('client_customer', 'string', (fact) => `customers/${fact.client?.account.id}`),
  client('level', 'int64', (fact) => fact.client?.level),
  client('hidden', 'boolean', () => false),
  client(
    'resource_name',
    'string',
    (fact) => `${of(fact)}/customerClients/${fact.client?.account.id}`
  ),
  campaign('id', 'int64', (fact) => fact.campaign?.id),
  campaign('resource_name', 'string', campaignName),
  campaign('name', 'string', (fact) => fact.campaign?.name),
  campaign('status', 'enum', (fact) => fact.campaign?.status, STATUSES),
  campaign('advertising_channel_type', 'enum', (fact) => fact.campaign?.channelType, CHANNELS),
  campaign('advertising_channel_sub_type', 'enum', () => undefined),
  campaign('start_date_time', 'string', startOf),
  campaign('end_date_time', 'string', () => undefined),
  group('id', 'int64', (fact) => fact.group?.id),
  group('resource_name', 'string', groupName),
  group('name', 'string', (fact) => fact.group?.name),
  group('type', 'enum', (fact) => fact.group?.type),
  group('status', 'enum', (fact) => fact.campaign?.status, STATUSES),
  group('campaign', 'string', campaignName),
  groupAd(
    'resource_name',
    'string',
    (fact) => `${of(fact)}/adGroupAds/${fact.group?.id}~${fact.ad?.id}`
  ),
  groupAd('status', 'enum', (fact) => (fact.ad?.isRemoved ? 'REMOVED' : 'ENABLED'), STATUSES),
  groupAd('ad_group', 'string', groupName),
  groupAd('ad.id', 'int64', (fact) => fact.ad?.id),
  groupAd('ad.resource_name', 'string', (fact) => `${of(fact)}/ads/${fact.ad?.id}`),
  groupAd('ad.name', 'string', (fact) => fact.ad?.name),
  groupAd('ad.type', 'enum', (fact) => fact.ad?.type),
  groupAd('ad.display_url', 'string', () => SHOP.replace('https://', '')),
]

const metric = (name: string, type: Type, read: (sums: Sums) => number | undefined): Field => ({
  name: `metrics.${name}`,
  kind: 'metric',
  type,
  read: ({ sums }) => sums && read(sums),
})

const ratio = (above: number, below: number) => (below === 0 ? undefined : above / below)
/** Secondary actions, such as signing up for the newsletter. */
const secondary = ({ clicks }: Sums) => Math.floor(clicks * 0.03)

const METRICS: Field[] = [
  metric('impressions', 'int64', ({ impressions }) => impressions),
  metric('clicks', 'int64', ({ clicks }) => clicks),
  metric('interactions', 'int64', ({ clicks }) => clicks),
  metric('cost_micros', 'int64', ({ costMicros }) => costMicros),
  metric('conversions', 'double', ({ conversions }) => conversions),
  metric('conversions_value', 'double', ({ conversionsValue }) => conversionsValue),
  metric('all_conversions', 'double', (sums) => sums.conversions + secondary(sums)),
  metric('all_conversions_value', 'double', ({ conversionsValue }) => conversionsValue),
  metric('view_through_conversions', 'int64', () => 0),
  metric('ctr', 'double', ({ clicks, impressions }) => ratio(clicks, impressions)),
  metric('average_cpc', 'double', ({ costMicros, clicks }) => ratio(costMicros, clicks)),
]

const WEEKDAYS = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY']

const segment = (name: string, type: Type, read: (day: number) => string | number): Field => ({
  name: `segments.${name}`,
  kind: 'segment',
  type,
  read: ({ day }) => (day === undefined ? undefined : read(day)),
})

const monthOf = (day: number) => `${dateOf(day).slice(0, 7)}-01`
const quarterOf = (day: number) => {
  const month = Math.floor((Number(dateOf(day).slice(5, 7)) - 1) / 3) * 3 + 1
  return `${dateOf(day).slice(0, 4)}-${String(month).padStart(2, '0')}-01`
}

const SEGMENTS: Field[] = [
  segment('date', 'date', dateOf),
  // Day 4 of Unix was a Monday.
  segment('week', 'date', (day) => dateOf(day - ((((day - 4) % 7) + 7) % 7))),
  segment('month', 'date', monthOf),
  segment('quarter', 'date', quarterOf),
  segment('year', 'int32', (day) => Number(dateOf(day).slice(0, 4))),
  segment('day_of_week', 'enum', (day) => WEEKDAYS[new Date(day * 86_400_000).getUTCDay()] ?? ''),
]

export const FIELDS: ReadonlyMap<string, Field> = new Map(
  [...ATTRIBUTES, ...METRICS, ...SEGMENTS].map((field) => [field.name, field])
)

/** Dates by which an answer may be filtered without being divided by them. */
export const CORE_DATES = [
  'segments.date',
  'segments.week',
  'segments.month',
  'segments.quarter',
  'segments.year',
]

/** Which resources' attributes a query on one may ask for. */
export const REACHABLE: Record<Resource, readonly Resource[]> = {
  customer: ['customer'],
  customer_client: ['customer_client', 'customer'],
  campaign: ['campaign', 'customer'],
  ad_group: ['ad_group', 'campaign', 'customer'],
  ad_group_ad: ['ad_group_ad', 'ad_group', 'campaign', 'customer'],
}

/** Fields and resources that Google has and this double has not. */
export const NOT_PLAYED =
  /^(segments\.(device|hour|ad_network_type|click_type|conversion_\w+|slot|product_\w+|geo_\w+)|metrics\.(video_\w+|search_\w+|phone_\w+|active_view_\w+|\w*_by_conversion_date|cost_per_\w+|value_per_\w+|average_c\w+|engagements?|current_model_\w+)|campaign\.(bidding_\w+|labels|network_settings\.\w+|tracking_url_template|final_url_suffix|url_\w+|campaign_budget|serving_status|primary_status)|ad_group\.(cpc_bid_micros|labels|tracking_url_template)|ad_group_ad\.(policy_summary\.\w+|labels|ad\.(final_urls|final_url_suffix|tracking_url_template|responsive_\w+\.\w+|image_ad\.\w+)))$/
export const RESOURCES_NOT_PLAYED =
  /^(keyword_view|search_term_view|asset|asset_group|asset_group_asset|campaign_budget|campaign_criterion|ad_group_criterion|conversion_action|geographic_view|click_view|change_event|change_status|customer_manager_link|customer_client_link|shopping_performance_view|landing_page_view|label|performance_max_placement_view)$/
