import { inSlices } from '#warehouse/public'

/** Orders of the number; several sources may have one. `{integration_id}`, `{source_type}`: '' is any. */
export const ordersSql = `
SELECT order_id, order_key, integration_id, source_type, event_time, toString(toUnixTimestamp64Milli(event_time)) AS time,
  date, state, is_counted, is_converted, customer_key, is_new, first_order_date, country, device, coupon, currency,
  channel, source, medium, campaign, landing_page,
  total, gross, discount, refunded, gross - discount - refunded AS revenue, tax, shipping, cogs, fees
FROM order_facts
WHERE ${inSlices('orders')} AND kind = 'order' AND order_id = {order_id:String}
  AND ({integration_id:String} = '' OR toString(integration_id) = {integration_id:String})
  AND ({source_type:String} = '' OR source_type = {source_type:String})
ORDER BY integration_id, order_key`

/** What was given back of an order, as it happened. */
export const refundsSql = `
SELECT event_time, date, refunded AS amount, state = 'valid' AND is_converted AS counts
FROM order_facts
WHERE ${inSlices('orders')} AND kind = 'refund' AND order_key = {order_key:UInt64} AND order_key != 0
ORDER BY event_time, fact_key`
