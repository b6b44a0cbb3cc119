import { command } from './client.ts'
import { storedKinds } from './kinds.ts'
import {
  beforeCommit,
  currentFacts,
  inVersion,
  versionParams,
  type Layer,
  type Version,
} from './versions.ts'

const committed = [
  'records',
  ...Object.values(storedKinds).map(({ log }) => log),
  'dirty_orders',
  'dirty_days',
  'dirty_documents',
  'identity_documents',
  'identity_links',
  'persons',
  'slices',
  'paths',
]
/** Derived tables in slices, with the layer that says which of their builds count. */
const layers: Readonly<Record<string, Layer>> = {
  order_facts: 'orders',
  daily_kpi: 'kpi',
  touch: 'touch',
  journeys: 'journeys',
}
const generated = Object.keys(layers)
/** Rows of the commit in work, a partition per commit. */
const inWork = [
  'order_work',
  'order_persons',
  'identity_work',
  'identity_nodes',
  'persons_work',
  'path_work',
]

/** Removes all that commits wrote which were never published. */
export async function deleteCommits(projectId: string, commits: readonly string[]): Promise<void> {
  const params = { project_id: projectId, commits: commits.map(BigInt) }
  const own = (column: string) =>
    `project_id = {project_id:UInt64} AND ${column} IN {commits:Array(UInt64)}`
  for (const table of committed)
    await command(`DELETE FROM ${table} WHERE ${own('commit_id')}`, { params })
  for (const table of generated)
    await command(`DELETE FROM ${table} WHERE ${own('generation')}`, { params })
  for (const table of inWork)
    for (const commit of commits)
      await command(`ALTER TABLE ${table} DROP PARTITION ID '${BigInt(commit)}'`)
}

/** Removes builds of days that a commit up to `horizon` has replaced. */
export async function deleteOldSlices(projectId: string, horizon: string): Promise<void> {
  for (const [table, layer] of Object.entries(layers)) {
    await command(
      `DELETE FROM ${table}
       WHERE project_id = {project_id:UInt64} AND generation < {horizon:UInt64} AND (date, generation) NOT IN (
         SELECT date, max(commit_id) FROM slices
         WHERE project_id = {project_id:UInt64} AND layer = {layer:String} AND commit_id <= {horizon:UInt64}
         GROUP BY date
       )`,
      { params: { project_id: projectId, horizon, layer } }
    )
  }
}

/** Marks all that the logs hold as dirty, so that a rebuild recomputes everything. */
export async function dirtyEverything(version: Version): Promise<void> {
  const params = versionParams(version)
  await command(
    `INSERT INTO dirty_orders (project_id, commit_id, order_id)
     SELECT DISTINCT {project_id:UInt64}, {commit_id:UInt64}, id FROM (
       SELECT arrayJoin([order_id, refund_of]) AS id FROM order_line_log WHERE ${inVersion}
       UNION ALL SELECT order_id AS id FROM order_log WHERE ${inVersion}
       UNION ALL SELECT arrayJoin([order_id, refund_id]) AS id FROM refund_log WHERE ${inVersion}
     )`,
    { params }
  )
  for (const type of ['deal', 'lead']) {
    await command(
      `INSERT INTO dirty_documents (project_id, commit_id, document_type, document_id)
       SELECT DISTINCT {project_id:UInt64}, {commit_id:UInt64}, {type:String}, ${type}_id FROM ${type}_log WHERE ${inVersion}`,
      { params: { ...params, type } }
    )
  }
  await command(
    `INSERT INTO dirty_days (project_id, commit_id, date)
     SELECT DISTINCT {project_id:UInt64}, {commit_id:UInt64}, date FROM ad_spend_daily_log WHERE ${inVersion}`,
    { params }
  )
}

/** Writes a tombstone for every fact that an integration still holds, except those of one stream. */
export async function retractIntegration(
  version: Version,
  integrationId: string,
  keptStream = ''
): Promise<void> {
  const params = { ...versionParams(version), integration_id: integrationId, kept: keptStream }
  for (const { log, grain, columns } of Object.values(storedKinds)) {
    const names = columns.map(({ name }) => name).join(', ')
    const kept = `project_id, integration_id, stream, fact_id`
    const rest = `row_hash, run_id, record_key, vendor_updated_at`
    const current = currentFacts(
      log,
      grain,
      '*',
      `${beforeCommit} AND integration_id = {integration_id:UInt64} AND stream != {kept:String}`
    )
    await command(
      `INSERT INTO ${log} (${kept}, commit_id, is_deleted, ${rest}, observed_at, ${names})
       SELECT ${kept}, {commit_id:UInt64}, true, ${rest}, now64(3, 'UTC'), ${names} FROM (${current})`,
      { params, settings: { insert_deduplication_token: `${version.commitId}:retract:${log}` } }
    )
  }
}

/** Deletes everything of a project that is no more. */
export async function deleteProject(projectId: string): Promise<void> {
  for (const table of [...committed, ...generated, 'events', 'rejected_rows']) {
    await command(`DELETE FROM ${table} WHERE project_id = {project_id:UInt64}`, {
      params: { project_id: projectId },
    })
  }
}
