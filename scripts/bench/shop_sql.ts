/** How long the shop has been open. */
export const ALL_DAYS = 731

/** Days after its history, to be imported one by one. */
export const FURTHER_DAYS = 31

/** The first of these. */
export const END = '2026-01-01'

const DAY = 86_400
const SPAN = (ALL_DAYS + FURTHER_DAYS) * DAY

/** Page views and carts included, as a tracker counts; about eight to a visit. */
const EVENTS_PER_VISITOR = 12.75

const paidChannels = [
  'Paid Search',
  'Paid Social',
  'Display',
  'Email',
  'Affiliates',
  'Paid Video',
  'Cross-network',
  'SMS',
  'Paid Shopping',
]
const listed = paidChannels.map((channel) => `'${channel}'`).join(', ')

/** A number between 0 and 1 that follows from these. */
const random = (...seeds: (string | number)[]) =>
  `((cityHash64(${seeds.join(', ')}) % 1000003 + 0.5) / 1000003)`

/** Of each visitor how often they come, and from when on. One in fifty buys. */
function visitors(events: number): string {
  const count = Math.round((events / EVENTS_PER_VISITOR) * (SPAN / (ALL_DAYS * DAY)))
  return `
  SELECT number AS visitor, cityHash64(number, 99) % 50 = 0 AS buys,
    toUInt32(least(20, if(buys, 2 + floor(-log(${random('number', 2)}) * 3), 1 + floor(-log(${random('number', 2)}))))) AS visits,
    toUnixTimestamp(toDate('${END}')) - ${ALL_DAYS * DAY} + toUInt32(${SPAN} * number / ${count})
      + cityHash64(number, 33) % ${DAY} AS first_at,
    concat(toString(cityHash64(number, 1) % 2147483648), '.', toString(number)) AS client_id,
    3600 + floor(-log(${random('number', 34)}) * ${6 * DAY}) AS gap
  FROM numbers(${count})`
}

const visits = (events: number) => `
  SELECT visitor, client_id, visit, visits, buys,
    toDateTime(toUInt32(first_at + (visit - 1) * gap * (0.5 + ${random('visitor', 'visit', 3)})), 'UTC') AS at,
    ${random('visitor', 'visit', 4)} AS came,
    toUInt32(floor(exp(${random('visitor', 'visit', 5)} * log(201)))) AS campaign
  FROM (SELECT *, arrayJoin(range(1, visits + 1)) AS visit FROM (${visitors(events)}))
  WHERE at >= {from:Date} AND at < {to:Date}`

const touchpoints = (events: number) => `
  SELECT at, client_id,
    multiIf(came < 0.18, 'Direct', came < 0.40, 'Organic Search', came < 0.45, 'Referral', [${listed}][1 + campaign % 9]) AS channel,
    multiIf(came < 0.18, '(direct)', came < 0.45, 'search.example', concat('platform-', toString(campaign % 9))) AS source,
    multiIf(came < 0.18, '(none)', came < 0.45, 'organic', 'cpc') AS medium,
    if(came < 0.45, '', concat('Campaign ', toString(campaign))) AS campaign_name
  FROM (${visits(events)})
  FORMAT CSVWithNames`

/** Buyers order at the end of their last visit, and of every fifth one. */
const orders = (events: number) => `
  SELECT concat('O', toString(visitor), '-', toString(visit)) AS order_id, at + 600 AS ordered_at,
    toDecimal64(exp(3.6 + 1.5 * (${random('visitor', 'visit', 11)} + ${random('visitor', 'visit', 12)} - 1)), 2) AS total,
    client_id, concat('C', toString(visitor)) AS customer_id
  FROM (${visits(events)}) WHERE buys AND (visit = visits OR visit % 5 = 0)
  FORMAT CSVWithNames`

/**
 * Files of a shop that there is none of: visitors who come back by twelve channels and 200 campaigns,
 * and 2 % of whom buy. All of it follows from numbers by hashing, so it is the same in every run. Days
 * are bound as `from` and `to`, the first and the one after the last.
 */
export const files = {
  touchpoints: {
    sql: touchpoints,
    columns: {
      occurred_at: 'at',
      client_id: 'client_id',
      channel: 'channel',
      source: 'source',
      medium: 'medium',
      campaign: 'campaign_name',
    },
  },
  orders: {
    sql: orders,
    columns: {
      order_id: 'order_id',
      ordered_at: 'ordered_at',
      total: 'total',
      client_id: 'client_id',
      customer_id: 'customer_id',
    },
    constants: { currency: 'GBP' },
  },
}
