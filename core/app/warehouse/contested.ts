import { command, type Params } from './client.ts'
import { holds } from './known_logs.ts'
import type { OrderLog } from './order_documents.ts'
import { orderLogsOf } from './order_work.ts'
import type { RefreshSettings } from './refresh.ts'
import { inVersion, versionParams, type Version } from './versions.ts'

/** Orders that a row of each log may change, besides those it names by mistake: '' is no order. */
const touchedOrders: Readonly<Record<OrderLog, string>> = {
  order_line_log: 'order_id, refund_of',
  order_log: 'order_id',
  refund_log: 'order_id, refund_id',
}

/** Deals and leads, each with its log. */
const otherDocuments = { deal: 'deal_log', lead: 'lead_log' }

const ofRivals = (log: string) =>
  `SELECT order_id FROM ${log} WHERE ${inVersion} AND integration_id IN {rivals:Array(UInt64)}`

async function noteOrders(settings: RefreshSettings, params: Params): Promise<void> {
  const logs = orderLogsOf(settings)
  const theirs = logs.filter((log) => log !== 'refund_log').map(ofRivals)
  if (theirs.length === 0) return
  const touched = logs.map(
    (log) => `SELECT arrayJoin([${touchedOrders[log]}]) AS id FROM ${log}
      WHERE ${inVersion} AND integration_id = {own:UInt64} AND order_id IN (${theirs.join(' UNION DISTINCT ')})`
  )
  await command(
    `INSERT INTO dirty_orders (project_id, commit_id, order_id)
     SELECT DISTINCT {project_id:UInt64}, {commit_id:UInt64}, id FROM (${touched.join(' UNION ALL ')})`,
    { params }
  )
}

/**
 * Orders, deals and leads that this integration and another one of its namespace both know become dirty: the one
 * published last wins, and that is another one now, even where no fact changed.
 */
export async function markContested(
  version: Version,
  settings: RefreshSettings,
  integrationId: string
): Promise<void> {
  const own = settings.sources.find((source) => source.integrationId === integrationId)
  const rivals = settings.sources
    .filter((source) => source.namespace === own?.namespace && source !== own)
    .map((source) => BigInt(source.integrationId))
  if (rivals.length === 0) return
  const params = { ...versionParams(version), own: integrationId, rivals }
  await noteOrders(settings, params)
  for (const [type, log] of Object.entries(otherDocuments)) {
    if (!holds(settings, log)) continue
    await command(
      `INSERT INTO dirty_documents (project_id, commit_id, document_type, document_id)
       SELECT DISTINCT {project_id:UInt64}, {commit_id:UInt64}, {type:String}, ${type}_id FROM ${log}
       WHERE ${inVersion} AND integration_id = {own:UInt64} AND ${type}_id IN (
         SELECT ${type}_id FROM ${log} WHERE ${inVersion} AND integration_id IN {rivals:Array(UInt64)}
       )`,
      { params: { ...params, type } }
    )
  }
}
