import { channelExpression, type ChannelRule } from './channel_rules.ts'
import { spendOrigin } from './daily_kpi.ts'
import { attributes, type EventColumns } from './event_columns.ts'
import { withOrigin } from './origins.ts'

type Rules = readonly ChannelRule[] | undefined

/** A log whose facts stand in `events`, one row each. SQL is over a row of the log as `fact`. */
export interface MirroredLog {
  log: string
  /** The column after project_id in its order. */
  grain: string
  /** Whatever leaves a day has left a tombstone there, since the time is the grain. */
  isDated: boolean
  eventType: string
  time: string
  day: string
  columns: (rules: Rules) => Partial<EventColumns>
  /** What the columns are computed of, where that is more than rows of the log. */
  prepared?: (rows: string, rules: Rules) => string
}

const projectDay = (time: string) => `toDate(${time}, {timezone:String})`
const own = (...names: (keyof EventColumns)[]) =>
  Object.fromEntries(names.map((name) => [name, `fact.${name}`])) as Partial<EventColumns>

const noMoney = 'toDecimal128(0, 9)'
const currency = `if(fact.currency = '', {currency:String}, fact.currency)`

/** An ad account's days are its own, whatever the project's time zone. */
const adSpend: MirroredLog = {
  log: 'ad_spend_daily_log',
  grain: 'date',
  isDated: true,
  eventType: 'ad_stats',
  time: 'fact.date',
  day: 'fact.date',
  columns: (rules) => ({
    ...own('source', 'medium', 'campaign_id', 'campaign_name', 'ad_group_name', 'ad_id'),
    ...own('country', 'device', 'impressions', 'clicks'),
    channel: channelExpression(spendOrigin, rules),
    ad_creative_name: 'fact.ad_name',
    currency,
    cost: `if(fact.currency IN ('', {currency:String}), fact.cost, ${noMoney})`,
    cost_original: 'fact.cost',
  }),
}

/** Whatever a visit's link may tell about its person stays behind: no parameters, no click id. */
const visit = (rules: Rules) => ({
  prepared: (rows: string) => withOrigin(rows, rules),
  columns: {
    ...own('client_id', 'customer_id', 'country', 'device'),
    source: 'fact.visit_source',
    medium: 'fact.visit_medium',
    channel: 'fact.visit_channel',
    campaign_id: 'fact.told_campaign_id',
    campaign_name: 'fact.told_campaign',
    ad_creative_name: 'fact.told_ad',
    keyword: 'fact.told_keyword',
    landing_page: 'fact.landing',
  } satisfies Partial<EventColumns>,
  attributes: { click_id_kind: 'fact.click_id_kind', referrer_host: 'fact.referrer_host' },
})

const prepared = (rows: string, rules: Rules) => visit(rules).prepared(rows)

const touchpoint: MirroredLog = {
  log: 'touchpoint_log',
  grain: 'occurred_at',
  isDated: true,
  eventType: 'click',
  time: 'fact.occurred_at',
  day: projectDay('fact.occurred_at'),
  prepared,
  columns: (rules) => ({
    ...visit(rules).columns,
    ...own('order_id'),
    attributes: attributes(visit(rules).attributes),
  }),
}

const session: MirroredLog = {
  log: 'session_log',
  grain: 'started_at',
  isDated: true,
  eventType: 'session_start',
  time: 'fact.started_at',
  day: projectDay('fact.started_at'),
  prepared,
  columns: (rules) => ({
    ...visit(rules).columns,
    ...own('session_id'),
    attributes: attributes({
      ...visit(rules).attributes,
      page_views: `if(fact.page_views = 0, '', toString(fact.page_views))`,
      ended_at: `ifNull(toString(fact.ended_at), '')`,
    }),
  }),
}

/** Of what people name their events by; a name of ours wins over one of theirs. */
const customEvent: MirroredLog = {
  log: 'custom_event_log',
  grain: 'occurred_at',
  isDated: true,
  eventType: 'custom',
  time: 'fact.occurred_at',
  day: projectDay('fact.occurred_at'),
  prepared,
  columns: (rules) => ({
    ...visit(rules).columns,
    currency: `if(isNull(fact.value), '', ${currency})`,
    attributes: `mapUpdate(fact.attributes, ${attributes({
      ...visit(rules).attributes,
      event_name: 'fact.event_name',
      value: `ifNull(toString(fact.value), '')`,
      page: 'cutQueryStringAndFragment(fact.url)',
    })})`,
  }),
}

const byUtm = (rules: Rules): Partial<EventColumns> => ({
  ...own('client_id'),
  source: 'fact.utm_source',
  medium: 'fact.utm_medium',
  channel: channelExpression(
    { source: 'fact.utm_source', medium: 'fact.utm_medium', campaign: 'fact.utm_campaign' },
    rules
  ),
  campaign_name: 'fact.utm_campaign',
  ad_creative_name: 'fact.utm_content',
  keyword: 'fact.utm_term',
})

/** A deal's amount is no revenue: that is the orders'. */
const deal: MirroredLog = {
  log: 'deal_log',
  grain: 'deal_id',
  isDated: false,
  eventType: 'deal_stage',
  time: 'fact.created_at',
  day: projectDay('fact.created_at'),
  columns: (rules) => ({
    ...byUtm(rules),
    ...own('order_id'),
    currency: `if(isNull(fact.amount), '', ${currency})`,
    attributes: attributes({
      deal_id: 'fact.deal_id',
      pipeline: 'fact.pipeline',
      stage: 'fact.stage',
      state: `multiIf(isNull(fact.won), 'open', fact.won = 1, 'won', 'lost')`,
      amount: `ifNull(toString(fact.amount), '')`,
      closed_at: `ifNull(toString(fact.closed_at), '')`,
    }),
  }),
}

const lead: MirroredLog = {
  log: 'lead_log',
  grain: 'lead_id',
  isDated: false,
  eventType: 'lead',
  time: 'fact.created_at',
  day: projectDay('fact.created_at'),
  columns: (rules) => ({
    ...byUtm(rules),
    ...own('customer_id', 'campaign_id', 'ad_id'),
    attributes: attributes({
      lead_id: 'fact.lead_id',
      status: 'fact.status',
      form_id: 'fact.form_id',
    }),
  }),
}

export const mirroredLogs: readonly MirroredLog[] = [
  adSpend,
  touchpoint,
  session,
  deal,
  lead,
  customEvent,
]
