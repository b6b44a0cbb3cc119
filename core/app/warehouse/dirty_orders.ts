import { command } from './client.ts'
import { dirty, type OrderLog } from './order_documents.ts'
import { inVersion, versionParams, type Version } from './versions.ts'

const changed = 'project_id = {project_id:UInt64} AND commit_id = {commit_id:UInt64}'

/** Credit notes whose lines the commit changed. */
const changedCreditNotes = `
  SELECT order_id FROM order_line_log
  WHERE ${changed} AND order_id IN (SELECT order_id FROM order_line_log WHERE ${inVersion} AND refund_of != '')`

/** What each log adds to them. */
const changedBy: Readonly<Record<OrderLog, string>> = {
  order_line_log: `
    SELECT order_id AS id FROM order_line_log WHERE ${changed}
    UNION ALL
    SELECT refund_of AS id FROM order_line_log
    WHERE ${inVersion} AND refund_of != '' AND order_id IN (${changedCreditNotes} UNION ALL ${dirty})`,
  order_log: `SELECT order_id AS id FROM order_log WHERE ${changed}`,
  refund_log: `
    SELECT refund_id AS id FROM refund_log WHERE ${changed}
    UNION ALL
    SELECT order_id AS id FROM refund_log
    WHERE ${inVersion} AND refund_id IN (SELECT refund_id FROM refund_log WHERE ${changed} UNION ALL ${dirty})`,
}

/**
 * Numbers of the changed orders and refunds. Of these refunds, and of those that are dirty already, also
 * the orders that any version of any integration says they are of: it may be another one now.
 */
const changedOrders = (logs: readonly OrderLog[]) => `
  INSERT INTO dirty_orders (project_id, commit_id, order_id)
  SELECT DISTINCT {project_id:UInt64}, {commit_id:UInt64}, id
  FROM (${logs.map((log) => changedBy[log]).join('\nUNION ALL\n')}) WHERE id != ''`

/** Where refunds are told, with the columns of their own number and of their order's. */
const refunds = [
  { log: 'order_line_log', own: 'order_id', order: 'refund_of' },
  { log: 'refund_log', own: 'refund_id', order: 'order_id' },
] as const
type Refunds = (typeof refunds)[number]

const union = (told: readonly Refunds[], select: (refunds: Refunds) => string) =>
  told.map(select).join('\nUNION ALL\n')

/** Orders among them that some refund is of: few, as a rule. */
const refunded = (told: readonly Refunds[]) => `${dirty} AND order_id IN (
    ${union(told, ({ log, order }) => `SELECT ${order} FROM ${log} WHERE ${inVersion} AND ${order} != ''`)}
  )`

/** Credit notes and refunds of the dirty orders, which are recomputed with them. */
const theirRefunds = (told: readonly Refunds[]) => `
  INSERT INTO dirty_orders (project_id, commit_id, order_id, document_id)
  SELECT DISTINCT {project_id:UInt64}, {commit_id:UInt64}, id, document_id FROM (
    ${union(
      told,
      ({ log, own, order }) => `
    SELECT ${order} AS id, ${own} AS document_id FROM ${log}
    WHERE ${inVersion} AND ${order} != '' AND ${order} IN (${refunded(told)})`
    )}
  )`

/**
 * Notes which orders the commit's versions in the logs touch, after all else that makes orders dirty. They
 * are read from the logs themselves, so that nothing which writes there can forget to tell; an index on the
 * commit finds them.
 *
 * @param logs those that may hold any
 */
export async function noteChangedOrders(
  version: Version,
  logs: readonly OrderLog[]
): Promise<void> {
  const note = (step: string, sql: string) =>
    command(sql, {
      params: versionParams(version),
      settings: { insert_deduplication_token: `${version.commitId}:dirty-${step}` },
    })
  await note('orders', changedOrders(logs))
  const told = refunds.filter(({ log }) => logs.includes(log))
  if (told.length > 0) await note('refunds', theirRefunds(told))
}
