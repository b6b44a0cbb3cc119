import { documentsNow, personsNow } from './identity_versions.ts'

const work = 'project_id = {project_id:UInt64} AND commit_id = {commit_id:UInt64}'
const recomputed = `SELECT fact_key FROM order_work WHERE ${work}`
const movedPersons = `SELECT alias_key FROM persons WHERE ${work}`

/** 0: nobody is known. */
const customer = 'if(is_anonymous, 0, person_key)'

/** Whose the recomputed orders are, and those that did not change but have another person now. */
export const noteOrderPersons = `
  INSERT INTO order_persons (project_id, commit_id, fact_key, customer_key)
  SELECT {project_id:UInt64}, {commit_id:UInt64}, fact_key, customer_key FROM (
    SELECT fact_key, ${customer} AS customer_key
    FROM (${recomputed}) AS orders
    LEFT JOIN (${personsNow(`alias_key IN (${recomputed})`)}) AS persons ON fact_key = alias_key
    UNION ALL
    SELECT alias_key AS fact_key, if(is_deleted, 0, ${customer}) AS customer_key
    FROM persons
    WHERE ${work} AND alias_key NOT IN (${recomputed}) AND alias_key IN (
      SELECT document_key FROM (${documentsNow(`document_key IN (${movedPersons})`)})
      WHERE document_type IN ('order', 'refund')
    )
  )`

/** Orders and refunds whose person was looked up with the commit. */
export const ofOrderPersons = `fact_key IN (SELECT fact_key FROM order_persons WHERE ${work})`

/** Rows of orders with the customer that they have now; `own_key` is the one that they had. */
export const withCustomers = (orders: string): string => `
  SELECT orders.* EXCEPT (customer_key), orders.customer_key AS own_key,
    if(is_noted, noted_key, orders.customer_key) AS customer_key
  FROM (${orders}) AS orders
  ANY LEFT JOIN (
    SELECT fact_key, customer_key AS noted_key, true AS is_noted FROM order_persons WHERE ${work}
  ) AS noted USING (fact_key)`
