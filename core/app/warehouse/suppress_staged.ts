import { wire } from '@analyticaflow/sdk'
import { command, rows, type Params } from './client.ts'
import { VENDOR_KEY } from './diff.ts'
import { ERASED_PAYLOAD, erasedKey, TOKEN } from './erased_columns.ts'
import { storedKinds, type StoredKindName } from './kinds.ts'
import { unlogged } from './person_scope.ts'
import {
  stagedDeletions,
  suppressedColumns,
  suppressionParams,
  withToken,
  type Suppression,
} from './suppression.ts'

/** Numbers of requests about people are smaller. */
const OF_RUNS = 2n ** 63n

const kindNames = Object.keys(storedKinds) as StoredKindName[]
const place = 'stream, fence, page, record_key'
const ofRun = 'run_id = {run_id:UInt64} AND stream = {stream:String}'
const noted = (stage: string) =>
  `SELECT ${place} FROM person_rows WHERE project_id = {project_id:UInt64}
    AND request_id = {request_id:UInt64} AND table_name = '${stage}'`
const isErased = `startsWith(payload, '${ERASED_PAYLOAD}')`

function statements(kind: StoredKindName, isKeyed: boolean) {
  const { stage } = storedKinds[kind]
  const present = wire[kind].columns.map(({ name }) => name)
  const staged = (where: string) =>
    `SELECT * FROM (${withToken(`(SELECT * FROM ${stage} WHERE ${ofRun} AND NOT ${isErased} AND ${where})`, present, isKeyed)})
      WHERE ${TOKEN} != ''`
  return {
    note: `INSERT INTO person_rows (project_id, request_id, table_name, run_id, ${place})
      SELECT {project_id:UInt64}, {request_id:UInt64}, '${stage}', run_id, ${place} FROM (${staged('true')})`,
    copy: `INSERT INTO ${stage} (run_id, stream, fence, page, ${present.join(', ')})
      SELECT run_id, stream, fence, page, ${suppressedColumns(kind, present, isKeyed)}
      FROM (SELECT *, ${isKeyed ? erasedKey(VENDOR_KEY, 'record_key') : 'record_key'} AS new_key
        FROM (${staged(`(${place}) IN (${noted(stage)})`)}))
      WHERE (stream, fence, page, new_key) NOT IN (SELECT ${place} FROM ${stage} WHERE ${ofRun} AND ${isErased})`,
    remove: `ALTER TABLE ${stage} DELETE WHERE ${ofRun} AND NOT ${isErased} AND (${place}) IN (${noted(stage)})`,
  }
}

/** Keys of vanished records; they are a set, so one that is copied twice counts once. */
const deletions = {
  note: `INSERT INTO person_rows (project_id, request_id, table_name, run_id, ${place})
    SELECT {project_id:UInt64}, {request_id:UInt64}, 'stage_deleted', run_id, ${place} FROM (${stagedDeletions(ofRun)})`,
  copy: `INSERT INTO stage_deleted (run_id, ${place})
    SELECT run_id, stream, fence, page, new_key FROM (${stagedDeletions(ofRun)})`,
  remove: `ALTER TABLE stage_deleted DELETE WHERE ${ofRun} AND (${place}) IN (${noted('stage_deleted')})`,
}

/**
 * Rewrites rows that were staged before somebody was erased, as they would be staged now. A process that
 * is killed in between leaves work for the next one, and doubles nothing.
 */
export async function suppressStaged(
  runId: string,
  stream: string,
  suppression: Suppression
): Promise<void> {
  const scope = { request_id: String(OF_RUNS + BigInt(runId)), run_id: runId, stream }
  const params: Params = { ...suppressionParams(suppression), ...scope }
  const staged = [
    ...kindNames.map((kind) => ({
      stage: storedKinds[kind].stage,
      ...statements(kind, suppression.isKeyed),
    })),
    ...(suppression.isKeyed ? [{ stage: 'stage_deleted', ...deletions }] : []),
  ]
  for (const { stage, note, copy, remove } of staged) {
    const found = await rows(`SELECT 1 FROM ${stage} WHERE ${ofRun} LIMIT 1`, params)
    if (found.length === 0) continue
    await command(note, { params, settings: unlogged })
    await command(copy, { params, settings: { ...unlogged, max_insert_threads: '1' } })
    const plain = { ...scope, project_id: suppression.projectId }
    await command(remove, { params: plain, settings: { mutations_sync: '2' } })
  }
  await command(`ALTER TABLE person_rows DROP PARTITION ID '${OF_RUNS + BigInt(runId)}'`)
}
