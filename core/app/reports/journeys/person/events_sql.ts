import { inSlices } from '#warehouse/public'
import { aliases } from './person_sql.ts'

const none = 'toDecimal128(0, 9)'
const origin = 'channel, source, medium, campaign, landing_page, country, device'

/** TRICKY: of one moment, touches come before the order that they may have led to. */
const touches = `
  SELECT event_time, toUInt8(1) AS place, touch_key AS key, 'touch' AS event, toString(touch_key) AS id, toString(touch.kind) AS name,
    integration_id, '' AS source_type, '' AS state, false AS is_counted, false AS is_new,
    ${none} AS gross, ${none} AS discount, ${none} AS refunded, ${none} AS net, ${origin}, ad, keyword, is_direct, alias_key AS alias
  FROM touch WHERE ${inSlices('touch')} AND alias_key IN (${aliases})`

/** What an order brought, and what a refund took back that no order shows. */
const net = `multiIf(order_facts.state != 'valid' OR NOT is_converted, ${none},
    order_facts.kind = 'order', order_facts.gross - order_facts.discount - order_facts.refunded,
    order_key = 0, -order_facts.refunded, ${none})`

const orders = `
  SELECT event_time, toUInt8(if(order_facts.kind = 'order', 2, 3)) AS place, fact_key AS key, toString(order_facts.kind) AS event,
    order_id AS id, '' AS name, integration_id, toString(order_facts.source_type) AS source_type, toString(order_facts.state) AS state,
    is_counted, is_new, order_facts.gross AS gross, order_facts.discount AS discount, order_facts.refunded AS refunded,
    ${net} AS net, ${origin}, '' AS ad, '' AS keyword, false AS is_direct, toUInt64(0) AS alias
  FROM order_facts WHERE ${inSlices('orders')} AND customer_key = {person:UInt64}`

const goals = `
  SELECT event_time, toUInt8(4) AS place, conversion_key AS key, if(startsWith(goal, 'event:'), 'event', toString(goal)) AS event,
    conversion_id AS id, if(startsWith(goal, 'event:'), substring(goal, 7), '') AS name, integration_id,
    toString(journeys.source_type) AS source_type, '' AS state, false AS is_counted, false AS is_new,
    journeys.gross AS gross, journeys.discount AS discount, journeys.refunded AS refunded, ${none} AS net,
    '' AS channel, '' AS source, '' AS medium, '' AS campaign, '' AS landing_page, country, device, '' AS ad, '' AS keyword, false AS is_direct, toUInt64(0) AS alias
  FROM journeys
  WHERE ${inSlices('journeys')} AND person_key = {person:UInt64} AND goal NOT IN ('order', 'refund', 'zero_order')`

const columns = `event_time, place, key, event, id, name, integration_id, source_type, state, is_counted, is_new, gross, discount,
    refunded, net, channel, source, medium, campaign, landing_page, country, device, ad, keyword, is_direct, alias`

/** Everything that is known to have happened to the person. */
const events = [touches, orders, goals]
  .map((select) => `SELECT ${columns} FROM (${select})`)
  .join('\n  UNION ALL\n  ')

/** TRICKY: the place among what happened at one time is decided by kind and key, so pages never overlap. */
const position = '(events.event_time, place, events.key)'
const asked = `(fromUnixTimestamp64Milli({at:Int64}, 'UTC'), {place:UInt8}, {key:UInt64})`

/** One page of them, in order of time. */
export function eventsSql(order: 'asc' | 'desc', goesOn: boolean): string {
  const direction = order === 'asc' ? 'ASC' : 'DESC'
  return `
SELECT event_time, toString(toUnixTimestamp64Milli(event_time)) AS at, place, toString(key) AS key, event, id, name,
  toString(integration_id) AS integration_id, source_type, state, is_counted, is_new,
  toFloat64(gross) AS gross, toFloat64(discount) AS discount, toFloat64(refunded) AS refunded, toFloat64(net) AS net,
  ${origin}, ad, keyword, is_direct
FROM (${events}) AS events
${goesOn ? `WHERE ${position} ${order === 'asc' ? '>' : '<'} ${asked}` : ''}
ORDER BY events.event_time ${direction}, place ${direction}, events.key ${direction}
LIMIT {limit:UInt32}`
}

/** Identifiers whose types are looked up, of somebody whose touches name very many. */
const MOST_ALIASES = 1000

/** All of them together. */
export const summarySql = `
SELECT toFloat64(count()) AS events, min(event_time) AS first_seen_at, max(event_time) AS last_seen_at,
  toFloat64(countIf(event = 'touch')) AS touches, toFloat64(countIf(is_counted)) AS orders, toFloat64(sum(net)) AS revenue,
  groupUniqArrayIf(${MOST_ALIASES})(toString(alias), event = 'touch') AS touched
FROM (${events})`
