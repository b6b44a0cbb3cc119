import { inSlices, journeysWithin } from '#warehouse/public'
import type { AttributionPlan } from '../attribution/plan.ts'
import { playerOfTouch, playersOf } from '../attribution/sql/names.ts'
import { aliases } from '../journeys/person/person_sql.ts'

/** The eligible touches of one order, in order: those that any report divides it among. */
export function pathSql({ grouping, window_days: days }: AttributionPlan, isLimited: boolean) {
  const conversion = `date = {order_date:Date} AND goal = 'order' AND conversion_key = {order_key:UInt64}`
  const within = `touch.1 <= event_time AND touch.1 >= event_time - toIntervalDay({window_days:UInt32})`
  return `
SELECT toString(toUnixTimestamp64Milli(eligible.1)) AS time, toString(eligible.2) AS id, eligible.3 AS is_direct, eligible.4 AS player
FROM (
  SELECT arrayFilter(touch -> ${within},
    arrayZip(touch_time, touch_key, touch_is_direct, ${playersOf(grouping.dimension, isLimited)})) AS path
  FROM (${journeysWithin(conversion, days)})
)
ARRAY JOIN path AS eligible, arrayEnumerate(path) AS place
ORDER BY place`
}

/** What the person did around the order. */
export const touchesSql = ({ grouping }: AttributionPlan, isLimited: boolean): string => `
SELECT toString(touch_key) AS id, toString(alias_key) AS alias, event_time AS at, toString(toUnixTimestamp64Milli(event_time)) AS time, kind,
  toString(integration_id) AS integration_id, is_direct, channel, source, medium, campaign, ad, keyword, landing_page,
  country, device, ${playerOfTouch(grouping.dimension, isLimited)} AS player, toFloat64(count() OVER ()) AS known
FROM touch
WHERE ${inSlices('touch')} AND date BETWEEN {around_from:Date} AND {around_to:Date}
  AND event_time BETWEEN fromUnixTimestamp64Milli({earliest:Int64}, 'UTC') AND fromUnixTimestamp64Milli({latest:Int64}, 'UTC')
  AND alias_key IN (${aliases})
ORDER BY abs(toUnixTimestamp64Milli(event_time) - {order_time:Int64}), touch_key
LIMIT {rows:UInt32}`
