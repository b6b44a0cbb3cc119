import { documentKey } from './alias_keys.ts'
import { channelExpression, type ChannelRule } from './channel_rules.ts'
import { dirtyNames } from './identity_documents.ts'
import { holds } from './known_logs.ts'
import { rank, sourceType } from './order_documents.ts'
import { withPersons } from './persons.ts'
import type { RefreshSettings } from './refresh.ts'
import { currentFacts, inSlices, inVersion } from './versions.ts'

const noMoney = 'toDecimal128(0, 9)'

/**
 * Columns of a conversion before it has touches. `anchor` is the time that it looks back from, `own_…`
 * what it says itself about where it came from.
 */
export const conversionColumns = `date, goal, conversion_key, conversion_id, event_time, anchor, person_key, is_new,
  integration_id, source_type, country, device, coupon, gross, discount, refunded, cogs, tax, shipping, fees,
  order_key, order_date, first_order_date, own_channel, own_source, own_medium, own_campaign, own_landing_page`

const orderRows = (where: string) =>
  `SELECT * FROM order_facts WHERE ${inSlices('orders')} AND state = 'valid' AND is_converted AND ${where}`

/**
 * Orders and refunds. A refund looks back from the time of its order. An order that sums to nothing is no
 * conversion, but its amounts belong to somebody too.
 */
const orders = (where: string) => `
  SELECT date, multiIf(kind = 'refund', 'refund', is_counted, 'order', 'zero_order') AS goal,
    fact_key AS conversion_key, order_id AS conversion_id, event_time,
    if(kind = 'refund' AND refunded_key != 0, ordered_at, event_time) AS anchor,
    customer_key AS person_key, is_new, integration_id, source_type, country, device, coupon,
    gross, discount, refunded, cogs, tax, shipping, fees, order_key, order_date, first_order_date,
    channel AS own_channel, source AS own_source, medium AS own_medium, campaign AS own_campaign,
    cutQueryStringAndFragment(landing_page) AS own_landing_page
  FROM (${orderRows(where)}) AS facts
  ANY LEFT JOIN (
    SELECT order_key, order_key AS refunded_key, event_time AS ordered_at
    FROM (${orderRows(`kind = 'order' AND order_key IN (
      SELECT order_key FROM (${orderRows(`kind = 'refund' AND order_key != 0 AND ${where}`)})
    )`)})
  ) AS refunded_orders USING (order_key)`

/** What else may be a conversion: how a goal is read from its log. All are SQL over a row of the log. */
interface Goal {
  log: string
  grain: string
  name: string
  reachedAt: string
  isReached: string
  /** Key of its document, whose person it belongs to. */
  document: string
  id: string
  amount: string
  currency: string
  /** Prefix of the columns that say where it came from. */
  utm: 'utm_' | ''
  landingPage: string
  /** Versions of what the commit may have changed. */
  isDirty: string
}

const deal = {
  log: 'deal_log',
  grain: 'deal_id',
  document: documentKey.deal('deal_id'),
  id: 'deal_id',
  amount: `ifNull(amount, ${noMoney})`,
  currency: 'currency',
  utm: 'utm_',
  landingPage: `''`,
  isDirty: `${inVersion} AND deal_id IN (${dirtyNames('deal')})`,
} as const

const goals: readonly Goal[] = [
  { ...deal, name: `'deal'`, reachedAt: 'created_at', isReached: 'true' },
  {
    ...deal,
    name: `'deal_won'`,
    // A CRM that does not say when a deal was won says when it changed last.
    reachedAt: 'ifNull(closed_at, greatest(created_at, vendor_updated_at))',
    isReached: 'ifNull(won, false)',
  },
  {
    log: 'lead_log',
    grain: 'lead_id',
    name: `'lead'`,
    reachedAt: 'created_at',
    isReached: 'true',
    document: documentKey.lead('lead_id'),
    id: 'lead_id',
    amount: noMoney,
    currency: `''`,
    utm: 'utm_',
    landingPage: `''`,
    isDirty: `${inVersion} AND lead_id IN (${dirtyNames('lead')})`,
  },
  {
    log: 'custom_event_log',
    grain: 'occurred_at',
    name: `concat('event:', event_name)`,
    reachedAt: 'occurred_at',
    isReached: 'true',
    document: documentKey.event('fact_id'),
    id: 'event_id',
    amount: `ifNull(value, ${noMoney})`,
    currency: 'currency',
    utm: '',
    landingPage: 'landing_page',
    isDirty: 'project_id = {project_id:UInt64} AND commit_id = {commit_id:UInt64}',
  },
]

/** Of documents that several integrations of a namespace know, the one published last stands. */
const standing = ({ log, grain, document }: Goal) => `
  SELECT *, ${document} AS alias_key FROM (${currentFacts(log, grain, '*', inVersion)})
  ORDER BY alias_key, ${rank} DESC, integration_id DESC LIMIT 1 BY alias_key`

const reached = (goal: Goal) => `
  SELECT alias_key, ${goal.name} AS goal, toString(${goal.id}) AS conversion_id,
    ${goal.reachedAt} AS reached_at, integration_id, ${goal.amount} AS gross,
    ${['source', 'medium', 'campaign'].map((name) => `toString(facts.${goal.utm}${name}) AS own_${name}`).join(', ')},
    cutQueryStringAndFragment(${goal.landingPage}) AS own_landing_page
  FROM (${standing(goal)}) AS facts
  WHERE ${goal.isReached} AND ${goal.currency} IN ('', {currency:String})`

const union = (selects: readonly string[]) => selects.join('\nUNION ALL\n')

const ofLogs = (logs: ReadonlySet<string>) => goals.filter(({ log }) => logs.has(log))

const currentGoals = (logs: ReadonlySet<string>) => union(ofLogs(logs).map(reached))

const ownOrigin = {
  source: 'own_source',
  medium: 'own_medium',
  campaign: 'own_campaign',
  landing_page: 'own_landing_page',
}

/** Goals that the commit's rows speak of, or that another integration decides now; reached or not any more. */
export const changedGoals = (logs: ReadonlySet<string>): string =>
  union(
    ofLogs(logs).map(
      ({ log, document, reachedAt, isDirty }) => `
    SELECT ${document} AS alias_key, toDate(${reachedAt}, {timezone:String}) AS date FROM ${log}
    WHERE ${isDirty}`
    )
  )

/** Every day on which a goal was reached. */
export const goalDays = (logs: ReadonlySet<string>): string =>
  `SELECT toDate(reached_at, {timezone:String}) AS date FROM (${currentGoals(logs)})`

const reachedGoals = (where: string, { rules, goalLogs }: ConversionOptions) => `
  SELECT toDate(reached_at, {timezone:String}) AS date, goal, alias_key AS conversion_key, conversion_id,
    reached_at AS event_time, reached_at AS anchor, if(is_known, person_key, 0) AS person_key, false AS is_new,
    integration_id, ${sourceType} AS source_type, '' AS country, '' AS device, '' AS coupon, gross, ${noMoney} AS discount,
    ${noMoney} AS refunded, ${noMoney} AS cogs, ${noMoney} AS tax, ${noMoney} AS shipping, ${noMoney} AS fees,
    toUInt64(0) AS order_key, date AS order_date, toDate(0) AS first_order_date, ${channelExpression(ownOrigin, rules)} AS own_channel,
    own_source, own_medium, own_campaign, own_landing_page
  FROM (${withPersons(currentGoals(goalLogs))})
  WHERE ${where}`

/** Logs that may hold anything but orders that may be a conversion. */
export const goalLogsOf = (settings: RefreshSettings): ReadonlySet<string> =>
  new Set(goals.map(({ log }) => log).filter((log) => holds(settings, log)))

/** What a list of conversions depends on. */
export interface ConversionOptions {
  rules: readonly ChannelRule[] | undefined
  /** Those with goals: without, a statement is shorter by half. */
  goalLogs: ReadonlySet<string>
}

/** Everything that counts as a conversion and matches `where`, a condition on `date`. */
export function conversions(where: string, options: ConversionOptions): string {
  const selects = [
    orders(where),
    ...(options.goalLogs.size > 0 ? [reachedGoals(where, options)] : []),
  ]
  return union(selects.map((select) => `SELECT ${conversionColumns} FROM (${select})`))
}

const inDays = 'date IN {days:Array(Date)}'
const ordersOfDays = `SELECT customer_key, date, order_date FROM order_facts WHERE ${inSlices('orders')} AND ${inDays}`

/** Versions of facts by which goals may be reached on the days. */
const goalsOfDays = (goalLogs: ReadonlySet<string>) =>
  ofLogs(goalLogs).map(
    ({ log, document, reachedAt }) => `
    SELECT ${document} AS alias_key, toDate(${reachedAt}, {timezone:String}) AS date FROM ${log}
    WHERE ${inVersion} AND ${inDays}`
  )

/** Days of the touches that conversions of `{days:Array(Date)}` may look back to, and at most how many these are. */
export const bounds = (goalLogs: ReadonlySet<string>): string => `
  SELECT count() AS found, toString(min(looks_from) - {window_days:UInt32} - 1) AS touch_from,
    toString(greatest(max(date), max(looks_from)) + 1) AS touch_to
  FROM (${union([
    `SELECT date, order_date AS looks_from FROM (${ordersOfDays})`,
    ...goalsOfDays(goalLogs).map((goals) => `SELECT date, date AS looks_from FROM (${goals})`),
  ])})`

/** Everybody who may have a conversion on these days: fewer words than the conversions themselves. */
export const convertedPersons = (goalLogs: ReadonlySet<string>): string =>
  union([
    `SELECT customer_key AS person_key FROM (${ordersOfDays})`,
    ...(goalLogs.size > 0
      ? [`SELECT person_key FROM (${withPersons(union(goalsOfDays(goalLogs)))})`]
      : []),
  ])
