import { command, rows, type Params } from './client.ts'
import { money, namespace } from './order_documents.ts'
import { currentFacts, inSlicesBefore, inVersion, versionParams, type Version } from './versions.ts'

/** What one piece of each product costs, and from which day on; in the project's currency only. */
const unitCosts = `
  SELECT ${namespace} AS shop, product_id, ifNull(cost_from, toDate(0)) AS since, assumeNotNull(unit_cost) AS cost
  FROM (${currentFacts('product_log', 'product_id', '*', inVersion)})
  WHERE isNotNull(unit_cost) AND currency IN ('', {currency:String})`

/** Cost of goods of the recomputed orders: of each item by the price of the order's day, as `order_cogs`. */
export const costsOfOrders = (orders: string): string => `
  SELECT fact_key, sum(${money('sold.quantity * costs.cost')}) AS order_cogs
  FROM (
    SELECT ${namespace} AS shop, fact_key, date AS since, product_id, quantity
    FROM (${orders}) AS bought
    ARRAY JOIN item_product_id AS product_id, item_quantity AS quantity
    WHERE kind = 'order' AND product_id != ''
  ) AS sold
  ASOF INNER JOIN (${unitCosts}) AS costs USING (shop, product_id, since)
  GROUP BY fact_key`

/** Whether the project knows what any product costs. */
export async function hasUnitCosts(params: Params): Promise<boolean> {
  return (await rows(`SELECT 1 FROM (${unitCosts}) LIMIT 1`, params)).length > 0
}

/** Orders of products that the commit changed become dirty: they may have cost something else. */
export async function markRecosted(version: Version): Promise<void> {
  await command(
    `INSERT INTO dirty_orders (project_id, commit_id, order_id)
     SELECT DISTINCT {project_id:UInt64}, {commit_id:UInt64}, order_id
     FROM order_facts ARRAY JOIN item_product_id AS product_id
     WHERE ${inSlicesBefore('orders')} AND kind = 'order' AND product_id IN (
       SELECT product_id FROM product_log
       WHERE project_id = {project_id:UInt64} AND commit_id = {commit_id:UInt64}
     )`,
    { params: versionParams(version) }
  )
}
