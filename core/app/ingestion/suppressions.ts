import db from '@adonisjs/lucid/services/db'
import { sourceOf } from '#connections/public'
import {
  countSuppressed,
  listSuppressed,
  suppressStaged,
  type Suppression,
} from '#warehouse/public'
import { projectSalt } from '#identity/public'
import { placeOf } from './refresh_settings.ts'

interface Entry {
  hash: string
  replacement: string
}

/** Entries of each project that ClickHouse is known to have, by the connection that was asked. */
const known = new Map<string, number>()

/**
 * Lets ClickHouse know the whole list. PostgreSQL's is the truth: a warehouse that was restored from a
 * backup may have an older one.
 */
export async function copySuppressions(projectId: string): Promise<void> {
  const entries = (await db
    .from('suppressions')
    .where('project_id', projectId)
    .select('hash', 'replacement')) as Entry[]
  await listSuppressed(projectId, entries)
}

async function countEntries(projectId: string): Promise<number> {
  const [row] = (await db.from('suppressions').where('project_id', projectId).count('* as n')) as {
    n: string
  }[]
  return Number(row?.n ?? 0)
}

/** What rows of an integration are compared with before they are staged; nothing where nobody was erased. */
export async function suppressionOf(
  projectId: string,
  integrationId: string,
  isKeyed: boolean
): Promise<Suppression | undefined> {
  const entries = await countEntries(projectId)
  if (entries === 0) return undefined
  const place = `${process.env.CLICKHOUSE_URL ?? ''} ${projectId}`
  if (known.get(place) !== entries) {
    if ((await countSuppressed(projectId)) !== entries) await copySuppressions(projectId)
    known.set(place, entries)
  }
  const integration = (await db
    .from('integrations')
    .where('id', integrationId)
    .select('type')
    .firstOrFail()) as { type: string }
  return {
    projectId,
    integrationId,
    namespace: placeOf({ id: integrationId, type: integration.type }).namespace,
    salt: await projectSalt(projectId),
    isKeyed,
  }
}

/** What a run staged before somebody was erased must not become visible. The project is locked. */
export async function suppressFormerPages(
  projectId: string,
  run: { id: string; integrationId: string },
  stream: string,
  isKeyed: boolean
): Promise<void> {
  const { rows } = await db.rawQuery<{ rows: unknown[] }>(
    `select 1 from sync_runs where id = ? and exists (
       select 1 from suppressions where project_id = ?
         -- An entry is dated a moment before anybody can see it.
         and suppressions.created_at > coalesce(sync_runs.started_at, sync_runs.created_at) - interval '5 minutes')`,
    [run.id, projectId]
  )
  if (rows.length === 0) return
  const suppression = await suppressionOf(projectId, run.integrationId, isKeyed)
  if (suppression) await suppressStaged(run.id, stream, suppression)
}

interface OpenRun {
  id: string
  integration_id: string
  type: string
}

/** Rewrites what the unfinished runs of a project have staged. */
export async function suppressOpenRuns(projectId: string): Promise<void> {
  const runs = (await db
    .from('sync_runs')
    .join('integrations', 'integrations.id', 'sync_runs.integration_id')
    .where('sync_runs.project_id', projectId)
    .whereIn('sync_runs.status', ['queued', 'running'])
    .select('sync_runs.id', 'sync_runs.integration_id', 'integrations.type')) as OpenRun[]
  for (const { id, integration_id: integrationId, type } of runs) {
    for (const [stream, { def }] of Object.entries(sourceOf(type)?.streams ?? {})) {
      const isKeyed = !('identity' in def) || def.identity === 'record_key'
      const suppression = await suppressionOf(projectId, String(integrationId), isKeyed)
      if (suppression) await suppressStaged(String(id), stream, suppression)
    }
  }
}
