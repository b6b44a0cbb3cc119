import { command } from './client.ts'
import { dirty } from './order_documents.ts'
import { inVersion, versionParams, type Version } from './versions.ts'

const changed = 'project_id = {project_id:UInt64} AND commit_id = {commit_id:UInt64}'

/** Credit notes whose lines the commit changed. */
const changedCreditNotes = `
  SELECT order_id FROM order_line_log
  WHERE ${changed} AND order_id IN (SELECT order_id FROM order_line_log WHERE ${inVersion} AND refund_of != '')`

/**
 * Numbers of the changed orders and refunds. Of these refunds, and of those that are dirty already, also
 * the orders that any version of any integration says they are of: it may be another one now.
 */
const changedOrders = `
  INSERT INTO dirty_orders (project_id, commit_id, order_id)
  SELECT DISTINCT {project_id:UInt64}, {commit_id:UInt64}, id FROM (
    SELECT order_id AS id FROM order_line_log WHERE ${changed}
    UNION ALL
    SELECT refund_of AS id FROM order_line_log
    WHERE ${inVersion} AND refund_of != '' AND order_id IN (${changedCreditNotes} UNION ALL ${dirty})
    UNION ALL
    SELECT order_id AS id FROM order_log WHERE ${changed}
    UNION ALL
    SELECT refund_id AS id FROM refund_log WHERE ${changed}
    UNION ALL
    SELECT order_id AS id FROM refund_log
    WHERE ${inVersion} AND refund_id IN (SELECT refund_id FROM refund_log WHERE ${changed} UNION ALL ${dirty})
  ) WHERE id != ''`

/** Orders among them that some refund is of: few, as a rule. */
const refunded = `${dirty} AND order_id IN (
    SELECT refund_of FROM order_line_log WHERE ${inVersion} AND refund_of != ''
    UNION ALL
    SELECT order_id FROM refund_log WHERE ${inVersion} AND order_id != ''
  )`

/** Credit notes and refunds of the dirty orders, which are recomputed with them. */
const theirRefunds = `
  INSERT INTO dirty_orders (project_id, commit_id, order_id, document_id)
  SELECT DISTINCT {project_id:UInt64}, {commit_id:UInt64}, id, document_id FROM (
    SELECT refund_of AS id, order_id AS document_id FROM order_line_log
    WHERE ${inVersion} AND refund_of != '' AND refund_of IN (${refunded})
    UNION ALL
    SELECT order_id AS id, refund_id AS document_id FROM refund_log
    WHERE ${inVersion} AND order_id IN (${refunded})
  )`

/**
 * Notes which orders the commit's versions in the logs touch, after all else that makes orders dirty. They
 * are read from the logs themselves, so that nothing which writes there can forget to tell; an index on the
 * commit finds them.
 */
export async function noteChangedOrders(version: Version): Promise<void> {
  for (const [step, sql] of [
    ['orders', changedOrders],
    ['refunds', theirRefunds],
  ] as const) {
    await command(sql, {
      params: versionParams(version),
      settings: { insert_deduplication_token: `${version.commitId}:dirty-${step}` },
    })
  }
}
